/** From the page of `fal-ai/qwen-image`. */
import { DIFFUSION_ANSWERS } from './diffusion.ts';
import {
  flag,
  imageSize,
  integer,
  loras,
  number,
  oneOf,
  seed,
  text,
  type EndpointFacts,
} from './fact.ts';

const FUJI =
  'Mount Fuji with cherry blossoms in the foreground, clear sky, peaceful spring day, soft natural light, realistic landscape.';

export const qwenImage: EndpointFacts = {
  id: 'fal-ai/qwen-image',
  family: 'qwen-image',
  words: 'prompt',
  files: {},
  required: { prompt: FUJI },
  full: {
    prompt: FUJI,
    image_size: 'landscape_4_3',
    num_inference_steps: 30,
    guidance_scale: 2.5,
    num_images: 1,
    enable_safety_checker: true,
    output_format: 'png',
    negative_prompt: 'blurry, ugly',
    acceleration: 'none',
    use_turbo: true,
  },
  fields: [
    text('prompt'),
    imageSize('landscape_4_3'),
    integer('num_inference_steps', 2, 250, 30),
    seed(),
    number('guidance_scale', 0, 20, 2.5),
    integer('num_images', 1, 4, 1),
    flag('enable_safety_checker', true),
    oneOf('output_format', ['jpeg', 'png'], 'png'),
    text('negative_prompt', { standard: ' ' }),
    oneOf('acceleration', ['none', 'regular', 'high'], 'none'),
    loras(3),
    flag('use_turbo', false),
  ],
  answers: DIFFUSION_ANSWERS,
};
