import { z } from 'zod';
import { drawDiffusion } from './diffusion.ts';
import { count, flag, imageSize, integer, loras, number, seed } from './inputs.ts';
import { defineModel } from './model.ts';
import { diffusionOutput } from './outputs.ts';

export const qwenImage = defineModel({
  endpoint: 'fal-ai/qwen-image',
  title: 'Qwen Image',
  category: 'text-to-image',
  price: { unit: 'megapixels', unitPrice: 0.02 },
  input: z.object({
    prompt: z.string(),
    image_size: imageSize('landscape_4_3'),
    num_inference_steps: integer(2, 250, 30),
    seed: seed(),
    guidance_scale: number(0, 20, 2.5),
    sync_mode: flag(false),
    num_images: count(4),
    enable_safety_checker: flag(true),
    output_format: z.enum(['jpeg', 'png']).default('png'),
    negative_prompt: z.string().default(' '),
    acceleration: z.enum(['none', 'regular', 'high']).default('none'),
    loras: loras().max(3).default([]),
    use_turbo: flag(false),
  }),
  output: diffusionOutput,
  run: (input, studio) => drawDiffusion(input, studio, { size: input.image_size }),
});
