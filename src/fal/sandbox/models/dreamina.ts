import { z } from 'zod';
import { count, flag, imageSize, seed } from './inputs.ts';
import { defineModel } from './model.ts';
import { imageFile } from './outputs.ts';

const STANDARD = { width: 2048, height: 1536 };

export const dreamina = defineModel({
  endpoint: 'fal-ai/bytedance/dreamina/v3.1/text-to-image',
  title: 'Bytedance Dreamina V3.1',
  category: 'text-to-image',
  price: { unit: 'images', unitPrice: 0.03 },
  input: z.object({
    prompt: z.string(),
    image_size: imageSize(STANDARD, z.int().min(512).max(2048)),
    enhance_prompt: flag(false),
    num_images: count(4),
    seed: seed(),
    sync_mode: flag(false),
  }),
  output: z.object({ images: z.array(imageFile), seed: z.int() }),
  async run(input, studio) {
    const seed = input.seed ?? studio.randomSeed();
    const images = await studio.draw({
      prompt: input.prompt,
      seed,
      count: input.num_images,
      size: input.image_size,
      format: 'jpeg',
      inline: input.sync_mode,
      sources: [],
    });
    return { images, seed };
  },
});
