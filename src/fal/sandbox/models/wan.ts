import { z } from 'zod';
import { flag, imageSize, integer, number, seed } from './inputs.ts';
import { defineModel } from './model.ts';
import { file, toFile } from './outputs.ts';

export const wanTextToImage = defineModel({
  endpoint: 'fal-ai/wan/v2.2-a14b/text-to-image',
  title: 'Wan 2.2 A14B',
  category: 'text-to-image',
  price: { unit: 'megapixels', unitPrice: 0.05 },
  input: z.object({
    prompt: z.string(),
    negative_prompt: z.string().default(''),
    seed: seed(),
    num_inference_steps: integer(2, 40, 27),
    enable_safety_checker: flag(false),
    enable_output_safety_checker: flag(false),
    enable_prompt_expansion: flag(false),
    acceleration: z.enum(['none', 'regular']).default('regular'),
    guidance_scale: number(1, 10, 3.5),
    guidance_scale_2: number(1, 10, 4),
    shift: number(1, 10, 2),
    image_size: imageSize('square_hd'),
  }),
  output: z.object({ image: file, seed: z.int() }),
  async run(input, studio) {
    const seed = input.seed ?? studio.randomSeed();
    const [drawn] = await studio.draw({
      prompt: input.prompt,
      seed,
      count: 1,
      size: input.image_size,
      format: 'png',
      inline: false,
      sources: [],
    });
    return { image: drawn && toFile(drawn), seed };
  },
});
