/** From fal's schema of `fal-ai/omnigen-v2`. */
import { DIFFUSION_ANSWERS } from './diffusion.ts';
import {
  addresses,
  flag,
  imageSize,
  integer,
  number,
  oneOf,
  seed,
  text,
  type EndpointFacts,
} from './fact.ts';

const UNWANTED =
  '(((deformed))), blurry, over saturation, bad anatomy, disfigured, poorly drawn face, mutation, mutated, (extra_limb), (ugly), (poorly drawn hands), fused fingers, messy drawing, broken legs censor, censored, censor_bar';

export const omnigenV2: EndpointFacts = {
  id: 'fal-ai/omnigen-v2',
  family: 'omnigen-v2',
  words: 'prompt',
  files: { input_image_urls: 'image' },
  required: { prompt: 'Make the dress blue.' },
  full: {
    prompt: 'Add the bird from image 1 to the desk in image 2.',
    input_image_urls: addresses(3),
    image_size: { width: 1024, height: 768 },
    num_inference_steps: 50,
    seed: 5,
    text_guidance_scale: 5,
    image_guidance_scale: 2,
    negative_prompt: UNWANTED,
    cfg_range_start: 0,
    cfg_range_end: 1,
    scheduler: 'euler',
    num_images: 1,
    enable_safety_checker: true,
    output_format: 'jpeg',
  },
  fields: [
    text('prompt'),
    {
      name: 'input_image_urls',
      standard: [],
      legal: [addresses(1), addresses(3)],
      refused: [{ value: addresses(4), says: ['3'] }],
    },
    imageSize('square_hd'),
    integer('num_inference_steps', 20, 50, 50),
    seed(),
    number('text_guidance_scale', 1, 8, 5),
    number('image_guidance_scale', 1, 3, 2),
    text('negative_prompt', { standard: UNWANTED }),
    number('cfg_range_start', 0, 1, 0),
    number('cfg_range_end', 0, 1, 1),
    oneOf('scheduler', ['euler', 'dpmsolver'], 'euler'),
    integer('num_images', 1, 4, 1),
    flag('enable_safety_checker', true),
    oneOf('output_format', ['jpeg', 'png'], 'jpeg'),
  ],
  answers: DIFFUSION_ANSWERS,
};
