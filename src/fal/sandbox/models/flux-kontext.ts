import { z } from 'zod';
import type { Size } from '../size.ts';
import type { Studio } from '../studio.ts';
import { drawDiffusion } from './diffusion.ts';
import { count, flag, number, seed } from './inputs.ts';
import { defineModel, type Output } from './model.ts';
import { diffusionOutput } from './outputs.ts';

/** About a megapixel each. */
const SIZES = {
  '21:9': { width: 1568, height: 672 },
  '16:9': { width: 1392, height: 752 },
  '4:3': { width: 1184, height: 880 },
  '3:2': { width: 1248, height: 832 },
  '1:1': { width: 1024, height: 1024 },
  '2:3': { width: 832, height: 1248 },
  '3:4': { width: 880, height: 1184 },
  '9:16': { width: 752, height: 1392 },
  '9:21': { width: 672, height: 1568 },
} as const satisfies Record<string, Size>;

const input = z.object({
  prompt: z.string(),
  seed: seed(),
  guidance_scale: number(1, 20, 3.5),
  sync_mode: flag(false),
  num_images: count(4),
  output_format: z.enum(['jpeg', 'png']).default('jpeg'),
  safety_tolerance: z.enum(['1', '2', '3', '4', '5', '6']).default('2'),
  enhance_prompt: flag(false),
  aspect_ratio: z
    .enum(['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21'])
    .nullish(),
  image_url: z.string(),
});

export const fluxKontext = defineModel({
  endpoint: 'fal-ai/flux-pro/kontext',
  title: 'FLUX.1 Kontext [pro]',
  category: 'image-to-image',
  price: { unit: 'images', unitPrice: 0.04 },
  input,
  output: diffusionOutput,
  run: edit,
});

export const fluxKontextMax = defineModel({
  endpoint: 'fal-ai/flux-pro/kontext/max',
  title: 'FLUX.1 Kontext [max]',
  category: 'image-to-image',
  price: { unit: 'images', unitPrice: 0.08 },
  input,
  output: diffusionOutput,
  run: edit,
});

async function edit(wish: z.output<typeof input>, studio: Studio): Promise<Output> {
  const source = await studio.readPicture(wish.image_url, ['image_url']);
  const size = wish.aspect_ratio ? SIZES[wish.aspect_ratio] : toMegapixel(source);
  return drawDiffusion(wish, studio, { size, sources: [source.bytes] });
}

/** Without a ratio the picture keeps its own, in steps of 16. */
function toMegapixel({ width, height }: Size): Size {
  const scale = Math.sqrt((1024 * 1024) / (width * height));
  const step = (length: number): number => Math.max(16, 16 * Math.round((length * scale) / 16));
  return { width: step(width), height: step(height) };
}
