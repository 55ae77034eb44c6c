/** What a job makes is remembered before it is posted, so that the first reply to it finds it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isRaster } from '../media.ts';
import { toGivenId, toPictureId, type Picture } from '../pictures/picture.ts';
import { OWN_PICTURES, type AttachmentRef } from '../request.ts';
import type { PostedMessage } from '../platforms/platform.ts';
import type { JobIn, StoredFile } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { wordFile } from './word-file.ts';

/** Nothing new where an earlier picture is shown again. Repeating it does no harm. */
export async function recordPictures(
  job: JobIn<'fetched'>,
  { store, dataFolder, clock }: JobParts,
): Promise<void> {
  if (job.request.shows !== undefined) return;
  const files = job.result.files.filter(isRaster);
  const parents = job.request.files.flatMap((file, at) => toParent(file, job.id, at));
  const pictures: Picture[] = [];
  for (const [at, file] of files.entries()) {
    pictures.push({
      ...pictureOf(job, file, at + 1),
      sha256: await hashFile(join(dataFolder, file.path)),
      madeAt: clock.now(),
      parents,
    });
  }
  await store.pictures.add(pictures);
}

/** Which message carries which picture. */
export async function recordPosts(
  job: JobIn<'fetched'>,
  messages: readonly PostedMessage[],
  { store }: JobParts,
): Promise<void> {
  const { request, result } = job;
  const files = result.files.filter(isRaster);
  const posts = messages.flatMap(({ ref, fileNames }) =>
    fileNames.flatMap((fileName) => {
      const at = files.findIndex((file) => stem(file.fileName) === stem(fileName));
      if (at === -1) return [];
      return [{ picture: request.shows ?? toPictureId(job.id, at + 1), message: ref, fileName }];
    }),
  );
  await store.pictures.addPosts(posts);
}

function pictureOf(job: JobIn<'fetched'>, file: StoredFile, number: number) {
  const { id, person, place, request } = job;
  const { path, fileName, contentType, bytes, width, height, isSpoiler } = file;
  return {
    id: toPictureId(id, number),
    job: id,
    number,
    origin: 'made',
    path,
    fileName,
    contentType,
    bytes,
    width,
    height,
    altText: wordFile(job, file),
    person,
    place,
    model: request.model,
    prompt: request.prompt,
    isSpoiler: isSpoiler === true,
    deletedAt: undefined,
  } as const;
}

/** Recordings and the like have no place among pictures. */
function toParent({ platform, id, claimedType }: AttachmentRef, job: string, at: number): string[] {
  if (platform === OWN_PICTURES) return [id];
  return /^(?:audio|video)\//u.test(claimedType) ? [] : [toGivenId(job, at + 1)];
}

/** A file that was made smaller to fit may have another ending. */
export function stem(fileName: string): string {
  return fileName.replace(/(?:\.fit)?\.[a-z\d]+$/u, '');
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
