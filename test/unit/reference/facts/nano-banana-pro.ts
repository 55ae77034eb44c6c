/** From the pages of `fal-ai/nano-banana-pro` and its edit, and fal's schema, which is newer. */
import {
  addresses,
  flag,
  integer,
  media,
  NOTHING_ELSE,
  nullable,
  oneOf,
  seed,
  text,
  type Answer,
  type EndpointFacts,
  type FieldFact,
} from './fact.ts';

const DOG =
  "An action shot of a black lab swimming in an inground suburban swimming pool. The camera is placed meticulously on the water line, dividing the image in half, revealing both the dogs head above water holding a tennis ball in it's mouth, and it's paws paddling underwater.";
const INPUTS = 'https://storage.googleapis.com/falserverless/example_inputs';
const OUTPUTS = 'https://storage.googleapis.com/falserverless/example_outputs';
const PICTURES = [`${INPUTS}/nano-banana-edit-input.png`, `${INPUTS}/nano-banana-edit-input-2.png`];
const RATIOS = ['auto', '21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16'];

const SHARED: readonly FieldFact[] = [
  text('prompt', { min: 3, max: 50_000 }),
  integer('num_images', 1, 4, 1),
  seed(),
  oneOf('output_format', ['jpeg', 'png', 'webp'], 'png'),
  oneOf('safety_tolerance', ['1', '2', '3', '4', '5', '6'], '4'),
  text('system_prompt', { max: 50_000, standard: '' }),
  oneOf('resolution', ['1K', '2K', '4K'], '1K'),
  flag('limit_generations', false),
  flag('enable_web_search', false),
];

const ANSWERS: readonly Answer[] = [
  {
    name: 'the page’s own',
    output: {
      images: [
        {
          file_name: 'nano-banana-t2i-output.png',
          content_type: 'image/png',
          url: `${OUTPUTS}/nano-banana-t2i-output.png`,
        },
      ],
      description: '',
    },
    result: {
      ...NOTHING_ELSE,
      media: [
        media(`${OUTPUTS}/nano-banana-t2i-output.png`, {
          fileName: 'nano-banana-t2i-output.png',
          claimedType: 'image/png',
        }),
      ],
      rest: { description: '' },
    },
  },
  {
    name: 'every documented field',
    output: {
      images: [
        {
          url: 'https://v3.fal.media/a.webp',
          content_type: 'image/webp',
          file_name: 'a.webp',
          file_size: 1234,
          width: 1376,
          height: 768,
        },
        { url: 'https://v3.fal.media/b.webp', width: null, height: null, file_size: null },
      ],
      description: 'A black lab, swimming.',
    },
    result: {
      ...NOTHING_ELSE,
      media: [
        media('https://v3.fal.media/a.webp', {
          claimedType: 'image/webp',
          fileName: 'a.webp',
          width: 1376,
          height: 768,
        }),
        media('https://v3.fal.media/b.webp'),
      ],
      description: 'A black lab, swimming.',
      rest: { images: [{ file_size: 1234 }, {}] },
    },
  },
];

export const nanoBananaPro: EndpointFacts = {
  id: 'fal-ai/nano-banana-pro',
  family: 'nano-banana-pro',
  words: 'prompt',
  files: {},
  required: { prompt: DOG },
  full: {
    prompt: DOG,
    num_images: 1,
    aspect_ratio: '1:1',
    output_format: 'png',
    resolution: '1K',
  },
  fields: [...SHARED, nullable(oneOf('aspect_ratio', RATIOS, '1:1'))],
  answers: ANSWERS,
};

export const nanoBananaProEdit: EndpointFacts = {
  id: 'fal-ai/nano-banana-pro/edit',
  family: 'nano-banana-pro',
  words: 'prompt',
  files: { image_urls: 'image' },
  required: {
    prompt: 'make a photo of the man driving the car down the california coastline',
    image_urls: PICTURES,
  },
  full: {
    prompt: 'make a photo of the man driving the car down the california coastline',
    num_images: 1,
    aspect_ratio: 'auto',
    output_format: 'png',
    image_urls: PICTURES,
    resolution: '1K',
  },
  fields: [
    ...SHARED,
    oneOf('aspect_ratio', RATIOS, 'auto'),
    {
      name: 'image_urls',
      legal: [addresses(1), addresses(14)],
      // fal names no maximum; Google takes 14.
      refused: [{ value: [], says: ['picture'] }],
    },
  ],
  answers: ANSWERS,
};
