/** An earlier picture is posted again: nothing is asked of fal, so the result is there at once. */
import { UserError } from '../errors.ts';
import type { Picture } from '../pictures/picture.ts';
import type { Job, JobIn, JobResult } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { move } from './move.ts';

/** Throws `UserError` where the picture is gone. */
export async function showAgain(
  job: JobIn<'accepted'>,
  picture: string,
  parts: JobParts,
): Promise<Job> {
  const found = await parts.store.pictures.read(picture);
  if (!found || found.deletedAt) throw new UserError('That picture was deleted.');
  return move(job, { state: 'fetched', requestId: '', result: toResult(found) }, parts);
}

function toResult(picture: Picture): JobResult {
  const { path, fileName, contentType, bytes, width, height, isSpoiler, altText } = picture;
  const file = { path, fileName, contentType, bytes, width, height, isSpoiler, altText };
  return { files: [file], withheld: 0, seconds: 0 };
}
