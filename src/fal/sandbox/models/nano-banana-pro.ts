import { z } from 'zod';
import type { Size } from '../size.ts';
import { count, flag, seed } from './inputs.ts';
import { defineModel } from './model.ts';
import { imageFile } from './outputs.ts';

/** Pixels at 1K; 2K and 4K double them. */
const SIZES = {
  '21:9': { width: 1584, height: 672 },
  '16:9': { width: 1376, height: 768 },
  '3:2': { width: 1264, height: 848 },
  '4:3': { width: 1200, height: 896 },
  '5:4': { width: 1152, height: 928 },
  '1:1': { width: 1024, height: 1024 },
  '4:5': { width: 928, height: 1152 },
  '3:4': { width: 896, height: 1200 },
  '2:3': { width: 848, height: 1264 },
  '9:16': { width: 768, height: 1376 },
} as const satisfies Record<string, Size>;
const SCALES = { '1K': 1, '2K': 2, '4K': 4 } as const;

const ratio = z
  .enum(['auto', '21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16'])
  .nullable();

const shared = {
  prompt: z.string().min(3).max(50_000),
  num_images: count(4),
  seed: seed(),
  output_format: z.enum(['jpeg', 'png', 'webp']).default('png'),
  safety_tolerance: z.enum(['1', '2', '3', '4', '5', '6']).default('4'),
  sync_mode: flag(false),
  system_prompt: z.string().max(50_000).default(''),
  resolution: z.enum(['1K', '2K', '4K']).default('1K'),
  limit_generations: flag(false),
  enable_web_search: flag(false),
};

const output = z.object({ images: z.array(imageFile), description: z.string() });

export const nanoBananaPro = defineModel({
  endpoint: 'fal-ai/nano-banana-pro',
  title: 'Nano Banana Pro',
  category: 'text-to-image',
  price: { unit: 'images', unitPrice: 0.15 },
  input: z.object({ ...shared, aspect_ratio: ratio.default('1:1') }),
  output,
  async run(input, studio) {
    studio.note({ weight: toWeight(input.resolution) });
    const images = await studio.draw({
      prompt: input.prompt,
      seed: input.seed ?? studio.randomSeed(),
      count: input.num_images,
      size: toSize(input.aspect_ratio, input.resolution, SIZES['1:1']),
      format: input.output_format,
      inline: input.sync_mode,
      sources: [],
    });
    return { images: images.map(withoutSize), description: '' };
  },
});

export const nanoBananaProEdit = defineModel({
  endpoint: 'fal-ai/nano-banana-pro/edit',
  title: 'Nano Banana Pro Edit',
  category: 'image-to-image',
  price: { unit: 'images', unitPrice: 0.15 },
  input: z.object({
    ...shared,
    aspect_ratio: ratio.default('auto'),
    image_urls: z.array(z.string()).min(1),
  }),
  output,
  async run(input, studio) {
    studio.note({ weight: toWeight(input.resolution) });
    const sources = await studio.readPictures(input.image_urls, 'image_urls');
    const images = await studio.draw({
      prompt: input.prompt,
      seed: input.seed ?? studio.randomSeed(),
      count: input.num_images,
      size: toSize(input.aspect_ratio, input.resolution, sources[0] ?? SIZES['1:1']),
      format: input.output_format,
      inline: input.sync_mode,
      sources: sources.map(({ bytes }) => bytes),
    });
    return { images: images.map(withoutSize), description: '' };
  },
});

/** The wire carries no width and height for this family. */
function withoutSize(image: { url: string; content_type: string; file_name: string }) {
  return { url: image.url, content_type: image.content_type, file_name: image.file_name };
}

/** 4K costs twice as much. */
function toWeight(resolution: keyof typeof SCALES): number {
  return resolution === '4K' ? 2 : 1;
}

/** `auto` takes the offered ratio that is nearest to the example's. */
function toSize(
  wanted: z.output<typeof ratio>,
  resolution: keyof typeof SCALES,
  example: Size,
): Size {
  const { width, height } = wanted === null || wanted === 'auto' ? nearest(example) : SIZES[wanted];
  const scale = SCALES[resolution];
  return { width: width * scale, height: height * scale };
}

function nearest(example: Size): Size {
  const distance = (size: Size): number =>
    Math.abs(Math.log((size.width * example.height) / (size.height * example.width)));
  return Object.values<Size>(SIZES).reduce((best, size) =>
    distance(size) < distance(best) ? size : best,
  );
}
