/** What a model that listens has written down, kept with its times and speakers. */
import { join } from 'node:path';
import { hears } from '../models/speaks.ts';
import { inspectSound } from '../sound/inspect-sound.ts';
import { readTranscript } from '../transcripts/read-transcript.ts';
import type { JobIn, JobResult } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { keepTranscript } from './keep-transcript.ts';
import { findEndpoint } from './known-endpoint.ts';

/** Undefined for every other model, and where the answer is no transcript. */
export async function hearTranscript(
  job: JobIn<'finished'>,
  parts: JobParts,
): Promise<Pick<JobResult, 'text' | 'transcript'> | undefined> {
  const endpoint = findEndpoint(job, parts.models);
  const heard = endpoint && hears(endpoint) ? readTranscript(job.output) : undefined;
  if (!heard) return undefined;
  const seconds = await measure(job, parts);
  return keepTranscript(job, seconds === undefined ? heard : { ...heard, seconds }, parts);
}

async function measure(
  { id, request }: JobIn<'finished'>,
  { dataFolder }: JobParts,
): Promise<number | undefined> {
  if (request.stretch) return request.stretch.to - request.stretch.from;
  const found = await inspectSound(join(dataFolder, 'files', id, 'given-1'));
  return found?.seconds;
}
