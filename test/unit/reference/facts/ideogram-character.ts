/** From the page of `fal-ai/ideogram/character` and the types of fal's client. */
import { FILE_ANSWERS } from './diffusion.ts';
import {
  ADDRESS,
  addresses,
  flag,
  imageSize,
  integer,
  oneOf,
  seed,
  text,
  type EndpointFacts,
} from './fact.ts';

const PALETTES = ['EMBER', 'FRESH', 'JUNGLE', 'MAGIC', 'MELON', 'MOSAIC', 'PASTEL', 'ULTRAMARINE'];
const member = (r: number, weight: number) => ({
  rgb: { r, g: 0, b: 255 },
  color_weight: weight,
});

export const ideogramCharacter: EndpointFacts = {
  id: 'fal-ai/ideogram/character',
  family: 'ideogram-character',
  words: 'prompt',
  files: {
    reference_image_urls: 'image',
    reference_mask_urls: 'image',
    image_urls: 'image',
  },
  required: {
    prompt: 'Place the woman leisurely enjoying a cup of espresso.',
    reference_image_urls: [ADDRESS],
  },
  full: {
    prompt: 'Place the woman leisurely enjoying a cup of espresso.',
    reference_image_urls: ['https://v3.fal.media/files/a/woman.png'],
    reference_mask_urls: ['https://v3.fal.media/files/a/mask.png'],
    image_urls: [
      'https://v3.fal.media/files/a/style.png',
      'https://v3.fal.media/files/b/style.png',
    ],
    image_size: 'square_hd',
    rendering_speed: 'BALANCED',
    style: 'AUTO',
    color_palette: { members: [member(255, 0.5), member(0, 1)] },
    expand_prompt: true,
    negative_prompt: 'blur',
    num_images: 1,
    seed: 123_456,
  },
  fields: [
    text('prompt'),
    {
      name: 'reference_image_urls',
      legal: [addresses(1)],
      refused: [{ value: [], says: ['picture'] }],
    },
    { name: 'reference_mask_urls', legal: [addresses(1)], refused: [] },
    { name: 'image_urls', legal: [addresses(1), addresses(4)], refused: [] },
    imageSize('square_hd'),
    oneOf('rendering_speed', ['TURBO', 'BALANCED', 'QUALITY'], 'BALANCED'),
    oneOf('style', ['AUTO', 'REALISTIC', 'FICTION'], 'AUTO'),
    {
      name: 'style_codes',
      legal: [['0123abcd'], ['0123ABCD', 'ffffffff']],
      refused: [
        { value: ['0123abc'], says: ['8'] },
        { value: ['0123abcde'], says: ['8'] },
        { value: ['no-codes'], says: ['8', 'hexadecimal'] },
      ],
    },
    oneOf('color_palette.name', PALETTES),
    {
      name: 'color_palette.members',
      legal: [[member(0, 0.05)], [member(255, 1), member(1, 0.5)]],
      refused: [
        { value: [member(256, 0.5)], says: ['rgb.r', 'whole number', '0', '255'] },
        { value: [member(-1, 0.5)], says: ['rgb.r', 'whole number', '0', '255'] },
        { value: [member(0, 1.01)], says: ['color_weight', '0.05', '1'] },
        { value: [member(0, 0.04)], says: ['color_weight', '0.05', '1'] },
      ],
    },
    flag('expand_prompt', true),
    text('negative_prompt', { standard: '' }),
    integer('num_images', 1, 8, 1),
    seed(),
  ],
  answers: FILE_ANSWERS,
};
