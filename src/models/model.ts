/**
 * What a model is to everybody else. The folder holds the engine that serves any endpoint from its
 * schema; `families/` holds one file for each model family that deserves better, and is scanned.
 */
import type { Options } from '../option.ts';
import type { RequestOptions } from '../request.ts';
import type { Endpoint, EndpointKind, FileMedia } from './endpoint.ts';

/** A file that goes into a model, once it has an address that fal can read. */
export interface GivenFile {
  readonly url: string;
  readonly media: FileMedia;
  /** The option that it was given for, such as `mask`; undefined for a plain attachment. */
  readonly option: string | undefined;
}

/** The neutral request: what a model shall do, in words that no endpoint owns. */
export interface ModelRequest {
  readonly prompt: string;
  /** In the order in which they were given. */
  readonly files: readonly GivenFile[];
  /**
   * Raw values by name: neutral names such as `steps`, or the endpoint's own such as
   * `num_inference_steps`; camelCase, kebab-case and snake_case mean the same.
   */
  readonly options: RequestOptions;
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
  /** An address, or a `data:` URL; empty where a flagged picture was not even handed out. */
  readonly url: string;
  readonly claimedType: string | undefined;
  readonly fileName: string | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** The model's safety checker marked this one: never post it as a success. */
  readonly flagged: boolean;
}

export interface ModelResult {
  readonly media: readonly RemoteMedia[];
  /** What the model wrote, where words are its result: a transcript, a caption, an answer. */
  readonly text: string | undefined;
  /** As text, because seeds beyond 2^53 occur. */
  readonly seed: string | undefined;
  /** The model's own words about the picture. */
  readonly description: string | undefined;
  /** Seconds that the model says it computed. */
  readonly inferenceSeconds: number | undefined;
  /** Everything else that the answer holds, by fal's names: nothing is lost. */
  readonly rest: Readonly<Record<string, unknown>>;
}

export interface ModelAdapter {
  /** What people type: a short name such as `qwen-image`, or the endpoint's id. */
  readonly name: string;
  /** One short sentence on what it is good for. */
  readonly description: string;
  /** The one for words alone first, then the ones that take files. */
  readonly endpoints: readonly Endpoint[];
  /** Everything that can be set, as options of a form: the prompt and files first. */
  readonly options: Options;
  /** Whether what serves these files has a field for this option: a seed of our own goes only there. */
  takes(option: string, files: readonly GivenFile[]): boolean;
  /**
   * The request itself, or several where one cannot make as many as asked for: with `seed`,
   * `seed + 1`, …; or where the words are more than can be spoken at once. Throws `UserError` for a count that cannot be meant.
   */
  split(request: ModelRequest): readonly ModelRequest[];
  /** Throws `UserError` for what the endpoint would refuse and no nearest value can mend. */
  toInput(request: ModelRequest): ModelInput;
  /** Reads any answer leniently; throws `UpstreamError` only where nothing made can be found. */
  toResult(endpoint: string, output: unknown): ModelResult;
}

/** What a list shows of a model. */
export interface ModelSummary {
  readonly name: string;
  readonly description: string;
  readonly kind: EndpointKind;
}

/** What something costs at fal: `unitPrice` US dollars for each `unit`, such as `images`. */
export interface Price {
  readonly unitPrice: number;
  readonly unit: string;
}

/** Every model that people here may use. Reads are quick and never wait. */
export interface Models {
  /** By name or endpoint id. Throws `UserError` with the nearest known name. */
  find(name: string): ModelAdapter;
  /** Best first; every model for no words. */
  search(words: string): readonly ModelSummary[];
  priceOf(endpoint: string): Price | undefined;
  /** Seconds from submission to result, by what was seen here or else by fal's own estimate. */
  typicalSeconds(endpoint: string): number | undefined;
  /** What `typicalSeconds` is judged by. */
  noteDuration(endpoint: string, seconds: number): void;
}
