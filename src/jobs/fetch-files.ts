/** fal's files come here at once: its links die, and a chat must not depend on them. */
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectPicture, toFileName } from '../media.ts';
import type { RemoteMedia } from '../models/model.ts';
import type { Failure, Job, JobIn, JobState, StoredFile } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { move } from './move.ts';

const LARGEST_RESULT_BYTES = 200 * 1024 * 1024;
const FETCH_TIME_MS = 180_000;

const WITHHELD: Failure = {
  audience: 'person',
  text: 'The model’s safety check withheld the picture. Change the words and ask again.',
  retryable: false,
};

export async function fetchFiles(
  job: JobIn<'finished'>,
  parts: JobParts,
  signal: AbortSignal,
): Promise<Job> {
  const adapter = parts.models.find(job.request.model);
  const { media, ...facts } = adapter.toResult(job.endpoint, job.output);
  const shown = media.filter((file) => !file.flagged);
  if (shown.length === 0) return move(job, { state: 'failed', failure: WITHHELD }, parts);
  const folder = join('files', job.id);
  await mkdir(join(parts.dataFolder, folder), { recursive: true });
  const files: StoredFile[] = [];
  for (const [at, file] of shown.entries()) {
    files.push(await fetchFile({ job, file, folder, number: at + 1 }, parts, signal));
  }
  const { seconds } = job;
  const result = { files, withheld: media.length - shown.length, seconds, ...facts };
  const fetched: JobState = { state: 'fetched', requestId: job.requestId, result };
  return move(job, fetched, parts);
}

async function fetchFile(
  { job, file, folder, number }: { job: Job; file: RemoteMedia; folder: string; number: number },
  parts: JobParts,
  signal: AbortSignal,
): Promise<StoredFile> {
  const arriving = join(parts.dataFolder, folder, `result-${number}`);
  const { bytes, contentType, extension } = await parts.download({
    url: file.url,
    headers: {},
    hosts: parts.falFileHosts,
    to: arriving,
    maxBytes: LARGEST_RESULT_BYTES,
    timeoutMs: FETCH_TIME_MS,
    signal,
  });
  const fileName = toFileName(`${job.request.prompt} ${job.id.slice(0, 8)}`, number, extension);
  const path = join(folder, fileName);
  await rename(arriving, join(parts.dataFolder, path));
  const picture = await inspectPicture(join(parts.dataFolder, path));
  return { path, fileName, contentType, bytes, width: picture?.width, height: picture?.height };
}
