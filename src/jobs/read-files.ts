/** Attached files: read with the platform's credentials, kept as they came, made ready, lent to fal. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import type { Field } from '../models/endpoint.ts';
import type { GivenFile } from '../models/model.ts';
import { isMask } from '../models/request/file-slots.ts';
import { placeFiles } from '../models/request/place-files.ts';
import { limitsOfField } from '../pictures/take-in/limits-of-field.ts';
import type { PictureLimits } from '../pictures/take-in/picture-limits.ts';
import type { TakenPicture } from '../pictures/take-in/take-in-picture.ts';
import { KEPT_FILES, type AttachmentRef } from '../request.ts';
import { sniffFile } from '../sniff-file.ts';
import { convertSound } from '../sound/convert-sound.ts';
import { takeTurns } from '../take-turns.ts';
import { bringFile } from './bring-file.ts';
import type { Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { reread } from './move.ts';
import type { GivenPicture } from './record-given.ts';
import { toMedia } from './to-media.ts';

export interface FilesRead {
  /** With an address at fal, in the order in which they were given. */
  readonly files: readonly GivenFile[];
  /** The pictures among them, as they came. */
  readonly pictures: readonly GivenPicture[];
  /** What was changed to make them fit, each a sentence. */
  readonly notes: readonly string[];
}

/** All at once they would only share the line, and much memory would be on its way to fal. */
const stretchesInTurn = takeTurns(1);

/** What an attachment claims to be: enough to choose an endpoint before its bytes are here. */
export function toClaimedFile({ id, claimedType, option }: AttachmentRef): GivenFile {
  return {
    url: `https://files.invalid/${encodeURIComponent(id)}`,
    media: toMedia(claimedType),
    option,
  };
}

/** `folder` is the job's, relative to the data folder. Throws `UserError` for what is of no use. */
export async function readFiles(
  job: Job,
  folder: string,
  parts: JobParts,
  signal: AbortSignal,
): Promise<FilesRead> {
  const read: (Lent & Pick<Lending, 'number' | 'file' | 'path'>)[] = [];
  let main: TakenPicture | undefined;
  for (const { number, file } of inOrder(job.request.files)) {
    await mkdir(join(parts.dataFolder, folder), { recursive: true });
    const to = join(folder, `given-${number}`);
    const path = await bringFile({ job, file, to }, parts, signal);
    const maskOf = isForMask(file) ? main : undefined;
    const limits = limitsOfField(findField(file, job, parts));
    const asWav = job.request.asWav === true;
    const lending = { number, file, path, folder, limits, maskOf, asWav };
    const lent = await (file.platform === KEPT_FILES
      ? lendInTurn({ job, lending }, parts, signal)
      : lendFile(lending, parts));
    main ??= lent.picture;
    read.push({ ...lent, number, file, path });
  }
  const sorted = read.toSorted((a, b) => a.number - b.number);
  return {
    files: sorted.map(({ file, url }) => ({ ...toClaimedFile(file), url })),
    pictures: sorted.flatMap(({ number, file, path, picture }) =>
      picture ? [{ number, file, path, ...picture.came }] : [],
    ),
    notes: sorted.flatMap(({ picture }) => picture?.notes ?? []),
  };
}

/** A mask goes along with its picture, which has to be known before. */
function inOrder(
  files: readonly AttachmentRef[],
): readonly { readonly number: number; readonly file: AttachmentRef }[] {
  const numbered = files.map((file, at) => ({ number: at + 1, file }));
  return numbered.toSorted((a, b) => Number(isForMask(a.file)) - Number(isForMask(b.file)));
}

function isForMask({ option }: AttachmentRef): boolean {
  return option !== undefined && isMask(option);
}

/** The one that the file is going to be put into. */
function findField(file: AttachmentRef, job: Job, { models }: JobParts): Field | undefined {
  const { model, files } = job.request;
  const endpoint = models.find(model).endpoints.find(({ id }) => id === job.endpoint);
  const { values } = endpoint ? placeFiles(endpoint, files.map(toClaimedFile)) : { values: {} };
  const { url } = toClaimedFile(file);
  const [name] =
    Object.entries(values).find(([, value]) => JSON.stringify(value).includes(url)) ?? [];
  return endpoint?.fields.find((field) => field.name === name);
}

interface Lending {
  /** Its place among the request's files, from 1. */
  readonly number: number;
  readonly file: AttachmentRef;
  /** Both relative to the data folder. */
  readonly path: string;
  readonly folder: string;
  readonly limits: PictureLimits;
  /** The picture that this one is the mask of. */
  readonly maskOf: TakenPicture | undefined;
  /** Of a recording: it was refused as it came. */
  readonly asWav: boolean;
}

interface Lent {
  readonly url: string;
  readonly picture: TakenPicture | undefined;
}

/** Whoever stops it meanwhile need not wait for what is not on its way yet. */
function lendInTurn(
  { job, lending }: { job: Job; lending: Lending },
  parts: JobParts,
  signal: AbortSignal,
): Promise<Lent> {
  return stretchesInTurn(async () => {
    signal.throwIfAborted();
    const { state } = await reread(job, parts);
    if (state !== job.state) throw new UserError('It was stopped before it was sent.');
    return lendFile(lending, parts);
  });
}

async function lendFile(lending: Lending, parts: JobParts): Promise<Lent> {
  const media = toMedia(lending.file.claimedType);
  if (media === 'image') return lendPicture(lending, parts);
  const path = join(parts.dataFolder, lending.path);
  const found = await inspectRecording(path);
  if (!found) throw new UserError(wordUnreadable(lending.file, media));
  if (lending.asWav) return lendAsWav(path, lending, parts);
  const { contentType, extension } = found;
  const fileName = `recording.${extension}`;
  const url = await parts.queue.upload({ path, fileName, contentType });
  return { url, picture: undefined };
}

/** What every model that listens can read. */
async function lendAsWav(
  path: string,
  { number, file, folder }: Lending,
  parts: JobParts,
): Promise<Lent> {
  const converted = join(parts.dataFolder, folder, `sent-${number}.wav`);
  try {
    const isSound = await convertSound(path, converted, 'wav');
    if (!isSound) throw new UserError(wordUnreadable(file, 'audio'));
    const sent = { path: converted, fileName: 'recording.wav', contentType: 'audio/wav' };
    return { url: await parts.queue.upload(sent), picture: undefined };
  } finally {
    await rm(converted, { force: true });
  }
}

async function lendPicture(lending: Lending, parts: JobParts): Promise<Lent> {
  const { number, file, limits, maskOf } = lending;
  const path = join(parts.dataFolder, lending.path);
  const folder = join(parts.dataFolder, lending.folder, `sent-${number}`);
  try {
    const { fileName } = file;
    const picture = await parts.takeIn({ path, fileName, folder, limits, maskOf });
    const { contentType, extension } = picture;
    const sent = { path: picture.path, fileName: `picture.${extension}`, contentType };
    return { url: await parts.queue.upload(sent), picture };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Sound may sit in a container that is named after video, and the other way round. */
async function inspectRecording(path: string) {
  const found = await sniffFile(path);
  return found && /^(?:audio|video)\//u.test(found.contentType) ? found : undefined;
}

export function wordUnreadable({ fileName }: AttachmentRef, media: 'audio' | 'video'): string {
  return media === 'video'
    ? `“${fileName}” is not a video that can be read. Attach an MP4, MOV or WebM file.`
    : `“${fileName}” is not a sound that can be read. Attach an MP3, WAV, M4A, OGG or WebM file.`;
}
