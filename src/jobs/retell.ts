/** An earlier transcript is posted again with other words or names: nothing is asked of fal. */
import { UserError } from '../errors.ts';
import type { Retelling } from '../request.ts';
import { correct } from '../transcripts/correct.ts';
import { nameSpeakers } from '../transcripts/speakers.ts';
import type { Job, JobIn } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { keepTranscript, readKept } from './keep-transcript.ts';
import { move } from './move.ts';

/** Throws `UserError` where the transcript is gone. */
export async function retell(
  job: JobIn<'accepted'>,
  { job: id, corrections, names }: Retelling,
  parts: JobParts,
): Promise<Job> {
  const told = await parts.store.jobs.read(id);
  const before = told?.state === 'delivered' ? await readKept(told.result, parts) : undefined;
  if (!before) throw new UserError('That transcript was deleted.');
  const { transcript } = correct(nameSpeakers(before, names).transcript, corrections);
  const kept = await keepTranscript(job, transcript, parts);
  const result = { files: [], withheld: 0, seconds: 0, ...kept };
  return move(job, { state: 'fetched', requestId: '', result }, parts);
}
