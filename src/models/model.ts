/** What a model adapter is. One file of this folder is one model family; the folder is scanned. */
import type { z } from 'zod';
import type { PictureSettings } from '../request.ts';

/** The neutral request once its pictures have addresses that fal can read. */
export interface PictureRequest {
  readonly prompt: string;
  readonly pictures: readonly string[];
  readonly settings: PictureSettings;
}

/** The exact call: what will be sent, and what could not be honoured (shown to the person). */
export interface ModelInput {
  /** fal's endpoint id, such as `fal-ai/nano-banana-pro/edit`. */
  readonly endpoint: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/** A file in an answer of fal. Everything but the address may be missing or wrong. */
export interface RemoteMedia {
  readonly url: string;
  readonly claimedType: string | undefined;
  readonly fileName: string | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** The model's safety checker blacked this one out: never post it as a success. */
  readonly flagged: boolean;
}

export interface ModelResult {
  readonly media: readonly RemoteMedia[];
  /** As text, because seeds beyond 2^53 occur. */
  readonly seed: string | undefined;
  /** The model's own words about the picture. */
  readonly description: string | undefined;
  /** Seconds that the model says it computed. */
  readonly inferenceSeconds: number | undefined;
}

export interface ModelEndpoint {
  readonly id: string;
  /** The endpoint's own input, with its ranges and enums: what passes here gets no 422 from fal. */
  readonly input: z.ZodType;
}

export interface ModelAdapter {
  /** What people type, such as `qwen-image`. */
  readonly name: string;
  /** One short sentence on what it is good for. */
  readonly description: string;
  readonly endpoints: readonly ModelEndpoint[];
  /** Throws `UserError` for what the endpoint would refuse and no nearest value can mend. */
  toInput(request: PictureRequest): ModelInput;
  /** Reads any answer leniently; throws `UpstreamError` only where no media can be found at all. */
  toResult(endpoint: string, output: unknown): ModelResult;
}
