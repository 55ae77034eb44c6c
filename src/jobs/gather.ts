/** Drives the parts of a job side by side, and makes one result of theirs. */
import type { Failure, Job, JobIn, JobResult, JobState } from './job.ts';
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
  return move(job, toState(await readParts(job, parts)), parts);
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
function toState(parts: readonly Job[]): JobState {
  const fetched = parts.filter((part) => part.state === 'fetched');
  const [first] = fetched;
  if (first) {
    return {
      state: 'fetched',
      requestId: first.requestId,
      result: combine(
        fetched.map(({ result }) => result),
        wordLost(parts),
      ),
    };
  }
  const failed = parts.find((part) => part.state === 'failed');
  if (failed) return { state: 'failed', failure: failed.failure };
  return parts.some(({ state }) => state === 'undecided')
    ? { state: 'failed', failure: UNDECIDED }
    : { state: 'cancelled' };
}

const UNDECIDED: Failure = {
  audience: 'service',
  text: 'fal did not say whether it took the requests, so they were not sent again. Please ask again if you want them.',
  retryable: true,
};

function combine(results: readonly JobResult[], lost: readonly string[]): JobResult {
  const [first] = results;
  if (!first) throw new TypeError('there is no result to combine');
  return {
    ...first,
    files: results.flatMap(({ files }) => files),
    notes: [...results.flatMap(({ notes = [] }) => notes), ...lost.map((text) => ({ text }))],
    text: joinTexts(results),
    made: sumKnown(results.map(({ made }) => made)),
    withheld: results.reduce((sum, { withheld }) => sum + withheld, 0),
    cost: sumCosts(results),
    seconds: Math.max(...results.map(({ seconds }) => seconds)),
  };
}

function joinTexts(results: readonly JobResult[]): string | undefined {
  const texts = results.flatMap(({ text }) => text ?? []);
  return texts.length === 0 ? undefined : texts.join('\n\n');
}

/** Undefined as soon as one is: half a sum would be a lie. */
function sumKnown(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.reduce<number | undefined>(
    (sum, number) => (sum === undefined || number === undefined ? undefined : sum + number),
    0,
  );
}

function sumCosts(results: readonly JobResult[]): JobResult['cost'] {
  const dollars = sumKnown(results.map(({ cost }) => cost?.dollars));
  const isEstimate = results.some(({ cost }) => cost?.isEstimate);
  return dollars === undefined ? undefined : { dollars, isEstimate };
}

function wordLost(parts: readonly Job[]): readonly string[] {
  const lost = parts.filter(({ state }) => state !== 'fetched');
  const [first] = lost;
  if (!first) return [];
  const reason = first.state === 'failed' ? ` ${first.failure.text}` : '';
  return [`${lost.length} of ${parts.length} requests brought nothing.${reason}`];
}
