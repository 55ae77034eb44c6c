/** Google's Nano Banana Pro: one endpoint draws from words, the other changes given pictures. */
import { z } from 'zod';
import type { PictureSettings } from '../request.ts';
import type { ModelAdapter, ModelEndpoint, PictureRequest } from './model.ts';
import { nearestRatio, toShape } from './shared/aspect-ratio.ts';
import { checkInput, noteMissing, type FieldWords } from './shared/check-input.ts';
import { readOutput } from './shared/read-output.ts';

const NAME = 'nano-banana-pro';
const RATIOS = ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16'] as const;
/** Google's own limit for Gemini 3 Pro Image; fal names none. */
const MOST_PICTURES = 14;

const shared = {
  prompt: z.string().min(3).max(50_000),
  num_images: z.int().min(1).max(4).optional(),
  seed: z.int().optional(),
  aspect_ratio: z.enum(['auto', ...RATIOS]).optional(),
  output_format: z.enum(['jpeg', 'png', 'webp']).optional(),
  /** Digits as text, as fal wants them. */
  safety_tolerance: z.enum(['1', '2', '3', '4', '5', '6']).optional(),
  system_prompt: z.string().max(50_000).optional(),
  resolution: z.enum(['1K', '2K', '4K']).optional(),
  limit_generations: z.boolean().optional(),
  enable_web_search: z.boolean().optional(),
};
const DRAW: ModelEndpoint = { id: 'fal-ai/nano-banana-pro', input: z.strictObject(shared) };
const EDIT: ModelEndpoint = {
  id: 'fal-ai/nano-banana-pro/edit',
  input: z.strictObject({
    ...shared,
    image_urls: z.array(z.string().min(1)).min(1).max(MOST_PICTURES),
  }),
};

const WORDS: FieldWords = {
  prompt: { option: 'prompt', legal: '3 to 50,000 characters long' },
  num_images: { option: 'count', legal: 'a whole number from 1 to 4' },
  seed: { option: 'seed', legal: 'a whole number' },
  output_format: { option: 'format', legal: 'png, jpeg or webp' },
  safety_tolerance: { option: 'safety_tolerance', legal: 'a whole number from 1 to 6' },
  system_prompt: { option: 'system_prompt', legal: 'at most 50,000 characters long' },
  resolution: { option: 'resolution', legal: '1K, 2K or 4K' },
};

const nanoBananaPro: ModelAdapter = {
  name: NAME,
  description: 'Draws and edits with the finest grasp of words, text and detail',
  endpoints: [DRAW, EDIT],
  toInput({ prompt, pictures, settings }: PictureRequest) {
    const shape = chooseRatio(settings);
    const used = pictures.slice(0, MOST_PICTURES);
    const endpoint = used.length > 0 ? EDIT : DRAW;
    const wanted = {
      prompt,
      image_urls: used.length > 0 ? used : undefined,
      num_images: settings.count,
      seed: settings.seed,
      aspect_ratio: shape.ratio,
      output_format: settings.format,
      safety_tolerance: settings.safetyTolerance?.toString(),
      system_prompt: settings.systemPrompt,
      resolution: settings.resolution,
      limit_generations: settings.limitGenerations,
      enable_web_search: settings.webSearch,
    };
    return {
      endpoint: endpoint.id,
      input: checkInput(endpoint, wanted, WORDS),
      notes: [...shape.notes, ...notePictures(pictures.length), ...noteLeftOut(settings)],
    };
  },
  toResult: (_endpoint, output) => readOutput(output),
};
export default nanoBananaPro;

/** The model takes a ratio, never pixels. */
function chooseRatio({ size, aspectRatio }: PictureSettings) {
  if (!size && !aspectRatio) return { ratio: undefined, notes: [] };
  const wanted = size ?? toShape(aspectRatio ?? '1:1');
  const ratio = nearestRatio(wanted, RATIOS);
  if (size) {
    const text = `${NAME} takes no exact size; the nearest shape, ${ratio}, was used.`;
    return { ratio, notes: [text] };
  }
  const isExact = ratio === aspectRatio;
  return {
    ratio,
    notes: isExact ? [] : [`${NAME} has no ${aspectRatio}; the nearest, ${ratio}, was used.`],
  };
}

function notePictures(given: number): string[] {
  const isTooMany = given > MOST_PICTURES;
  return isTooMany ? [`${NAME} takes ${MOST_PICTURES} pictures; the first ones were used.`] : [];
}

function noteLeftOut(settings: PictureSettings): string[] {
  return noteMissing(NAME, [
    [settings.negativePrompt, 'negative prompt'],
    [settings.steps, 'steps'],
    [settings.guidance, 'guidance'],
    [settings.acceleration, 'acceleration'],
    [settings.loras, 'LoRAs'],
    [settings.turbo, 'turbo'],
    [settings.safetyChecker, 'safety checker to switch'],
  ]);
}
