/** From fal's request id to fal's answer, with progress on the way. */
import { follow, type FollowEnd, type FollowProgress } from '../fal/follow.ts';
import type { FalLimits } from '../fal/settings.ts';
import type { Message } from '../message.ts';
import type { Product } from '../models/product.ts';
import type { Job, JobIn, JobState } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { productOfJob } from './known-endpoint.ts';
import { cancellingMessage, drawingMessage, waitingMessage, type Timing } from './messages.ts';
import { move, reread } from './move.ts';
import { refuse } from './refuse.ts';
import { openStatus, showProgress } from './status.ts';

/** How many past jobs of an endpoint the expected end is judged by. */
const REMEMBERED_JOBS = 20;
/** What it takes to fetch, fit and post a result, or to say that there is none. */
const LAST_WORD_MS = 60_000;

export async function followRequest(
  job: JobIn<'submitted'>,
  parts: JobParts,
  signal: AbortSignal,
): Promise<Job> {
  const { reachableUntil } = await openStatus(job, parts);
  const { endpoint, requestId, submittedAt } = job;
  const request = { endpoint, requestId };
  if (job.cancelRequestedAt) await parts.queue.cancel(request);
  const expectedAt = await expectEnd(job, parts);
  const product = productOfJob(job, parts.models);
  const { queue, clock } = parts;
  const limits = withinReach(parts.falLimits, submittedAt, reachableUntil);
  const updates = follow({ queue, request, submittedAt, clock, signal, limits });
  let update = await updates.next();
  while (!update.done) {
    const current = await reread(job, parts);
    showProgress(
      current,
      wordProgress(current, update.value, { expectedAt, now: clock.now() }, product),
      parts,
    );
    update = await updates.next();
  }
  const { cancelRequestedAt } = await reread(job, parts);
  const isStopped = cancelRequestedAt !== undefined && update.value.kind === 'failed';
  const to = toState(update.value, job, clock.now());
  if (to.state === 'finished') parts.models.noteDuration(endpoint, to.seconds);
  if (isStopped) return move(job, { state: 'cancelled' }, parts);
  return to.state === 'failed' ? refuse(job, to.failure, parts) : move(job, to, parts);
}

/** Where the chat closes its door after a while, the result must come while it is open. */
function withinReach(limits: FalLimits, submittedAt: Date, until: Date | undefined): FalLimits {
  if (until === undefined) return limits;
  const totalMs = Math.max(0, until.getTime() - LAST_WORD_MS - submittedAt.getTime());
  return { ...limits, totalMs: Math.min(limits.totalMs, totalMs) };
}

function toState(
  end: FollowEnd,
  { requestId, submittedAt }: JobIn<'submitted'>,
  now: Date,
): JobState {
  switch (end.kind) {
    case 'output': {
      const seconds = (now.getTime() - submittedAt.getTime()) / 1000;
      const { output, billableUnits } = end;
      return { state: 'finished', requestId, output, billableUnits, seconds };
    }
    case 'failed':
      return { state: 'failed', failure: end.failure };
    case 'cancelled':
      return { state: 'cancelled' };
  }
}

function wordProgress(
  job: Job,
  progress: FollowProgress,
  timing: Timing,
  product: Product,
): Message {
  if (job.cancelRequestedAt) return cancellingMessage(job);
  return progress.kind === 'waiting'
    ? waitingMessage(job, progress.position, timing)
    : drawingMessage(job, progress.logs, timing, product);
}

/** The median of past durations, counted from the submission. */
async function expectEnd(job: JobIn<'submitted'>, parts: JobParts): Promise<Date | undefined> {
  const durations = await parts.store.jobs.pastDurations(job.endpoint, REMEMBERED_JOBS);
  const median = durations.toSorted((a, b) => a - b)[Math.floor(durations.length / 2)];
  return median === undefined ? undefined : new Date(job.submittedAt.getTime() + median);
}
