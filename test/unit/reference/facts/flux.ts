/** From fal's schemas of FLUX.1 [dev] and of the same with LoRAs, and the page of Kontext. */
import { DIFFUSION_ANSWERS } from './diffusion.ts';
import {
  ADDRESS,
  file,
  flag,
  imageSize,
  integer,
  loras,
  number,
  oneOf,
  seed,
  text,
  type EndpointFacts,
  type FieldFact,
} from './fact.ts';

const CAT = 'Extreme close-up of a single tiger eye, direct frontal view.';

const SHARED: readonly FieldFact[] = [
  text('prompt'),
  imageSize('landscape_4_3'),
  integer('num_inference_steps', 1, 50, 28),
  seed(),
  integer('num_images', 1, 4, 1),
  flag('enable_safety_checker', true),
  oneOf('output_format', ['jpeg', 'png'], 'jpeg'),
];

export const fluxDev: EndpointFacts = {
  id: 'fal-ai/flux/dev',
  family: 'flux-dev',
  words: 'prompt',
  files: {},
  required: { prompt: CAT },
  full: {
    prompt: CAT,
    image_size: { width: 1280, height: 720 },
    num_inference_steps: 28,
    seed: 6_252_023,
    guidance_scale: 3.5,
    num_images: 2,
    enable_safety_checker: true,
    output_format: 'jpeg',
    acceleration: 'high',
  },
  fields: [
    ...SHARED,
    number('guidance_scale', 1, 20, 3.5),
    oneOf('acceleration', ['none', 'regular', 'high'], 'none'),
  ],
  answers: DIFFUSION_ANSWERS,
};

export const fluxLora: EndpointFacts = {
  id: 'fal-ai/flux-lora',
  family: 'flux-lora',
  words: 'prompt',
  files: {},
  required: { prompt: CAT },
  full: {
    prompt: CAT,
    image_size: 'square_hd',
    num_inference_steps: 50,
    seed: 1,
    loras: [
      { path: 'https://example.com/one.safetensors', scale: 0.8 },
      { path: 'somebody/a-lora', scale: 1 },
    ],
    guidance_scale: 35,
    num_images: 4,
    enable_safety_checker: false,
    output_format: 'png',
    acceleration: 'regular',
  },
  fields: [
    ...SHARED,
    number('guidance_scale', 0, 35, 3.5),
    oneOf('acceleration', ['none', 'regular'], 'none'),
    loras(),
  ],
  answers: DIFFUSION_ANSWERS,
};

function kontext(id: string, family: string): EndpointFacts {
  return {
    id,
    family,
    words: 'prompt',
    files: { image_url: 'image' },
    required: { prompt: 'Put a donut next to the flour.', image_url: ADDRESS },
    full: {
      prompt: 'Put a donut next to the flour.',
      image_url: 'https://v3.fal.media/files/rabbit/rmgBxhwGYb2d3pl3x9sKf_output.png',
      aspect_ratio: '16:9',
      enhance_prompt: true,
      guidance_scale: 3.5,
      num_images: 1,
      output_format: 'jpeg',
      safety_tolerance: '2',
      seed: 7,
    },
    fields: [
      text('prompt'),
      file('image_url'),
      oneOf('aspect_ratio', ['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21']),
      number('guidance_scale', 1, 20, 3.5),
      integer('num_images', 1, 4, 1),
      seed(),
      oneOf('output_format', ['jpeg', 'png'], 'jpeg'),
      oneOf('safety_tolerance', ['1', '2', '3', '4', '5', '6'], '2'),
      flag('enhance_prompt', false),
    ],
    answers: DIFFUSION_ANSWERS,
  };
}

export const fluxKontext = kontext('fal-ai/flux-pro/kontext', 'flux-kontext');
export const fluxKontextMax = kontext('fal-ai/flux-pro/kontext/max', 'flux-kontext-max');
