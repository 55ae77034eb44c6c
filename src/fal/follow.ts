/**
 * Own poll loop instead of the client's `subscribe`, which hides the request id, forgets its
 * deadlines after a restart and polls on after it has given up.
 */
import type { Clock } from '../clock.ts';
import type { Failure } from '../jobs/job.ts';
import type { FalLog, FalQueue, FalRequest } from './fal-queue.ts';

export type FollowProgress =
  /** `position` counts the requests ahead: 0 is next. */
  | { readonly kind: 'waiting'; readonly position: number | undefined }
  /** `logs` are all so far, oldest first. */
  | { readonly kind: 'running'; readonly logs: readonly FalLog[] };

export type FollowEnd =
  | {
      readonly kind: 'output';
      readonly output: unknown;
      readonly billableUnits: number | undefined;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

export interface FollowCall {
  readonly queue: Pick<FalQueue, 'status' | 'result' | 'cancel'>;
  readonly request: FalRequest;
  /** Both limits count from here, so that a restart resumes them. */
  readonly submittedAt: Date;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly limits: {
    /** The wait in line, as long as fal has not begun. */
    readonly waitMs: number;
    readonly totalMs: number;
  };
}

/** The result of a finished request lives for about an hour: no use in asking much longer. */
const RESULT_PATIENCE_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 15_000;

const WAITED_TOO_LONG: Failure = {
  audience: 'service',
  text: 'The model did not begin in time, so the request was taken out of fal’s line. Please try again later.',
  retryable: true,
};
const TOOK_TOO_LONG: Failure = {
  audience: 'service',
  text: 'The model did not finish in time, so the request was stopped. Please try again.',
  retryable: true,
};
const GONE: Failure = {
  audience: 'service',
  text: 'fal no longer knows this request; its result is lost. Please ask again.',
  retryable: true,
};
const UNREADABLE: Failure = {
  audience: 'service',
  text: 'fal finished the request but did not hand over the result. Please ask again.',
  retryable: true,
};

/** Yields at each answer of fal, changed or not; rejects with the signal's reason when aborted. */
export async function* follow(call: FollowCall): AsyncGenerator<FollowProgress, FollowEnd, void> {
  const { queue, request, clock, signal } = call;
  let unclear = 0;
  for (;;) {
    signal.throwIfAborted();
    const status = await queue.status(request);
    unclear = status.kind === 'unclear' ? unclear + 1 : 0;
    if (status.kind === 'gone') return { kind: 'failed', failure: GONE };
    const end = status.kind === 'completed' ? await collect(call) : undefined;
    if (end) return end;
    if (status.kind === 'waiting' || status.kind === 'running') yield status;
    const overdue = findOverdue(call, status.kind === 'waiting');
    if (overdue) return giveUp(call, overdue);
    await clock.sleep(unclear > 0 ? backOff(unclear) : pauseAt(ageOf(call)), signal);
  }
}

/** Undefined when fal takes its "completed" back and is still running. */
async function collect(call: FollowCall): Promise<FollowEnd | undefined> {
  const { queue, request, clock, signal } = call;
  const begun = clock.now().getTime();
  for (let attempt = 1; clock.now().getTime() - begun < RESULT_PATIENCE_MS; attempt += 1) {
    const result = await queue.result(request);
    switch (result.kind) {
      case 'output':
      case 'failed':
      case 'cancelled':
        return result;
      case 'gone':
        return { kind: 'failed', failure: GONE };
      case 'still-running':
        return undefined;
      case 'unclear':
        await clock.sleep(backOff(attempt), signal);
    }
  }
  return { kind: 'failed', failure: UNREADABLE };
}

/** Cancelling may come too late: what fal made by then was paid for, so it is asked for once. */
async function giveUp({ queue, request }: FollowCall, failure: Failure): Promise<FollowEnd> {
  await queue.cancel(request);
  const result = await queue.result(request);
  return result.kind === 'output' ? result : { kind: 'failed', failure };
}

function findOverdue(call: FollowCall, isWaiting: boolean): Failure | undefined {
  const age = ageOf(call);
  if (age >= call.limits.totalMs) return TOOK_TOO_LONG;
  return isWaiting && age >= call.limits.waitMs ? WAITED_TOO_LONG : undefined;
}

function ageOf({ clock, submittedAt }: FollowCall): number {
  return clock.now().getTime() - submittedAt.getTime();
}

/** Most pictures take seconds; whoever waits for minutes does not miss a second. */
function pauseAt(ageMs: number): number {
  if (ageMs < 5000) return 500;
  if (ageMs < 15_000) return 1000;
  return ageMs < 60_000 ? 2500 : 3000;
}

function backOff(attempt: number): number {
  return Math.min(500 * 2 ** attempt, LONGEST_PAUSE_MS);
}
