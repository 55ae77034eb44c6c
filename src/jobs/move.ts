/** Moves a job on in the store; whoever comes second reads what the first one wrote. */
import type { Job, JobState } from './job.ts';
import type { JobParts } from './job-parts.ts';

export async function move(job: Job, to: JobState, parts: JobParts): Promise<Job> {
  return (await parts.store.jobs.advance(job.id, job.state, to)) ?? reread(job, parts);
}

export async function reread(job: Job, parts: JobParts): Promise<Job> {
  const current = await parts.store.jobs.read(job.id);
  if (current) return current;
  throw new TypeError(`job ${job.id} vanished from the store`);
}
