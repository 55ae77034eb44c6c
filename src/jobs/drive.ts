/**
 * Takes one job one step further. Each step stores what it is about to do before it does it, so a
 * step may be repeated after a crash at any line; none submits, pays or posts twice.
 *
 *   accepted → submitting → submitted → finished → fetched → delivered
 *                  └→ unknown-submit → (found) submitted, or undecided
 *   and from anywhere: failed, cancelled
 *
 * A job that takes several requests goes accepted → gathering → fetched (see `gather.ts`); each of
 * its parts goes the same way as any job up to fetched, and says nothing by itself.
 */
import { closeJob, closePart } from './close.ts';
import { deliverResult } from './deliver.ts';
import { fetchFiles } from './fetch-files.ts';
import { followRequest } from './follow-request.ts';
import type { Job, JobIn } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { searchLostSubmit, submitRequest } from './submit.ts';

/** Every state but the one that the runner leads by driving the parts. */
type DrivenJob = JobIn<Exclude<Job['state'], 'gathering'>>;

/** Resolves with the job as it now stands; a job with `closedAt` needs no further step. */
export async function drive(job: DrivenJob, parts: JobParts, signal: AbortSignal): Promise<Job> {
  switch (job.state) {
    case 'accepted':
      return submitRequest(job, parts, signal);
    case 'submitting':
    case 'unknown-submit':
      return searchLostSubmit(job, parts, signal);
    case 'submitted':
      return followRequest(job, parts, signal);
    case 'finished':
      return fetchFiles(job, parts, signal);
    case 'fetched':
      return job.parent === undefined ? deliverResult(job, parts) : closePart(job, parts);
    case 'delivered':
    case 'failed':
    case 'cancelled':
    case 'undecided':
      return job.parent === undefined ? closeJob(job, parts) : closePart(job, parts);
  }
}
