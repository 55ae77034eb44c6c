import { z } from 'zod';
import { drawDiffusion } from './diffusion.ts';
import { count, flag, imageSize, integer, loras, number, seed } from './inputs.ts';
import { defineModel } from './model.ts';
import { diffusionOutput } from './outputs.ts';

const shared = {
  prompt: z.string(),
  image_size: imageSize('landscape_4_3'),
  num_inference_steps: integer(1, 50, 28),
  seed: seed(),
  sync_mode: flag(false),
  num_images: count(4),
  enable_safety_checker: flag(true),
  output_format: z.enum(['jpeg', 'png']).default('jpeg'),
};

export const fluxDev = defineModel({
  endpoint: 'fal-ai/flux/dev',
  title: 'FLUX.1 [dev]',
  category: 'text-to-image',
  price: { unit: 'megapixels', unitPrice: 0.025 },
  input: z.object({
    ...shared,
    guidance_scale: number(1, 20, 3.5),
    acceleration: z.enum(['none', 'regular', 'high']).default('none'),
  }),
  output: diffusionOutput,
  run: (input, studio) => drawDiffusion(input, studio, { size: input.image_size }),
});

export const fluxLora = defineModel({
  endpoint: 'fal-ai/flux-lora',
  title: 'FLUX.1 [dev] with LoRAs',
  category: 'text-to-image',
  price: { unit: 'megapixels', unitPrice: 0.035 },
  input: z.object({
    ...shared,
    loras: loras().default([]),
    guidance_scale: number(0, 35, 3.5),
    acceleration: z.enum(['none', 'regular']).default('none'),
  }),
  output: diffusionOutput,
  run: (input, studio) => drawDiffusion(input, studio, { size: input.image_size }),
});
