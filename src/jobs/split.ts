/** One wish, several requests: each is a job of its own, so that each is paid once and found again. */
import { createHash } from 'node:crypto';
import { hears } from '../models/speaks.ts';
import type { GenerationRequest } from '../request.ts';
import type { Job, JobIn } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { findEndpoint } from './known-endpoint.ts';
import { reread } from './move.ts';
import { toClaimedFile } from './read-files.ts';
import { splitRecordings } from './split-recordings.ts';

/**
 * What each request asks for; one entry for nearly all jobs. Repeating it comes to the same. Throws
 * `UserError` for a recording that cannot be heard.
 */
export async function splitJob(
  job: JobIn<'accepted'>,
  parts: JobParts,
  signal: AbortSignal,
): Promise<readonly GenerationRequest[]> {
  const endpoint = findEndpoint(job, parts.models);
  if (endpoint && hears(endpoint)) return splitRecordings(job, parts, signal);
  const { request } = job;
  const { model, prompt, files, options } = request;
  const whole = { prompt, files: files.map(toClaimedFile), options };
  return parts.models
    .find(model)
    .split(whole)
    .map((part) => ({ ...request, prompt: part.prompt, options: part.options }));
}

/** Their ids follow from the whole's, so that a crash in between makes no further ones. */
export async function startParts(
  job: JobIn<'accepted'>,
  requests: readonly GenerationRequest[],
  parts: JobParts,
): Promise<Job> {
  const { jobs } = parts.store;
  const ids: string[] = [];
  for (const [at, request] of requests.entries()) {
    const id = toPartId(job.id, at);
    await jobs.accept({
      ...job,
      id,
      parent: job.id,
      invocationId: `${job.invocationId}#${at + 1}`,
      request,
    });
    ids.push(id);
  }
  const gathering = await jobs.advance(job.id, 'accepted', { state: 'gathering', parts: ids });
  return gathering ?? reread(job, parts);
}

/** File names are told apart by an id's first characters. */
export function toPartId(id: string, at: number): string {
  return createHash('sha256').update(`${id}:${at}`).digest('hex').slice(0, 32);
}
