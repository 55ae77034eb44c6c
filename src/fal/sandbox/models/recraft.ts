import { z } from 'zod';
import { flag, imageSize, rgbColor } from './inputs.ts';
import { defineModel } from './model.ts';
import { file, toFile } from './outputs.ts';
import { RECRAFT_STYLES } from './recraft-styles.ts';

export const recraft = defineModel({
  endpoint: 'fal-ai/recraft/v3/text-to-image',
  title: 'Recraft V3',
  category: 'text-to-image',
  price: { unit: 'images', unitPrice: 0.04 },
  input: z.object({
    prompt: z.string().min(1).max(1000),
    image_size: imageSize('square_hd'),
    style: z.enum(RECRAFT_STYLES).default('realistic_image'),
    colors: z.array(rgbColor).default([]),
    style_id: z.uuid({ version: 'v4' }).nullish(),
    enable_safety_checker: flag(false),
  }),
  output: z.object({ images: z.array(file) }),
  async run(input, studio) {
    const isVector = input.style.startsWith('vector_illustration');
    if (isVector) studio.note({ weight: 2 });
    const images = await studio.draw({
      prompt: input.prompt,
      seed: studio.randomSeed(),
      count: 1,
      size: input.image_size,
      format: isVector ? 'svg' : 'webp',
      inline: false,
      sources: [],
    });
    return { images: images.map(toFile) };
  },
});
