/** Drives every open job in this process, each in a loop of its own, until it is closed. */
import { toNextId } from '../pictures/replay.ts';
import { mayHaveNext } from './next-job.ts';
import { explain, UpstreamError, UserError } from '../errors.ts';
import { drive } from './drive.ts';
import { gather } from './gather.ts';
import { isEnded, type Failure, type Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { move, reread } from './move.ts';

/** Waits between tries of a step that a service refused for now, in milliseconds. */
const PATIENCE_MS = [1000, 2000, 5000, 10_000, 30_000, 60_000, 120_000, 300_000];

export interface Runner {
  /** Starts (or goes on) driving a job; driving it already is fine. */
  start(job: Job): void;
  /** Takes up what an earlier process left behind. */
  resume(): Promise<void>;
  /** Resolves when every loop has come to a safe halt; the store holds where each one stands. */
  stop(): Promise<void>;
}

export function createRunner(parts: JobParts): Runner {
  const loops = new Map<string, Promise<void>>();
  const stopping = new AbortController();

  function start(job: Job): void {
    if (loops.has(job.id) || stopping.signal.aborted) return;
    const loop = driveToEnd(job, parts, stopping.signal)
      .then(() => startNext(job))
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) parts.log.error({ error, job: job.id }, 'a job stands still');
      })
      .finally(() => loops.delete(job.id));
    loops.set(job.id, loop);
  }

  /** What a finished step has accepted when it was closed. */
  async function startNext({ id, request }: Job): Promise<void> {
    if (!mayHaveNext(request)) return;
    const next = await readWhole(toNextId(id), parts);
    if (next) start(next);
  }

  return {
    start,
    async resume() {
      for (const id of await parts.store.jobs.listOpenIds()) {
        const job = await readWhole(id, parts);
        if (job) start(job);
      }
    },
    async stop() {
      stopping.abort();
      parts.budget.stop();
      await Promise.allSettled(loops.values());
    },
  };
}

/** A job that cannot be read must not keep the others waiting. */
async function readWhole(id: string, { store, log }: JobParts): Promise<Job | undefined> {
  try {
    return await store.jobs.read(id);
  } catch (error) {
    log.error({ error, job: id }, 'a stored job cannot be read and stands still');
    return undefined;
  }
}

async function driveToEnd(job: Job, parts: JobParts, signal: AbortSignal): Promise<void> {
  let current = job;
  let failures = 0;
  while (current.closedAt === undefined && !signal.aborted) {
    const { state } = current;
    try {
      current =
        current.state === 'gathering'
          ? await gather(current, parts, { signal, driveToEnd })
          : await drive(current, parts, signal);
      failures = current.state === state ? failures : 0;
    } catch (error) {
      signal.throwIfAborted();
      current = await recover({ job: current, error, failures }, parts, signal);
      failures += 1;
    }
  }
}

/** A step failed: wait and repeat it, or end the job with a reason that a person understands. */
async function recover(
  { job, error, failures }: { job: Job; error: unknown; failures: number },
  parts: JobParts,
  signal: AbortSignal,
): Promise<Job> {
  const wait = PATIENCE_MS[failures];
  const mayPass = error instanceof UpstreamError && error.retryable && wait !== undefined;
  if (mayPass) {
    parts.log.warn(
      { error, job: job.id, state: job.state, waitMs: wait },
      'a step will be repeated',
    );
    await parts.clock.sleep(wait, signal);
    return reread(job, parts);
  }
  if (!(error instanceof UserError))
    parts.log.error({ error, job: job.id, state: job.state }, 'a job failed');
  const current = await reread(job, parts);
  // Ended meanwhile by somebody else: the last word is still to be said.
  if (isEnded(current) && current.state !== job.state) return current;
  if (isEnded(current)) {
    await parts.store.jobs.amend(current.id, { closedAt: parts.clock.now() });
    return reread(current, parts);
  }
  return move(current, { state: 'failed', failure: toFailure(error) }, parts);
}

function toFailure(error: unknown): Failure {
  const text = explain(error);
  if (error instanceof UserError) return { audience: 'person', text, retryable: false };
  if (!(error instanceof UpstreamError)) return { audience: 'operator', text, retryable: false };
  return { audience: 'service', text, retryable: error.retryable };
}
