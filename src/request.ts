/**
 * What a model shall do, in words that no endpoint owns. An adapter in `src/models/` turns it into
 * the exact input of one endpoint, plus notes on what could not be honoured.
 */
import { z } from 'zod';

/** Every aspect ratio a person may ask for; an endpoint without it gets the nearest, with a note. */
export const ASPECT_RATIOS = [
  '1:1',
  '16:9',
  '9:16',
  '4:3',
  '3:4',
  '3:2',
  '2:3',
  '5:4',
  '4:5',
  '16:10',
  '10:16',
  '21:9',
  '9:21',
] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];

/** A file that somebody attached: enough to fetch it later with the platform's own credentials. */
const attachmentRefSchema = z.object({
  platform: z.string(),
  /** The platform's id of the file. */
  id: z.string(),
  fileName: z.string(),
  /** What the uploader claims it to be; the bytes decide. */
  claimedType: z.string(),
  /** Claimed size in bytes. */
  bytes: z.number(),
  /** Where the platform keeps it; may need credentials and may expire. */
  url: z.string(),
});
export type AttachmentRef = z.infer<typeof attachmentRefSchema>;

export const loraSchema = z.object({ path: z.string(), scale: z.number() });
export type Lora = z.infer<typeof loraSchema>;

/** Everything but the words and the pictures; whatever is absent is left to the model. */
const pictureSettingsSchema = z.object({
  count: z.number().int().optional(),
  aspectRatio: z.enum(ASPECT_RATIOS).optional(),
  /** Pixels; wins over the aspect ratio where both are given. */
  size: z.object({ width: z.number().int(), height: z.number().int() }).optional(),
  resolution: z.enum(['1K', '2K', '4K']).optional(),
  seed: z.number().int().optional(),
  negativePrompt: z.string().optional(),
  steps: z.number().int().optional(),
  guidance: z.number().optional(),
  format: z.enum(['png', 'jpeg', 'webp']).optional(),
  acceleration: z.enum(['none', 'regular', 'high']).optional(),
  loras: z.array(loraSchema).optional(),
  turbo: z.boolean().optional(),
  safetyChecker: z.boolean().optional(),
  /** 1 is the strictest, 6 the most permissive. */
  safetyTolerance: z.number().int().optional(),
  webSearch: z.boolean().optional(),
  limitGenerations: z.boolean().optional(),
  systemPrompt: z.string().optional(),
});
export type PictureSettings = z.infer<typeof pictureSettingsSchema>;

export const generationRequestSchema = z.object({
  /** The adapter's name, such as `nano-banana-pro`. */
  model: z.string(),
  prompt: z.string(),
  /** Pictures to start from, in the order in which they were given. */
  pictures: z.array(attachmentRefSchema),
  settings: pictureSettingsSchema,
});
export type GenerationRequest = z.infer<typeof generationRequestSchema>;
