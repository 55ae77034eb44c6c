/**
 * What a model shall do, in words that no endpoint owns. `src/models/` turns it into the exact input
 * of one endpoint, plus notes on what could not be honoured.
 */
import { z } from 'zod';

/** Every aspect ratio that is offered; an endpoint without it gets the nearest, with a note. */
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
  /** The command's option that it was given for, such as `mask`; absent for a plain attachment. */
  option: z.string().optional(),
});
export type AttachmentRef = z.infer<typeof attachmentRefSchema>;

/** Raw values by option name: neutral names, or a model's own. */
const requestOptionsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type RequestOptions = Readonly<z.infer<typeof requestOptionsSchema>>;

/** The options that were given, without those that were not. */
export function toRequestOptions(
  values: Readonly<Record<string, string | number | boolean | undefined>>,
): RequestOptions {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

export const generationRequestSchema = z.object({
  /** A model's name, such as `nano-banana-pro`, or an endpoint's id. */
  model: z.string(),
  /** Empty for models that take no words. */
  prompt: z.string(),
  /** What it shall work from, in the order in which they were given. */
  files: z.array(attachmentRefSchema),
  options: requestOptionsSchema,
});
export type GenerationRequest = z.infer<typeof generationRequestSchema>;
