/** Attached pictures: read with the platform's credentials, checked by content, lent to fal. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DownloadError } from '../download/download-error.ts';
import { UserError } from '../errors.ts';
import { inspectPicture, isWholePicture } from '../media.ts';
import type { AttachmentSource } from '../platforms/platform.ts';
import type { AttachmentRef } from '../request.ts';
import type { Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { platformOf } from './status.ts';

/** fal's picture models refuse larger inputs; reading more would only cost time. */
const LARGEST_PICTURE_BYTES = 20 * 1024 * 1024;
const READ_TIME_MS = 60_000;
/** What fal's models read, too. Above all no SVG: it is a program rather than a picture. */
const READ_TYPES = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif']);

/** Resolves with one address at fal per picture, in order. Throws `UserError` for what is none. */
export async function readPictures(
  job: Job,
  folder: string,
  parts: JobParts,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { pictures } = job.request;
  if (pictures.length === 0) return [];
  await mkdir(folder, { recursive: true });
  const addresses: string[] = [];
  for (const [at, picture] of pictures.entries()) {
    const source = await platformOf(job, parts).locateAttachment(picture);
    const to = join(folder, `given-${at + 1}`);
    const path = await bringHere(source, to, parts, signal).catch((error: unknown) =>
      blame(picture, error),
    );
    addresses.push(await lendToFal(picture, path, parts));
  }
  return addresses;
}

async function bringHere(
  source: AttachmentSource,
  to: string,
  parts: JobParts,
  signal: AbortSignal,
): Promise<string> {
  if (source.kind === 'local') return source.path;
  const { url, headers, hosts } = source;
  await parts.download({
    url,
    headers,
    hosts,
    to,
    maxBytes: LARGEST_PICTURE_BYTES,
    timeoutMs: READ_TIME_MS,
    signal,
  });
  return to;
}

/** With several files attached, the person must know which one it is. */
function blame({ fileName }: AttachmentRef, error: unknown): never {
  if (!(error instanceof DownloadError) || error.retryable) throw error;
  throw new UserError(`“${fileName}” cannot be used. ${error.message}`, { cause: error });
}

async function lendToFal(picture: AttachmentRef, path: string, parts: JobParts): Promise<string> {
  const found = await inspectPicture(path);
  if (!found || !READ_TYPES.has(found.contentType) || !(await isWholePicture(path))) {
    throw new UserError(
      `“${picture.fileName}” is not a picture that can be read. Attach a PNG, JPEG, WebP, GIF or AVIF file.`,
    );
  }
  const fileName = `picture.${found.extension}`;
  return parts.queue.upload({ path, fileName, contentType: found.contentType });
}
