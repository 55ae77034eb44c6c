/** What somebody wants of a model, in words that neither side owns. */
import type { GivenFile } from '../../src/models/model.ts';

export interface Wish {
  readonly kind: 'picture' | 'transcript' | 'speech';
  /** A few words for the table. */
  readonly what: string;
  /** Easel's name of the model. */
  readonly model: string;
  /** fal's id of the endpoint that somebody who uses `@ai-sdk/fal` would name. */
  readonly endpoint: string;
  readonly prompt: string;
  readonly files: readonly GivenFile[];
  /** By the names as they are typed: usual ones such as `steps`, or fal's own in any spelling. */
  readonly options: Readonly<Record<string, unknown>>;
  /** True where `@ai-sdk/fal` is to be given fal's own names even where it has settings of its own. */
  readonly byFieldNames?: true;
}

/** What one side made of a wish. */
export interface Asked {
  readonly endpoint: string;
  /** The bodies that were sent, every digit of them kept. */
  readonly bodies: readonly Readonly<Record<string, unknown>>[];
  /** Warnings or notes. */
  readonly told: readonly string[];
  /** Why nothing was sent. */
  readonly refusal: string | undefined;
}
