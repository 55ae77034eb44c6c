/** Brings an attached file here, with the credentials of the platform that keeps it. */
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pace } from '../download.ts';
import { DownloadError } from '../download/download-error.ts';
import { UserError } from '../errors.ts';
import type { AttachmentSource } from '../platforms/platform.ts';
import { KEPT_FILES, OWN_PICTURES, type AttachmentRef } from '../request.ts';
import { findSample, OWN_VOICES } from '../voices/find-sample.ts';
import type { Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { platformOf } from './status.ts';
import { toMedia } from './to-media.ts';

/** More than models take: pictures are made smaller here. Reading more would only cost time. */
const LARGEST_BYTES: Readonly<Record<ReturnType<typeof toMedia>, number>> = {
  image: 50 * 1024 * 1024,
  audio: 500 * 1024 * 1024,
  video: 500 * 1024 * 1024,
};
/** 20 MB over a line of 600 kbit/s. */
const READ_TIME_MS = 300_000;
/** 128 kbit/s: what keeps on at it is a slow line, what does not is a server that holds us up. */
const SLOWEST: Pace = { everyMs: 4000, bytes: 64 * 1024 };
/** The person waits meanwhile. */
const RETRY_AFTER_MS = [1000, 2000];

interface Bringing {
  readonly job: Job;
  readonly file: AttachmentRef;
  /** Relative to the data folder. */
  readonly to: string;
}

/**
 * Resolves with the file's place, relative to the data folder. Throws `UserError` for what cannot be
 * had, `UpstreamError` where the platform does not answer.
 */
export async function bringFile(
  { job, file, to }: Bringing,
  parts: JobParts,
  signal: AbortSignal,
): Promise<string> {
  if (file.platform === OWN_PICTURES) return findOwn(file, parts);
  if (file.platform === KEPT_FILES) return file.id;
  if (file.platform === OWN_VOICES) return findSample(file.id, parts);
  const source = await platformOf(job, parts).locateAttachment(file);
  const path = join(parts.dataFolder, to);
  try {
    if (source.kind === 'local') await copyFile(source.path, path);
    else await fetchPatiently({ source, file, to: path }, parts, signal);
    return to;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    // With several files attached, the person must know which one it is.
    const text = `“${file.fileName}” cannot be used. ${error.message}`;
    throw new UserError(text, { cause: error });
  }
}

/** An earlier picture of Easel's own is here already, as fal made it. */
async function findOwn({ id }: AttachmentRef, { store }: JobParts): Promise<string> {
  const picture = await store.pictures.read(id);
  if (!picture || picture.deletedAt) throw new UserError('The picture to work from was deleted.');
  return picture.path;
}

interface Fetching {
  readonly source: Extract<AttachmentSource, { kind: 'remote' }>;
  readonly file: AttachmentRef;
  readonly to: string;
}

async function fetchPatiently(
  fetching: Fetching,
  parts: JobParts,
  signal: AbortSignal,
): Promise<void> {
  for (const wait of RETRY_AFTER_MS) {
    if (await tryFetch(fetching, parts, signal)) return;
    await parts.clock.sleep(wait, signal);
  }
  await fetchRemote(fetching, parts, signal);
}

/** False where another try may bring it. */
async function tryFetch(
  fetching: Fetching,
  parts: JobParts,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await fetchRemote(fetching, parts, signal);
    return true;
  } catch (error) {
    if (error instanceof DownloadError && error.trouble === 'unreachable') return false;
    throw error;
  }
}

function fetchRemote(
  { source, file, to }: Fetching,
  parts: JobParts,
  signal: AbortSignal,
): Promise<unknown> {
  const { url, headers, hosts } = source;
  const maxBytes = LARGEST_BYTES[toMedia(file.claimedType)];
  const limits = { maxBytes, timeoutMs: READ_TIME_MS, pace: SLOWEST };
  return parts.download({ url, headers, hosts, to, ...limits, signal });
}
