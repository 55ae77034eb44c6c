/** fal's files come here at once: its links die, and a chat must not depend on them. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Endpoint } from '../models/endpoint.ts';
import { findKnown } from '../models/find-known.ts';
import type { ModelResult } from '../models/model.ts';
import { readResult } from '../models/read-result.ts';
import { hasFlags } from '../models/result/flags.ts';
import { costOf } from './cost.ts';
import { fetchMedia, type MediaCall, type MediaOutcome } from './fetch-media.ts';
import type { Job, JobIn, JobResult } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { findEndpoint, productOfJob } from './known-endpoint.ts';
import { move } from './move.ts';
import { hearTranscript } from './hear-transcript.ts';
import { noteOutcomes, toWithheldFailure } from './result-notes.ts';
import { writeText } from './result-text.ts';

/** More than any model makes: a list without an end must not keep Easel busy for ever. */
const MOST_FILES = 50;
/** Waits for a file without which the others are posted, in milliseconds. */
const PATIENCE_MS = [1000, 3000, 10_000, 30_000];

export async function fetchFiles(
  job: JobIn<'finished'>,
  parts: JobParts,
  signal: AbortSignal,
): Promise<Job> {
  const answer = readAnswer(job, parts);
  const calls = await prepareCalls(job, answer, parts, signal);
  const outcomes = await fetchAll(calls, answer.text !== undefined, parts);
  if (answer.text === undefined && outcomes.every(({ kind }) => kind === 'withheld')) {
    const failure = toWithheldFailure(job, productOfJob(job, parts.models), outcomes.length);
    return move(job, { state: 'failed', failure }, parts);
  }
  const result = await toJobResult({ job, answer, outcomes }, parts);
  return move(job, { state: 'fetched', requestId: job.requestId, result }, parts);
}

/** Where the model is no longer offered, its answer still is what it is. */
function readAnswer(job: JobIn<'finished'>, { models }: JobParts): ModelResult {
  const adapter = findKnown(job.request.model, models);
  if (adapter) return adapter.toResult(job.endpoint, job.output);
  const { endpoint: id, output } = job;
  return readResult({ id, title: id, kind: 'other', fields: [], outputs: [] }, output);
}

async function prepareCalls(
  job: JobIn<'finished'>,
  answer: ModelResult,
  parts: JobParts,
  signal: AbortSignal,
): Promise<readonly MediaCall[]> {
  const folder = toFolder(job);
  await mkdir(join(parts.dataFolder, folder), { recursive: true });
  const limits = parts.platforms.get(job.place.platform)?.limits;
  const maySpoiler = parts.flaggedPictures === 'spoiler' && limits?.hasSpoilers === true;
  const isChecked = hasFlags(answer.rest) || hasSafetyCheck(findEndpoint(job, parts.models));
  return answer.media.slice(0, MOST_FILES).map((media, at) => {
    return { job, media, folder, number: at + 1, signal, maySpoiler, isChecked };
  });
}

function toFolder({ id }: Job): string {
  return join('files', id);
}

function hasSafetyCheck(endpoint: Endpoint | undefined): boolean {
  return endpoint?.fields.some(({ name }) => name.includes('safety_check')) === true;
}

/**
 * One file that does not come must not cost the others. Throws what went wrong where nothing came
 * at all, for whoever drives the job to repeat or to tell.
 */
async function fetchAll(
  calls: readonly MediaCall[],
  hasWords: boolean,
  parts: JobParts,
): Promise<readonly MediaOutcome[]> {
  const outcomes: MediaOutcome[] = [];
  for (const call of calls) outcomes.push(await fetchMedia(call, parts));
  const lost = outcomes.filter((outcome) => outcome.kind === 'lost');
  const isNothing = !hasWords && !outcomes.some(({ kind }) => kind === 'came');
  const worst = lost.find(({ error }) => error.retryable) ?? lost[0];
  if (isNothing && worst) throw worst.error;
  const settled: MediaOutcome[] = [];
  for (const [at, outcome] of outcomes.entries()) {
    settled.push(await insist(outcome, calls[at], parts));
  }
  return settled;
}

async function insist(
  outcome: MediaOutcome,
  call: MediaCall | undefined,
  parts: JobParts,
): Promise<MediaOutcome> {
  let current = outcome;
  for (const wait of PATIENCE_MS) {
    if (!call || current.kind !== 'lost' || !current.error.retryable) return current;
    await parts.clock.sleep(wait, call.signal);
    current = await fetchMedia(call, parts);
  }
  return current;
}

async function toJobResult(
  {
    job,
    answer,
    outcomes,
  }: { job: JobIn<'finished'>; answer: ModelResult; outcomes: readonly MediaOutcome[] },
  parts: JobParts,
): Promise<JobResult> {
  const { media, text, ...facts } = answer;
  const place = { job, folder: toFolder(job), number: media.length + 1 };
  const written = text === undefined ? undefined : await writeText(text, place, parts);
  const files = outcomes.flatMap((outcome) => (outcome.kind === 'came' ? outcome.files : []));
  const price = parts.models.priceOf(job.endpoint);
  const heard = await hearTranscript(job, parts);
  return {
    ...facts,
    // A transcript is kept whole in a file of its own.
    ...(heard && { rest: undefined }),
    files: [...files, ...(written && !heard ? [written] : [])],
    text,
    ...heard,
    made: media.length,
    withheld: outcomes.filter(({ kind }) => kind === 'withheld').length,
    notes: noteOutcomes(media, outcomes, productOfJob(job, parts.models)),
    seconds: job.seconds,
    cost: costOf({ price, billableUnits: job.billableUnits, media }),
  };
}
