/** What fal refuses, in one clear sentence for whoever can do something about it. */
import { z } from 'zod';
import type { Failure } from '../jobs/job.ts';
import { wordFinding } from './finding-words.ts';
import { tidy } from './tidy.ts';

/** A refusal as it came over the wire; the body is fal's JSON, or undefined where it was none. */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const findingSchema = z.object({
  type: z.string().catch(''),
  msg: z.string().catch(''),
  loc: z.array(z.union([z.string(), z.number()])).catch([]),
  ctx: z.record(z.string(), z.unknown()).catch({}),
});
const bodySchema = z.object({
  detail: z
    .union([z.string(), z.array(findingSchema)])
    .optional()
    .catch(undefined),
  error_type: z.string().optional().catch(undefined),
  // The platform API's own form: `{"error":{"type","message"}}`.
  error: z
    .union([z.string(), z.object({ message: z.string() })])
    .optional()
    .catch(undefined),
});
type Body = z.infer<typeof bodySchema>;

const AGAIN = 'Please try again.';
/** Trouble of fal's machinery, by `error_type`: nothing about the request was wrong. */
const REQUEST_TROUBLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    request_timeout: `fal ran out of time for this request. ${AGAIN}`,
    startup_timeout: `The model took too long to start at fal. ${AGAIN}`,
    runner_scheduling_failure: 'fal had no machine free for this model. Please try again later.',
    runner_connection_timeout: `fal could not reach the machine that draws. ${AGAIN}`,
    runner_disconnected: `fal lost the machine that was drawing. ${AGAIN}`,
    runner_connection_refused: `fal could not reach the machine that draws. ${AGAIN}`,
    runner_connection_error: `fal could not reach the machine that draws. ${AGAIN}`,
    runner_incomplete_response: `The model’s answer broke off. ${AGAIN}`,
    runner_server_error: `The model failed at fal. ${AGAIN}`,
    internal_error: `fal had an internal error. ${AGAIN}`,
    client_disconnected: `fal lost the connection to us. ${AGAIN}`,
    concurrent_requests_limit:
      'fal is busy with other requests of this bot. Please try again soon.',
  }),
);
const BY_STATUS: Readonly<Record<number, Failure>> = {
  404: {
    audience: 'operator',
    text: 'fal does not know this model, or no longer. Please choose another one.',
    retryable: false,
  },
  413: { audience: 'person', text: 'The request is too large for fal.', retryable: false },
  429: {
    audience: 'service',
    text: 'fal is busy with other requests of this bot. Please try again soon.',
    retryable: true,
  },
};
const BAD_KEY: Failure = {
  audience: 'operator',
  text: 'fal does not accept this bot’s key. Whoever runs the bot must set a valid FAL_KEY; nothing is wrong with your request.',
  retryable: false,
};
const LOCKED: Failure = {
  audience: 'operator',
  text: 'This bot’s fal account is locked or out of credit. Whoever runs the bot must see to it at fal.ai/dashboard/billing; nothing is wrong with your request.',
  retryable: false,
};

export function toFailure(refusal: Refusal): Failure {
  const { status } = refusal;
  if (status === 401) return BAD_KEY;
  const body = readBody(refusal);
  const worded = wordFirstFinding(body, status);
  if (worded) return worded;
  // fal says "User is locked" with 403, for an empty balance too: not the person's doing.
  if (status === 403 || status === 402) return LOCKED;
  const trouble = REQUEST_TROUBLE.get(errorTypeOf(refusal) ?? '');
  if (trouble) return { audience: 'service', text: trouble, retryable: true };
  return BY_STATUS[status] ?? toUnknown(status, sayingOf(body));
}

/** True where somebody stopped the request: no failure, but an end. */
export function isCancellation(refusal: Refusal): boolean {
  const errorType = errorTypeOf(refusal);
  return errorType === 'client_cancelled' || (refusal.status === 499 && errorType === undefined);
}

/**
 * True where the answer to a result question is the job's own end. A failed job answers with its own
 * status, 500 and 504 included; a gateway in trouble does so too, but without fal's vocabulary.
 */
export function isVerdict(refusal: Refusal): boolean {
  const { status } = refusal;
  if (status === 429 || status < 400) return false;
  if (status < 500) return true;
  const { detail } = readBody(refusal);
  const isNamed = errorTypeOf(refusal) !== undefined;
  return isNamed || Array.isArray(detail) || (status === 500 && detail !== undefined);
}

function wordFirstFinding({ detail }: Body, status: number): Failure | undefined {
  const finding = Array.isArray(detail) ? detail[0] : undefined;
  return finding && wordFinding(finding, status);
}

/** In the body, or in a header where the body is the model's own. */
function errorTypeOf(refusal: Refusal): string | undefined {
  return readBody(refusal).error_type ?? refusal.headers['x-fal-error-type'];
}

function readBody({ body }: Refusal): Body {
  return bodySchema.safeParse(body).data ?? {};
}

function sayingOf({ detail, error }: Body): string {
  if (typeof detail === 'string') return tidy(detail);
  if (detail?.[0]) return tidy(detail[0].msg);
  return tidy(typeof error === 'string' ? error : (error?.message ?? ''));
}

function toUnknown(status: number, saying: string): Failure {
  const because = saying === '' ? '' : ` It says: ${saying}`;
  return status >= 500
    ? { audience: 'service', text: `fal failed (${status}). ${AGAIN}${because}`, retryable: true }
    : {
        audience: 'person',
        text: `fal refused the request (${status}).${because}`,
        retryable: false,
      };
}
