/** The transcript that somebody means: by a button under it, by a link, or by what they answer. */
import { UserError } from '../errors.ts';
import { readKept } from '../jobs/keep-transcript.ts';
import type { JobIn } from '../jobs/job.ts';
import type { AnsweredMessage, Invocation } from '../platforms/platform.ts';
import { readResult } from '../pictures/find-subject.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import { readMeant } from './find-recordings.ts';
import type { MeantMessage } from './plan.ts';
import { findTranscriptJob } from './posted-transcripts.ts';
import type { Transcript } from './transcript.ts';

export interface MeantTranscript {
  readonly job: JobIn<'delivered'>;
  readonly transcript: Transcript;
}

/** Throws `UserError` where there is none, or not here. */
export async function findTranscript(
  subject: MeantMessage,
  invocation: Invocation,
  parts: PictureParts,
): Promise<MeantTranscript> {
  const meant = subject.job === undefined ? await readMeant(subject, invocation, parts) : undefined;
  const id = subject.job ?? (meant && (await findShown(meant, parts)));
  if (id === undefined) throw new UserError('Which transcript? Reply to it.');
  return readTranscriptOf(id, invocation, parts);
}

/** Throws `UserError` where it is elsewhere, was deleted, or is none. */
export async function readTranscriptOf(
  id: string,
  invocation: Invocation,
  parts: PictureParts,
): Promise<MeantTranscript> {
  const job = await readResult(id, invocation, parts);
  const transcript = await readKept(job.result, parts);
  if (transcript) return { job, transcript };
  throw new UserError(
    job.result.transcript === undefined
      ? 'That result is no transcript.'
      : 'That transcript was deleted.',
  );
}

/** The id of the job whose transcript the message shows, or the thread shows after it. */
export async function findShown(
  { message, nearer }: AnsweredMessage,
  { store }: Pick<PictureParts, 'store'>,
): Promise<string | undefined> {
  for (const ref of [...nearer, message]) {
    const job = await findTranscriptJob(ref, store);
    if (job !== undefined) return job;
  }
  return undefined;
}
