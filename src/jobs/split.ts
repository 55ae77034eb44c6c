/** One wish, several requests: each is a job of its own, so that each is paid once and found again. */
import { createHash } from 'node:crypto';
import type { RequestOptions } from '../request.ts';
import type { Job, JobIn } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { reread } from './move.ts';
import { toClaimedFile } from './read-files.ts';

/** The options of each request that the job takes; one entry for nearly all jobs. */
export function splitJob({ request }: Job, { models }: JobParts): readonly RequestOptions[] {
  const { model, prompt, files, options } = request;
  const whole = { prompt, files: files.map(toClaimedFile), options };
  return models
    .find(model)
    .split(whole)
    .map((part) => part.options);
}

/** Their ids follow from the whole's, so that a crash in between makes no further ones. */
export async function startParts(
  job: JobIn<'accepted'>,
  requests: readonly RequestOptions[],
  parts: JobParts,
): Promise<Job> {
  const { jobs } = parts.store;
  const ids: string[] = [];
  for (const [at, options] of requests.entries()) {
    const id = toPartId(job.id, at);
    await jobs.accept({
      ...job,
      id,
      parent: job.id,
      invocationId: `${job.invocationId}#${at + 1}`,
      request: { ...job.request, options },
    });
    ids.push(id);
  }
  const gathering = await jobs.advance(job.id, 'accepted', { state: 'gathering', parts: ids });
  return gathering ?? reread(job, parts);
}

/** File names are told apart by an id's first characters. */
function toPartId(id: string, at: number): string {
  return createHash('sha256').update(`${id}:${at}`).digest('hex').slice(0, 32);
}
