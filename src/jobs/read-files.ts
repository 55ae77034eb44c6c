/** Attached files: read with the platform's credentials, checked by content, lent to fal. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DownloadError } from '../download/download-error.ts';
import { UserError } from '../errors.ts';
import { inspectPicture, isWholePicture } from '../media.ts';
import type { FileMedia } from '../models/endpoint.ts';
import type { GivenFile } from '../models/model.ts';
import type { AttachmentSource } from '../platforms/platform.ts';
import { OWN_PICTURES, type AttachmentRef } from '../request.ts';
import { sniffFile } from '../sniff-file.ts';
import type { Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { platformOf } from './status.ts';

/** fal's models refuse larger inputs; reading more would only cost time. */
const LARGEST_BYTES: Readonly<Record<FileMedia, number>> = {
  image: 20 * 1024 * 1024,
  audio: 200 * 1024 * 1024,
  video: 200 * 1024 * 1024,
  any: 50 * 1024 * 1024,
};
const READ_TIME_MS = 60_000;
/** What fal's models read, too. Above all no SVG: it is a program rather than a picture. */
const READ_PICTURES = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif']);

/** What an attachment claims to be: enough to choose an endpoint before its bytes are here. */
export function toClaimedFile({ id, claimedType, option }: AttachmentRef): GivenFile {
  return {
    url: `https://files.invalid/${encodeURIComponent(id)}`,
    media: toMedia(claimedType),
    option,
  };
}

/** Resolves with an address at fal for each file, in order. Throws `UserError` for what is none. */
export async function readFiles(
  job: Job,
  folder: string,
  parts: JobParts,
  signal: AbortSignal,
): Promise<readonly GivenFile[]> {
  const { files } = job.request;
  if (files.length === 0) return [];
  await mkdir(folder, { recursive: true });
  const given: GivenFile[] = [];
  for (const [at, file] of files.entries()) {
    const source = await locate(file, job, parts);
    const to = join(folder, `given-${at + 1}`);
    const path = await bringHere({ source, file, to }, parts, signal).catch((error: unknown) =>
      blame(file, error),
    );
    given.push({ ...toClaimedFile(file), url: await lendToFal(file, path, parts) });
  }
  return given;
}

/** An earlier picture of Easel's own is here already, as fal made it. */
async function locate(file: AttachmentRef, job: Job, parts: JobParts): Promise<AttachmentSource> {
  if (file.platform !== OWN_PICTURES) return platformOf(job, parts).locateAttachment(file);
  const picture = await parts.store.pictures.read(file.id);
  if (!picture || picture.deletedAt) throw new UserError('The picture to work from was deleted.');
  return { kind: 'local', path: join(parts.dataFolder, picture.path) };
}

async function bringHere(
  { source, file, to }: { source: AttachmentSource; file: AttachmentRef; to: string },
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
    maxBytes: LARGEST_BYTES[toMedia(file.claimedType)],
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

async function lendToFal(file: AttachmentRef, path: string, parts: JobParts): Promise<string> {
  const media = toMedia(file.claimedType);
  const found = media === 'image' ? await inspectWhole(path) : await inspectRecording(path);
  if (!found) throw new UserError(wordUnreadable(file, media));
  const fileName = `${media === 'image' ? 'picture' : 'recording'}.${found.extension}`;
  return parts.queue.upload({ path, fileName, contentType: found.contentType });
}

async function inspectWhole(path: string) {
  const found = await inspectPicture(path);
  const isReadable = found && READ_PICTURES.has(found.contentType) && (await isWholePicture(path));
  return isReadable ? found : undefined;
}

/** Sound may sit in a container that is named after video, and the other way round. */
async function inspectRecording(path: string) {
  const found = await sniffFile(path);
  return found && /^(?:audio|video)\//u.test(found.contentType) ? found : undefined;
}

function wordUnreadable({ fileName }: AttachmentRef, media: FileMedia): string {
  switch (media) {
    case 'image':
    case 'any':
      return `“${fileName}” is not a picture that can be read. Attach a PNG, JPEG, WebP, GIF or AVIF file.`;
    case 'audio':
      return `“${fileName}” is not a sound that can be read. Attach an MP3, WAV, M4A, OGG or WebM file.`;
    case 'video':
      return `“${fileName}” is not a video that can be read. Attach an MP4, MOV or WebM file.`;
  }
}

/** Anything that claims to be nothing in particular is looked at as a picture: most are. */
function toMedia(claimedType: string): FileMedia {
  if (claimedType.startsWith('audio/')) return 'audio';
  return claimedType.startsWith('video/') ? 'video' : 'image';
}
