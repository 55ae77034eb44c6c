/** Drives the parts of a job side by side, and makes one result of theirs. */
import { combineResults } from './combine-results.ts';
import type { Failure, Job, JobIn, JobState } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { productOfJob } from './known-endpoint.ts';
import { gatheringMessage } from './messages.ts';
import { move, reread } from './move.ts';
import { showProgress } from './status.ts';

const SHOW_EVERY_MS = 1000;

interface Gathering {
  readonly signal: AbortSignal;
  readonly driveToEnd: (job: Job, parts: JobParts, signal: AbortSignal) => Promise<void>;
}

export async function gather(
  job: JobIn<'gathering'>,
  parts: JobParts,
  { signal, driveToEnd }: Gathering,
): Promise<Job> {
  const over = new AbortController();
  const shown = keepShowing(job, parts, AbortSignal.any([signal, over.signal]));
  try {
    const open = (await readParts(job, parts)).filter(({ closedAt }) => closedAt === undefined);
    await Promise.all(open.map((part) => driveToEnd(part, parts, signal)));
  } finally {
    over.abort();
    await shown;
  }
  signal.throwIfAborted();
  return move(job, await toState(job, await readParts(job, parts), parts), parts);
}

async function readParts(job: JobIn<'gathering'>, { store }: JobParts): Promise<readonly Job[]> {
  const found = await Promise.all(job.parts.map((id) => store.jobs.read(id)));
  return found.flatMap((part) => part ?? []);
}

async function keepShowing(
  job: JobIn<'gathering'>,
  parts: JobParts,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const current = await reread(job, parts);
    const done = (await readParts(job, parts)).filter(({ state }) => state === 'fetched').length;
    if (current.cancelRequestedAt === undefined) {
      const counts = { done, of: job.parts.length };
      showProgress(
        current,
        gatheringMessage(current, counts, productOfJob(job, parts.models)),
        parts,
      );
    }
    await parts.clock.sleep(SHOW_EVERY_MS, signal).catch(() => undefined);
  }
}

/** What came is delivered; what did not is said. */
async function toState(
  job: JobIn<'gathering'>,
  made: readonly Job[],
  parts: JobParts,
): Promise<JobState> {
  const first = made.find((part) => part.state === 'fetched');
  if (first) {
    const { requestId } = first;
    return { state: 'fetched', requestId, result: await combineResults(job, made, parts) };
  }
  const failed = made.find((part) => part.state === 'failed');
  if (failed) return { state: 'failed', failure: failed.failure };
  return made.some(({ state }) => state === 'undecided')
    ? { state: 'failed', failure: UNDECIDED }
    : { state: 'cancelled' };
}

const UNDECIDED: Failure = {
  audience: 'service',
  text: 'fal did not say whether it took the requests, so they were not sent again. Please ask again if you want them.',
  retryable: true,
};
