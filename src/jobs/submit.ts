/** From an accepted job to fal's request id: exactly one submission, whatever breaks. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import type { GivenFile, ModelInput } from '../models/model.ts';
import { assertMaySpeak } from '../voices/gate.ts';
import { readFiles } from './read-files.ts';
import { recordGiven } from './record-given.ts';
import { retell } from './retell.ts';
import type { Job, JobIn, JobState } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { move, reread } from './move.ts';
import { searchingMessage } from './messages.ts';
import { showAgain } from './show-again.ts';
import { splitJob, startParts } from './split.ts';
import { openStatus, showProgress } from './status.ts';
import { refuse } from './refuse.ts';

/** fal's list of requests may lag behind. */
const SEARCH_EVERY_MS = 3000;

export async function submitRequest(
  job: JobIn<'accepted'>,
  parts: JobParts,
  signal: AbortSignal,
): Promise<Job> {
  if (!job.status) await openStatus(job, parts);
  if (job.cancelRequestedAt) return move(job, { state: 'cancelled' }, parts);
  if (job.request.shows !== undefined) return showAgain(job, job.request.shows, parts);
  if (job.request.retells) return retell(job, job.request.retells, parts);
  const requests = job.parent === undefined ? await splitJob(job, parts, signal) : [];
  if (requests.length > 1) return startParts(job, requests, parts);
  const { exact, files, notes } = await prepareInput(job, parts, signal);
  await assertMaySpeak({ job, exact, files }, parts);
  const since = parts.clock.now();
  const submitting = await parts.store.jobs.advance(
    job.id,
    'accepted',
    { state: 'submitting', input: exact.input, since },
    { notes: addNotes(job.notes, notes) },
  );
  if (submitting?.state !== 'submitting') return reread(job, parts);
  const outcome = await parts.queue.submit({ endpoint: job.endpoint, input: exact.input });
  switch (outcome.kind) {
    case 'accepted':
      return move(submitting, toSubmitted(outcome.requestId, parts), parts);
    case 'refused':
      return refuse(submitting, outcome.failure, parts);
    case 'busy':
      return waitForRoom(submitting, outcome, parts, signal);
    case 'unknown':
      parts.log.warn({ job: job.id, reason: outcome.reason }, 'fal did not answer a submission');
      return move(submitting, { state: 'unknown-submit', input: exact.input, since }, parts);
  }
}

/** A lost answer: fal's own list of requests decides; when it stays silent, the person does. */
export async function searchLostSubmit(
  job: JobIn<'submitting' | 'unknown-submit'>,
  parts: JobParts,
  signal: AbortSignal,
): Promise<Job> {
  const { input, since } = job;
  if (job.state === 'submitting')
    return move(job, { state: 'unknown-submit', input, since }, parts);
  if (!job.status) await openStatus(job, parts);
  showProgress(job, searchingMessage(job), parts);
  const { jobs } = parts.store;
  const found = await parts.queue.lookBack({
    endpoint: job.endpoint,
    input,
    since,
    claimed: (requestIds) => jobs.claimed(requestIds),
  });
  if (found.kind === 'found') return move(job, toSubmitted(found.requestId, parts), parts);
  const elapsed = parts.clock.now().getTime() - since.getTime();
  if (elapsed >= parts.falLimits.lookBackMs) {
    const isUnwanted = job.cancelRequestedAt !== undefined;
    const end: JobState = isUnwanted
      ? { state: 'cancelled' }
      : { state: 'undecided', input, since };
    return move(job, end, parts);
  }
  await parts.clock.sleep(SEARCH_EVERY_MS, signal);
  return reread(job, parts);
}

/** Uploads the attached files and lets the model's adapter write the exact input. */
async function prepareInput(
  job: Job,
  parts: JobParts,
  signal: AbortSignal,
): Promise<{ exact: ModelInput; files: readonly GivenFile[]; notes: readonly string[] }> {
  const read = await readFiles(job, join('files', job.id), parts, signal);
  const { files, notes } = read;
  await recordGiven(job, read.pictures, parts);
  const { model, prompt, options } = job.request;
  const exact = parts.models.find(model).toInput({ prompt, files, options });
  if (exact.endpoint !== job.endpoint) {
    throw new UserError('The model changed since this was asked. Please ask again.');
  }
  if (job.parent !== undefined) await noteOnWhole(job.parent, notes, parts);
  return { exact, files, notes };
}

/** Only the whole has a caption. Its parts read the same files, and say the same of them. */
async function noteOnWhole(
  id: string,
  notes: readonly string[],
  { store: { jobs } }: JobParts,
): Promise<void> {
  const whole = await jobs.read(id);
  if (whole && notes.length > 0) await jobs.amend(id, { notes: addNotes(whole.notes, notes) });
}

/** After a crash or a wait for room the same files are read again: nothing is said twice. */
function addNotes(before: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...before, ...more])];
}

/** 429: nothing was accepted, so asking again is safe until the wait in line is over. */
async function waitForRoom(
  job: JobIn<'submitting'>,
  { retryAfterMs, failure }: { retryAfterMs: number; failure: JobIn<'failed'>['failure'] },
  parts: JobParts,
  signal: AbortSignal,
): Promise<Job> {
  const waited = parts.clock.now().getTime() - job.acceptedAt.getTime();
  if (waited >= parts.falLimits.waitMs) return move(job, { state: 'failed', failure }, parts);
  const accepted = await move(job, { state: 'accepted' }, parts);
  await parts.clock.sleep(retryAfterMs, signal);
  return accepted;
}

function toSubmitted(requestId: string, parts: JobParts): JobState {
  return { state: 'submitted', requestId, submittedAt: parts.clock.now() };
}
