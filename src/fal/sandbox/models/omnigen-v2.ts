import { z } from 'zod';
import { drawDiffusion } from './diffusion.ts';
import { count, flag, imageSize, integer, number, seed } from './inputs.ts';
import { defineModel } from './model.ts';
import { diffusionOutput } from './outputs.ts';

const UNWANTED =
  '(((deformed))), blurry, over saturation, bad anatomy, disfigured, poorly drawn face, mutation, mutated, (extra_limb), (ugly), (poorly drawn hands), fused fingers, messy drawing, broken legs censor, censored, censor_bar';

export const omnigenV2 = defineModel({
  endpoint: 'fal-ai/omnigen-v2',
  title: 'Omnigen V2',
  category: 'text-to-image',
  price: { unit: 'megapixels', unitPrice: 0.15 },
  input: z.object({
    prompt: z.string(),
    input_image_urls: z.array(z.string()).max(3).default([]),
    image_size: imageSize('square_hd'),
    num_inference_steps: integer(20, 50, 50),
    seed: seed(),
    text_guidance_scale: number(1, 8, 5),
    image_guidance_scale: number(1, 3, 2),
    negative_prompt: z.string().default(UNWANTED),
    cfg_range_start: number(0, 1, 0),
    cfg_range_end: number(0, 1, 1),
    scheduler: z.enum(['euler', 'dpmsolver']).default('euler'),
    sync_mode: flag(false),
    num_images: count(4),
    enable_safety_checker: flag(true),
    output_format: z.enum(['jpeg', 'png']).default('jpeg'),
  }),
  output: diffusionOutput,
  async run(input, studio) {
    const pictures = await studio.readPictures(input.input_image_urls, 'input_image_urls');
    const sources = pictures.map(({ bytes }) => bytes);
    return drawDiffusion(input, studio, { size: input.image_size, sources });
  },
});
