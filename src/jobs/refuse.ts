/** fal said no. A recording of a kind that its model cannot read is worth one more try in another. */
import { hears } from '../models/speaks.ts';
import { NO_SPEECH } from '../transcripts/transcript.ts';
import type { Failure, Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { findEndpoint } from './known-endpoint.ts';
import { move, reread } from './move.ts';

/** fal's names for it; nothing is charged for such a request. */
const UNREADABLE: ReadonlySet<string | undefined> = new Set([
  'unsupported_audio_format',
  'unsupported_video_format',
]);

export async function refuse(job: Job, failure: Failure, parts: JobParts): Promise<Job> {
  if (!UNREADABLE.has(failure.type) || job.request.asWav === true) {
    return move(job, { state: 'failed', failure: toHeardFailure(job, failure, parts) }, parts);
  }
  const request = { ...job.request, asWav: true };
  const again = await parts.store.jobs.advance(
    job.id,
    job.state,
    { state: 'accepted' },
    { request },
  );
  return again ?? reread(job, parts);
}

/** A model that listens and makes nothing of it has heard nobody. */
function toHeardFailure(job: Job, failure: Failure, { models }: JobParts): Failure {
  const endpoint = findEndpoint(job, models);
  const isSilence = failure.type === 'no_media_generated' && endpoint && hears(endpoint);
  return isSilence ? { ...failure, text: NO_SPEECH } : failure;
}
