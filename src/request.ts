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

/** Where Easel's own earlier pictures come from: their `id` is a picture's. */
export const OWN_PICTURES = 'easel';
/** Where files that Easel keeps for a job come from: their `id` is a path within the data folder. */
export const KEPT_FILES = 'easel:file';

/** A file that somebody attached: enough to fetch it later with the platform's own credentials. */
const attachmentRefSchema = z.object({
  /** The platform that keeps it, or `OWN_PICTURES`. */
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

/** Stands for a picture that is found, or made, only later: enough to see what a model says of it. */
export const SOME_PICTURE: AttachmentRef = {
  platform: OWN_PICTURES,
  id: 'some',
  fileName: 'picture.png',
  claimedType: 'image/png',
  bytes: 0,
  url: '',
};

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

/** One step of several that follow each other, each on the picture that the one before made. */
const stepSchema = z.object({
  model: z.string(),
  prompt: z.string(),
  /** What goes along beside the picture, which stands in front. */
  files: z.array(attachmentRefSchema),
  options: requestOptionsSchema,
  /** Before which of the files the picture goes, from 0. */
  at: z.number(),
  /** Which picture of the result before it is taken, from 1. */
  take: z.number(),
});
export type Step = z.infer<typeof stepSchema>;

/** One of Easel's own voices, and what a request has to do with it. */
const requestVoiceSchema = z.object({
  id: z.string(),
  /** It speaks, it is being made, or its owner's consent is being heard. */
  role: z.enum(['speaks', 'makes', 'consents']),
});

/** An earlier transcript that is posted again with other words or names: nothing is asked of fal. */
const retellingSchema = z.object({
  job: z.string(),
  corrections: z.array(z.object({ wrong: z.string(), right: z.string() })),
  /** By the speaker's number in order of appearance, from 1. */
  names: z.array(z.object({ number: z.number(), name: z.string() })),
});
export type Retelling = z.infer<typeof retellingSchema>;

/** A wish that waits for its words. */
const spokenWishSchema = z.object({
  model: z.string(),
  files: z.array(attachmentRefSchema),
  options: requestOptionsSchema,
});

export const generationRequestSchema = z.object({
  /** A model's name, such as `nano-banana-pro`, or an endpoint's id. */
  model: z.string(),
  /** Empty for models that take no words. */
  prompt: z.string(),
  /** What it shall work from, in the order in which they were given. */
  files: z.array(attachmentRefSchema),
  options: requestOptionsSchema,
  /** What is done to the result next, without being asked again. */
  steps: z.array(stepSchema).optional(),
  /** A picture that is posted again: nothing is made. */
  shows: z.string().optional(),
  /** What is heard becomes the prompt of this wish, once it is known. */
  spoken: spokenWishSchema.optional(),
  /** The part of a longer recording that this one hears, in seconds. */
  stretch: z.object({ from: z.number(), to: z.number() }).optional(),
  /** Recordings go to fal as WAV: they were refused as they came. */
  asWav: z.boolean().optional(),
  voice: requestVoiceSchema.optional(),
  retells: retellingSchema.optional(),
});
export type GenerationRequest = z.infer<typeof generationRequestSchema>;
