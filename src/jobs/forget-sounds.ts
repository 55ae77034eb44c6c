/** Of what people said and had said, nothing stays on the disk that nobody needs any more. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hears, speaks } from '../models/speaks.ts';
import type { EndedJob, Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { findEndpoint } from './known-endpoint.ts';
import { toPartId } from './split.ts';

/** Recordings, and the stretches that they were cut into. */
const RECORDINGS = /^(?:given|cuts)-\d+$/u;

/** Once a job is over: what was heard is in the transcript, what was spoken in one file. */
export async function forgetSounds(job: EndedJob, parts: JobParts): Promise<void> {
  const endpoint = findEndpoint(job, parts.models);
  if (!endpoint || !(hears(endpoint) || speaks(endpoint))) return;
  const folder = join(parts.dataFolder, 'files', job.id);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => RECORDINGS.test(one))) {
    await rm(join(folder, name), { force: true, recursive: true });
  }
  await forgetParts(job, parts);
}

/** Once somebody took a result away. Pictures have ways of their own. */
export async function forgetResult(job: Job, parts: JobParts): Promise<void> {
  const endpoint = findEndpoint(job, parts.models);
  const isSound = endpoint !== undefined && (hears(endpoint) || speaks(endpoint));
  // An earlier transcript that was put right has a file of its own, and never went to an endpoint.
  if (!isSound && job.request.retells === undefined) return;
  await rm(join(parts.dataFolder, 'files', job.id), { force: true, recursive: true });
}

async function forgetParts(job: EndedJob, { store, dataFolder }: JobParts): Promise<void> {
  const kept = job.state === 'delivered' ? job.result.files.map(({ path }) => path) : [];
  for (let at = 0; ; at += 1) {
    const id = toPartId(job.id, at);
    const part = await store.jobs.read(id);
    if (!part) return;
    const folder = join('files', id);
    const isNeeded = kept.some((path) => path.startsWith(join(folder, '/')));
    if (!isNeeded) await rm(join(dataFolder, folder), { force: true, recursive: true });
  }
}
