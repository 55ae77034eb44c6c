/** From what came over the wire to what it means for a job. */
import { z } from 'zod';
import { toFailure, isCancellation, isVerdict } from './errors.ts';
import type { CancelOutcome, QueueStatus, ResultOutcome, SubmitOutcome } from './fal-queue.ts';
import { parseJson } from './parse-json.ts';
import type { WireAnswer } from './wire.ts';

/** fal names no time with most of its 429. */
const BUSY_WAIT_MS = 5000;
const LONGEST_BUSY_WAIT_MS = 60_000;
/** A result asked for too early; fal gives this sentence and no code for it. */
const STILL_RUNNING = 'Request is still in progress';

const acceptedSchema = z.object({ request_id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/u) });
const detailSchema = z.object({ detail: z.string() });
/** Live bodies hold null where the documents promise a list or a number. */
const statusSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('IN_QUEUE'), queue_position: z.number().nullish().catch(null) }),
  z.object({ status: z.literal('IN_PROGRESS'), logs: z.array(z.unknown()).nullish().catch(null) }),
  z.object({ status: z.literal('COMPLETED') }),
]);
const logSchema = z.object({ message: z.string() });

export function toSubmitOutcome(answer: WireAnswer): SubmitOutcome {
  if (answer.kind === 'silence') return { kind: 'unknown', reason: answer.reason };
  const { status, text, headers } = answer;
  const body = parseJson(text);
  if (status >= 200 && status < 300) {
    const accepted = acceptedSchema.safeParse(body);
    return accepted.success
      ? { kind: 'accepted', requestId: accepted.data.request_id }
      : { kind: 'unknown', reason: `fal answered ${status} without a request id` };
  }
  // 502-504 come from gateways, which cannot know. A 500 of the queue is no safer: fal's documented
  // ones come from runners, so from behind the point where the request was accepted.
  if (status < 400 || status >= 500) return { kind: 'unknown', reason: `fal answered ${status}` };
  const failure = toFailure({ status, body, headers });
  if (status !== 429) return { kind: 'refused', failure };
  return { kind: 'busy', retryAfterMs: toWaitMs(headers['retry-after']), failure };
}

export function toQueueStatus(answer: WireAnswer): QueueStatus {
  if (answer.kind === 'silence') return { kind: 'unclear', reason: answer.reason };
  const body = parseJson(answer.text);
  if (isGone(answer.status, body)) return { kind: 'gone' };
  const parsed = statusSchema.safeParse(body);
  // IN_PROGRESS comes with 202; what counts is the body.
  if (answer.status >= 300 || !parsed.success) {
    return { kind: 'unclear', reason: `fal answered ${answer.status} to a status question` };
  }
  const status = parsed.data;
  switch (status.status) {
    case 'IN_QUEUE':
      return { kind: 'waiting', position: status.queue_position ?? undefined };
    case 'IN_PROGRESS':
      return {
        kind: 'running',
        logs: (status.logs ?? []).flatMap((entry) => logSchema.safeParse(entry).data ?? []),
      };
    case 'COMPLETED':
      return { kind: 'completed' };
  }
}

export function toResultOutcome(answer: WireAnswer): ResultOutcome {
  if (answer.kind === 'silence') return { kind: 'unclear', reason: answer.reason };
  const { status, text, headers } = answer;
  const body = parseJson(text);
  if (status >= 200 && status < 300) {
    return body === undefined
      ? { kind: 'unclear', reason: 'fal’s result was no JSON' }
      : {
          kind: 'output',
          output: body,
          billableUnits: toUnits(headers['x-fal-billable-units']),
        };
  }
  if (isGone(status, body)) return { kind: 'gone' };
  if (detailSchema.safeParse(body).data?.detail === STILL_RUNNING) return { kind: 'still-running' };
  const refusal = { status, body, headers };
  if (isCancellation(refusal)) return { kind: 'cancelled' };
  if (!isVerdict(refusal))
    return { kind: 'unclear', reason: `fal answered ${status} for a result` };
  return { kind: 'failed', failure: toFailure(refusal) };
}

export function toCancelOutcome(answer: WireAnswer): CancelOutcome {
  if (answer.kind === 'silence') return 'unclear';
  const { status } = answer;
  if (status >= 200 && status < 300) return 'requested';
  const body = parseJson(answer.text);
  if (isGone(status, body)) return 'gone';
  const isDone = z.object({ status: z.literal('ALREADY_COMPLETED') }).safeParse(body).success;
  return isDone ? 'already-completed' : 'unclear';
}

/** A 404 without JSON is a misdirected proxy's, and says nothing about the request. */
function isGone(status: number, body: unknown): boolean {
  return (status === 404 || status === 410) && body !== undefined;
}

function toUnits(header: string | undefined): number | undefined {
  const units = Number(header);
  return header !== undefined && Number.isFinite(units) && units >= 0 ? units : undefined;
}

/** `Retry-After` in seconds or as a date, within reason. */
function toWaitMs(header: string | undefined): number {
  if (header === undefined) return BUSY_WAIT_MS;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1000), LONGEST_BUSY_WAIT_MS) : BUSY_WAIT_MS;
}
