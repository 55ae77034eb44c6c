/** From fal's schema of Wan 2.2 A14B: one picture, under `image`. */
import {
  flag,
  imageSize,
  integer,
  media,
  NOTHING_ELSE,
  number,
  oneOf,
  seed,
  text,
  type EndpointFacts,
} from './fact.ts';

export const wan: EndpointFacts = {
  id: 'fal-ai/wan/v2.2-a14b/text-to-image',
  family: 'wan',
  words: 'prompt',
  files: {},
  required: { prompt: 'A woman in a garden' },
  full: {
    prompt: 'A woman in a garden',
    negative_prompt: 'blur',
    seed: 3,
    num_inference_steps: 27,
    enable_safety_checker: true,
    enable_output_safety_checker: true,
    enable_prompt_expansion: true,
    acceleration: 'regular',
    guidance_scale: 3.5,
    guidance_scale_2: 4,
    shift: 2,
    image_size: 'square_hd',
  },
  fields: [
    text('prompt'),
    text('negative_prompt', { standard: '' }),
    seed(),
    integer('num_inference_steps', 2, 40, 27),
    flag('enable_safety_checker', false),
    flag('enable_output_safety_checker', false),
    flag('enable_prompt_expansion', false),
    oneOf('acceleration', ['none', 'regular'], 'regular'),
    number('guidance_scale', 1, 10, 3.5),
    number('guidance_scale_2', 1, 10, 4),
    number('shift', 1, 10, 2),
    imageSize('square_hd'),
  ],
  answers: [
    {
      name: 'every documented field',
      output: {
        image: {
          url: 'https://v3.fal.media/a.png',
          content_type: 'image/png',
          file_name: 'a.png',
          file_size: 99,
        },
        seed: 3,
      },
      result: {
        ...NOTHING_ELSE,
        media: [
          media('https://v3.fal.media/a.png', { claimedType: 'image/png', fileName: 'a.png' }),
        ],
        seed: '3',
        rest: { image: { file_size: 99 } },
      },
    },
  ],
};
