/** The contract with fal's queue: five verbs and a look back. Outcomes are data, never guesses. */
import type { Failure } from '../jobs/job.ts';

export interface FalRequest {
  readonly endpoint: string;
  readonly requestId: string;
}

export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly requestId: string }
  /** fal said no: nothing was accepted and nothing will be paid. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /** Nothing accepted, try again after this long (429). */
  | { readonly kind: 'busy'; readonly retryAfterMs: number; readonly failure: Failure }
  /** The answer never came, or a gateway spoke for fal: it may or may not have been accepted. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface FalLog {
  /** Untrusted text of the model: may hold control characters, markup, mentions. */
  readonly message: string;
}

export type QueueStatus =
  /** `position` counts the requests ahead: 0 is next. */
  | { readonly kind: 'waiting'; readonly position: number | undefined }
  /** `logs` are all so far, oldest first. */
  | { readonly kind: 'running'; readonly logs: readonly FalLog[] }
  /** Done, well or badly: only the result tells. */
  | { readonly kind: 'completed' }
  /** fal does not know the request, or no longer. */
  | { readonly kind: 'gone' }
  /** Not reachable or not understood just now: ask again. */
  | { readonly kind: 'unclear'; readonly reason: string };

export type ResultOutcome =
  /** The model's own JSON; integers beyond 2^53 are strings, so that no seed is rounded. */
  | {
      readonly kind: 'output';
      readonly output: unknown;
      /** What fal counts for the bill, in the endpoint's unit; undefined where it did not say. */
      readonly billableUnits: number | undefined;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The request was cancelled before it made anything. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'still-running' }
  | { readonly kind: 'unclear'; readonly reason: string };

export type CancelOutcome = 'requested' | 'already-completed' | 'gone' | 'unclear';

/** What fal's own list of requests says about a submission whose answer was lost. */
export type LookBack =
  | { readonly kind: 'found'; readonly requestId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface Upload {
  readonly path: string;
  readonly fileName: string;
  readonly contentType: string;
}

export interface FalQueue {
  /** Exactly one POST that can have been accepted; never repeated on an unclear answer. */
  submit(call: {
    endpoint: string;
    input: Readonly<Record<string, unknown>>;
  }): Promise<SubmitOutcome>;
  status(request: FalRequest): Promise<QueueStatus>;
  result(request: FalRequest): Promise<ResultOutcome>;
  cancel(request: FalRequest): Promise<CancelOutcome>;
  /** Puts a file into fal's storage for a day. Throws `UpstreamError`. Returns its address. */
  upload(file: Upload): Promise<string>;
  /**
   * Looks for a request with this very input, sent at or after `since`, that is not `claimed`: equal
   * inputs are sent on purpose where an endpoint takes no seed.
   */
  lookBack(call: {
    endpoint: string;
    input: Readonly<Record<string, unknown>>;
    since: Date;
    claimed: (requestIds: readonly string[]) => Promise<ReadonlySet<string>>;
  }): Promise<LookBack>;
}
