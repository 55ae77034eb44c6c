/** The last word: the person learns how it ended, and the job is closed. */
import { UpstreamError } from '../errors.ts';
import type { EndedJob, Job, JobIn } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { productOfJob } from './known-endpoint.ts';
import { line } from '../message.ts';
import { finalMessage } from './messages.ts';
import { sayHeard } from './say-heard.ts';
import { acceptNext } from './accept.ts';
import { forgetSounds } from './forget-sounds.ts';
import { reread } from './move.ts';
import { openStatus, platformOf } from './status.ts';

export async function closeJob(job: EndedJob, parts: JobParts): Promise<Job> {
  await parts.budget.settle(job.id);
  if (job.state === 'failed') logFailure(job, parts);
  const refusal = await acceptNext(job, parts);
  try {
    await tell(job, refusal, parts);
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.retryable) throw error;
    parts.log.warn({ job: job.id, state: job.state, error }, 'the last word could not be said');
  }
  await forgetSounds(job, parts);
  await parts.store.jobs.amend(job.id, { closedAt: parts.clock.now() });
  return reread(job, parts);
}

/** What became of a part is said by the job that gathers it. */
export async function closePart(job: Job, parts: JobParts): Promise<Job> {
  if (job.state === 'failed') logFailure(job, parts);
  await parts.store.jobs.amend(job.id, { closedAt: parts.clock.now() });
  return reread(job, parts);
}

/** Out of credit, a bad key: nobody in the chat can mend that, so the log must say it loudly. */
function logFailure({ id, failure }: JobIn<'failed'>, { log }: JobParts): void {
  const level = failure.audience === 'operator' ? 'error' : 'info';
  log[level]({ job: id, reason: failure.text }, 'a job ended without a result');
}

/** Where the status message is gone, the end is posted anew; a delivered result needs no word. */
async function tell(job: EndedJob, refusal: string | undefined, parts: JobParts): Promise<void> {
  const { hasButtonsBesideFiles } = platformOf(job, parts).limits;
  const heard = job.state === 'delivered' ? await sayHeard(job, parts) : undefined;
  const last = finalMessage(job, productOfJob(job, parts.models), { hasButtonsBesideFiles, heard });
  const text = refusal === undefined ? last : { ...last, blocks: [...last.blocks, line(refusal)] };
  const status = await openStatus(job, parts);
  try {
    await status.update(text);
  } catch (error) {
    const isGone = error instanceof UpstreamError && !error.retryable;
    if (!isGone || job.state === 'delivered') throw error;
    await platformOf(job, parts).post(job.place, text, `${job.id}:end`);
  }
}
