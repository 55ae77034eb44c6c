/** What a model that listens has written down, kept with its times and speakers. */
import { join } from 'node:path';
import { toSnakeCase } from '../models/request/option-names.ts';
import { hears } from '../models/speaks.ts';
import type { GenerationRequest } from '../request.ts';
import { inspectSound } from '../sound/inspect-sound.ts';
import { joinTranscripts } from '../transcripts/join-transcripts.ts';
import { readTranscript } from '../transcripts/read-transcript.ts';
import { transcriptSchema, type Level } from '../transcripts/transcript.ts';
import type { JobIn, JobResult } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { keepTranscript } from './keep-transcript.ts';
import { findEndpoint } from './known-endpoint.ts';

const levelSchema = transcriptSchema.shape.level;

/** Undefined for every other model, and where the answer is no transcript. */
export async function hearTranscript(
  job: JobIn<'finished'>,
  parts: JobParts,
): Promise<Pick<JobResult, 'text' | 'transcript'> | undefined> {
  const endpoint = findEndpoint(job, parts.models);
  const { request, output } = job;
  // A reading is compared, and not kept.
  if (request.voice?.role === 'consents') return undefined;
  const heard = endpoint && hears(endpoint) ? readTranscript(output, levelOf(request)) : undefined;
  if (!heard) return undefined;
  const to = request.stretch ? undefined : await measure(job, parts);
  const whole = to === undefined ? heard : joinTranscripts([{ transcript: heard, from: 0, to }]);
  return keepTranscript(job, whole, parts);
}

async function measure(
  { id }: JobIn<'finished'>,
  { dataFolder }: JobParts,
): Promise<number | undefined> {
  return (await inspectSound(join(dataFolder, 'files', id, 'given-1')))?.seconds;
}

/** As it was asked for: a single word could be either. */
function levelOf({ options }: GenerationRequest): Level | undefined {
  const asked = Object.entries(options).find(([name]) => toSnakeCase(name) === 'chunk_level');
  return levelSchema.safeParse(asked?.[1]).data;
}
