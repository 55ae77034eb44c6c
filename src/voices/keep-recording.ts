/** The recording of a consent becomes the sample of its voice, or is thrown away. */
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import type { JobIn } from '../jobs/job.ts';
import type { JobParts } from '../jobs/job-parts.ts';
import type { Sample, Voice } from './voice.ts';

const FOLDER = 'voices';

/**
 * Takes the recording out of its job's folder: it is kept once only, so that it can be thrown away
 * for good. Repeating it does no harm. Throws `UserError` where there is none.
 */
export async function keepRecording(
  voice: Voice,
  job: JobIn<'fetched'>,
  { dataFolder }: Pick<JobParts, 'dataFolder'>,
): Promise<Sample> {
  const [file] = job.request.files;
  const path = join(FOLDER, voice.id, 'recording');
  const to = join(dataFolder, path);
  await mkdir(dirname(to), { recursive: true });
  const from = join(dataFolder, givenPath(job));
  if (await exists(from)) await rename(from, to);
  if (!file || !(await exists(to))) {
    throw new UserError('The recording is no longer here. Please record the sentence again.');
  }
  const { fileName, claimedType } = file;
  const { size: bytes } = await stat(to);
  return { path, fileName, claimedType, bytes, text: job.result.text?.trim() ?? '' };
}

/** A reading that was something else is nobody's business. */
export async function dropRecording(
  job: JobIn<'fetched'>,
  { dataFolder }: Pick<JobParts, 'dataFolder'>,
): Promise<void> {
  await rm(join(dataFolder, givenPath(job)), { force: true });
}

export async function dropSample(
  { id }: Pick<Voice, 'id'>,
  { dataFolder }: Pick<JobParts, 'dataFolder'>,
): Promise<void> {
  await rm(join(dataFolder, FOLDER, id), { recursive: true, force: true });
}

/** Where `read-files.ts` puts a job's first file. */
function givenPath({ id }: Pick<JobIn<'fetched'>, 'id'>): string {
  return join('files', id, 'given-1');
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
