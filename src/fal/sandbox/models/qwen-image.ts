import { z } from 'zod';
import { common, defineModel } from './model.ts';

const LORA = z.object({ path: z.string(), scale: z.number().min(0).max(4).default(1) });

export const qwenImage = defineModel({
  endpoint: 'fal-ai/qwen-image',
  title: 'Qwen Image',
  category: 'text-to-image',
  price: { unit: 'megapixels', unitPrice: 0.02 },
  input: z.object({
    prompt: z.string(),
    image_size: common.imageSize('landscape_4_3'),
    num_inference_steps: z.int().min(2).max(250).default(30),
    seed: common.seed,
    guidance_scale: z.number().min(0).max(20).default(2.5),
    sync_mode: common.flag(false),
    num_images: common.count(4),
    enable_safety_checker: common.flag(true),
    output_format: z.enum(['jpeg', 'png']).default('png'),
    negative_prompt: z.string().default(' '),
    acceleration: z.enum(['none', 'regular', 'high']).default('none'),
    loras: z.array(LORA).max(3).default([]),
    use_turbo: common.flag(false),
  }),
  async run(input, studio) {
    const seed = input.seed ?? studio.randomSeed();
    const images = await studio.draw({
      prompt: input.prompt,
      seed,
      count: input.num_images,
      size: input.image_size,
      format: input.output_format,
      inline: input.sync_mode,
      sources: [],
    });
    return {
      images: images.map(({ url, content_type, width, height }) => ({
        url,
        width,
        height,
        content_type,
      })),
      timings: { inference: studio.inferenceSeconds() },
      seed,
      has_nsfw_concepts: images.map(() => studio.isBlackedOut),
      prompt: input.prompt,
    };
  },
});
