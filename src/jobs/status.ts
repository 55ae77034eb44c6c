/** The job's one status message: found again, opened late, edited within the budget. */
import { UpstreamError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { ChatPlatform, StatusMessage } from '../platforms/platform.ts';
import { acceptedMessage } from './messages.ts';
import type { Job } from './job.ts';
import type { JobParts } from './job-parts.ts';

export function platformOf(job: Job, parts: JobParts): ChatPlatform {
  const platform = parts.platforms.get(job.place.platform);
  if (platform) return platform;
  throw new UpstreamError(job.place.platform, `${job.place.platform} is switched off.`, {
    retryable: false,
  });
}

/** The stored status message; where none was opened before a crash, one is posted now. */
export async function openStatus(job: Job, parts: JobParts): Promise<StatusMessage> {
  const platform = platformOf(job, parts);
  if (job.status) return platform.reopen(job.status);
  const status = await platform.post(job.place, acceptedMessage(job), job.id);
  await parts.store.jobs.amend(job.id, { status: status.ref });
  return status;
}

/** Shows progress when the budget allows; the newest message wins. A part's is the whole's to show. */
export function showProgress(job: Job, text: Message, parts: JobParts): void {
  const { limits, name } = platformOf(job, parts);
  if (!job.status || job.parent !== undefined) return;
  const { status, place } = job;
  const scopes = {
    message: `${status.channel}:${status.id}`,
    channel: status.channel,
    tenant: place.tenant,
  };
  parts.budget.offer({
    scope: `${name}:${scopes[limits.editScope]}`,
    key: job.id,
    everyMs: limits.editEveryMs,
    text: JSON.stringify(text),
    apply: () => platformOf(job, parts).reopen(status).update(text),
  });
}
