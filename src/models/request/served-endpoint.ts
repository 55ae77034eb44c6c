/** An endpoint with what a family says about using it. */
import type { Endpoint } from '../endpoint.ts';

export interface ServedEndpoint {
  readonly endpoint: Endpoint;
  /** Fields that a neutral option means here, where it is not one of the usual ones; dots lead into objects. */
  readonly means: Readonly<Record<string, string>>;
  /** Sent with every request, unless it says otherwise. */
  readonly always: Readonly<Record<string, unknown>>;
  /** Fields that fal does not take together; dots lead into objects. */
  readonly apart: readonly (readonly [string, string])[];
}

/** Easel fetches files by itself, and an answer with megabytes of base64 is in no history. */
const WITHHELD = new Set(['sync_mode']);

export function isWithheld(fieldName: string): boolean {
  return WITHHELD.has(fieldName);
}
