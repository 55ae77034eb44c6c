/** Qwen-Image: draws from words alone; strong at lettering, and every knob can be turned. */
import { z } from 'zod';
import { loraSchema, type AspectRatio, type PictureSettings } from '../request.ts';
import type { ModelAdapter, ModelEndpoint, PictureRequest } from './model.ts';
import { sizeOf, type Size } from './shared/aspect-ratio.ts';
import { checkInput, noteMissing, type FieldWords } from './shared/check-input.ts';
import { readOutput } from './shared/read-output.ts';

const NAME = 'qwen-image';
const LONGEST_SIDE = 14_142;
const side = z.int().min(1).max(LONGEST_SIDE);
/** fal's names for the shapes it knows; other ratios are computed to the same number of pixels. */
const PRESETS: Readonly<Partial<Record<AspectRatio, string>>> = {
  '1:1': 'square_hd',
  '4:3': 'landscape_4_3',
  '3:4': 'portrait_4_3',
  '16:9': 'landscape_16_9',
  '9:16': 'portrait_16_9',
};
const COMPUTED_PIXELS = 1024 * 1024;
/** The model works on blocks of 16 pixels. */
const PIXEL_STEP = 16;

const ENDPOINT: ModelEndpoint = {
  id: 'fal-ai/qwen-image',
  input: z.strictObject({
    prompt: z.string().min(1),
    image_size: z
      .union([
        z.enum([
          'square_hd',
          'square',
          'portrait_4_3',
          'portrait_16_9',
          'landscape_4_3',
          'landscape_16_9',
        ]),
        z.strictObject({ width: side, height: side }),
      ])
      .optional(),
    num_inference_steps: z.int().min(2).max(250).optional(),
    seed: z.int().optional(),
    guidance_scale: z.number().min(0).max(20).optional(),
    num_images: z.int().min(1).max(4).optional(),
    enable_safety_checker: z.boolean().optional(),
    output_format: z.enum(['jpeg', 'png']).optional(),
    negative_prompt: z.string().optional(),
    acceleration: z.enum(['none', 'regular', 'high']).optional(),
    loras: z
      .array(loraSchema.strict().extend({ scale: z.number().min(0).max(4) }))
      .max(3)
      .optional(),
    use_turbo: z.boolean().optional(),
  }),
};

const WORDS: FieldWords = {
  prompt: { option: 'prompt', legal: 'at least 1 character long' },
  image_size: { option: 'size', legal: `1 to ${LONGEST_SIDE} pixels wide and high` },
  num_inference_steps: { option: 'steps', legal: 'a whole number from 2 to 250' },
  seed: { option: 'seed', legal: 'a whole number' },
  guidance_scale: { option: 'guidance', legal: 'a number from 0 to 20' },
  num_images: { option: 'count', legal: 'a whole number from 1 to 4' },
  acceleration: { option: 'acceleration', legal: 'none, regular or high' },
  loras: { option: 'lora', legal: 'at most 3 LoRAs, each with a scale from 0 to 4' },
};

const qwenImage: ModelAdapter = {
  name: NAME,
  description: 'Draws from words; good at lettering, with seeds, steps and LoRAs',
  endpoints: [ENDPOINT],
  toInput({ prompt, pictures, settings }: PictureRequest) {
    const wanted = {
      prompt,
      image_size: chooseSize(settings),
      num_inference_steps: settings.steps,
      seed: settings.seed,
      guidance_scale: settings.guidance,
      num_images: settings.count,
      enable_safety_checker: settings.safetyChecker,
      output_format: settings.format === 'webp' ? 'png' : settings.format,
      negative_prompt: settings.negativePrompt,
      acceleration: settings.acceleration,
      loras: settings.loras,
      use_turbo: settings.turbo,
    };
    return {
      endpoint: ENDPOINT.id,
      input: checkInput(ENDPOINT, wanted, WORDS),
      notes: [...notePictures(pictures.length), ...noteFormat(settings), ...noteLeftOut(settings)],
    };
  },
  toResult: (_endpoint, output) => readOutput(output),
};
export default qwenImage;

function chooseSize({ size, aspectRatio }: PictureSettings): Size | string | undefined {
  if (size) return size;
  if (!aspectRatio) return undefined;
  return PRESETS[aspectRatio] ?? sizeOf(aspectRatio, COMPUTED_PIXELS, PIXEL_STEP);
}

function notePictures(given: number): string[] {
  return given > 0 ? [`${NAME} draws from words alone; the attached pictures were left out.`] : [];
}

function noteFormat({ format }: PictureSettings): string[] {
  return format === 'webp' ? [`${NAME} has no webp; png was used.`] : [];
}

function noteLeftOut(settings: PictureSettings): string[] {
  return noteMissing(NAME, [
    [settings.resolution, 'resolution classes'],
    [settings.safetyTolerance, 'safety tolerance'],
    [settings.webSearch, 'web search'],
    [settings.limitGenerations, 'limit on generations'],
    [settings.systemPrompt, 'system prompt'],
  ]);
}
