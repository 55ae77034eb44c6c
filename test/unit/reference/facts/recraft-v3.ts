/** From fal's schema of Recraft 3. */
import {
  flag,
  imageSize,
  media,
  NOTHING_ELSE,
  nullable,
  oneOf,
  text,
  type EndpointFacts,
} from './fact.ts';

const under = (group: string, names: string) => names.split(' ').map((name) => `${group}/${name}`);
const STYLES = [
  'any',
  'realistic_image',
  'digital_illustration',
  'vector_illustration',
  ...under(
    'realistic_image',
    'b_and_w hard_flash hdr natural_light studio_portrait enterprise motion_blur evening_light faded_nostalgia forest_life mystic_naturalism natural_tones organic_calm real_life_glow retro_realism retro_snapshot urban_drama village_realism warm_folk',
  ),
  ...under(
    'digital_illustration',
    'pixel_art hand_drawn grain infantile_sketch 2d_art_poster handmade_3d hand_drawn_outline engraving_color 2d_art_poster_2 antiquarian bold_fantasy child_book child_books cover crosshatch digital_engraving expressionism freehand_details grain_20 graphic_intensity hard_comics long_shadow modern_folk multicolor neon_calm noir nostalgic_pastel outline_details pastel_gradient pastel_sketch pop_art pop_renaissance street_art tablet_sketch urban_glow urban_sketching vanilla_dreams young_adult_book young_adult_book_2',
  ),
  ...under(
    'vector_illustration',
    'bold_stroke chemistry colored_stencil contour_pop_art cosmics cutout depressive editorial emotional_flat infographical marker_outline mosaic naivector roundish_flat segmented_colors sharp_contrast thin vector_photo vivid_shapes engraving line_art line_circuit linocut',
  ),
];
const colour = (r: number) => ({ r, g: 0, b: 255 });

export const recraftV3: EndpointFacts = {
  id: 'fal-ai/recraft/v3/text-to-image',
  family: 'recraft-v3',
  words: 'prompt',
  files: {},
  required: { prompt: 'a red panda eating bamboo' },
  full: {
    prompt: 'a red panda eating bamboo',
    image_size: 'square_hd',
    style: 'vector_illustration/line_art',
    colors: [colour(255), colour(0)],
    style_id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    enable_safety_checker: true,
  },
  fields: [
    text('prompt', { min: 1, max: 1000 }),
    imageSize('square_hd'),
    oneOf('style', STYLES, 'realistic_image'),
    {
      name: 'colors',
      standard: [],
      legal: [[], [colour(0), colour(255)]],
      refused: [
        { value: [colour(256)], says: ['r', '255'] },
        { value: [colour(-1)], says: ['r', '0', '255'] },
      ],
    },
    nullable({
      name: 'style_id',
      legal: ['3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
      refused: [{ value: 'my-style', says: ['UUID'] }],
    }),
    flag('enable_safety_checker', false),
  ],
  answers: [
    {
      name: 'every documented field of a vector drawing',
      output: {
        images: [
          {
            url: 'https://v3.fal.media/a.svg',
            content_type: 'image/svg+xml',
            file_name: 'a.svg',
            file_size: 99,
          },
        ],
      },
      result: {
        ...NOTHING_ELSE,
        media: [
          media('https://v3.fal.media/a.svg', { claimedType: 'image/svg+xml', fileName: 'a.svg' }),
        ],
        rest: { images: [{ file_size: 99 }] },
      },
    },
  ],
};
