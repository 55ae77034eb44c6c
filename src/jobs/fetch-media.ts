/** One file of an answer comes here and is looked at: what it is, and whether it may be shown. */
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UpstreamError } from '../errors.ts';
import { isBlack } from '../is-black.ts';
import { inspectPicture, toFileName } from '../media.ts';
import type { RemoteMedia } from '../models/model.ts';
import { nameFile } from '../name-file.ts';
import { rasteriseSvg } from '../rasterise-svg.ts';
import type { Job, StoredFile } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { isRawSound, wrapRawSound } from './wrap-raw-sound.ts';

export interface MediaCall {
  readonly job: Job;
  readonly media: RemoteMedia;
  /** Relative to the data folder. */
  readonly folder: string;
  /** Counts from 1. */
  readonly number: number;
  readonly signal: AbortSignal;
  /** True where marked pictures can be hidden instead of withheld. */
  readonly maySpoiler: boolean;
  /** True where the model checks its pictures, so that a black one may mean something. */
  readonly isChecked: boolean;
}

export type MediaOutcome =
  | {
      readonly kind: 'came';
      /** The file, after a picture of it where chats cannot show it as it is. */
      readonly files: readonly StoredFile[];
      /** True for a black picture that nobody marked. */
      readonly isBlack: boolean;
    }
  | { readonly kind: 'withheld' }
  | { readonly kind: 'lost'; readonly error: UpstreamError };

const LARGEST_RESULT_BYTES = 200 * 1024 * 1024;
const FETCH_TIME_MS = 180_000;
const MEDIA_CLAIM = /^(?:image|audio|video)\//u;
const LONGEST_ADDRESS = 500;

export async function fetchMedia(call: MediaCall, parts: JobParts): Promise<MediaOutcome> {
  const { media, maySpoiler } = call;
  if (media.flagged && (!maySpoiler || media.url === '')) return { kind: 'withheld' };
  try {
    const file = await fetchFile(call, parts);
    return media.flagged ? await judgeMarked(file, parts) : await accept(file, call, parts);
  } catch (error) {
    if (error instanceof UpstreamError) return { kind: 'lost', error };
    throw error;
  }
}

async function fetchFile(call: MediaCall, parts: JobParts): Promise<StoredFile> {
  const { job, media, folder, number, signal } = call;
  const arriving = join(parts.dataFolder, folder, `result-${number}`);
  const { bytes, ...sniffed } = await parts.download({
    url: media.url,
    headers: {},
    hosts: parts.falFileHosts,
    to: arriving,
    maxBytes: LARGEST_RESULT_BYTES,
    timeoutMs: FETCH_TIME_MS,
    signal,
  });
  if (isRawSound(job, media, sniffed)) return takeRaw(arriving, call, parts);
  const { contentType, extension } = await nameFile(arriving, sniffed, media);
  if (contentType === 'text/plain' && MEDIA_CLAIM.test(media.claimedType ?? '')) throw onlyText();
  const fileName = toResultName(job, number, extension);
  const path = join(folder, fileName);
  await rename(arriving, join(parts.dataFolder, path));
  const picture = await inspectPicture(join(parts.dataFolder, path));
  const size = picture && { width: picture.width, height: picture.height };
  const address = toLastingAddress(media.url);
  return {
    path,
    fileName,
    contentType,
    bytes,
    ...size,
    ...(address !== undefined && { url: address }),
  };
}

async function takeRaw(
  arriving: string,
  { job, folder, number }: MediaCall,
  parts: JobParts,
): Promise<StoredFile> {
  const fileName = toResultName(job, number, 'wav');
  const path = join(folder, fileName);
  const bytes = await wrapRawSound({ job, from: arriving, to: path }, parts);
  return { path, fileName, contentType: 'audio/wav', bytes };
}

/** For people, who can do nothing with the bytes themselves or with a text as long as a page. */
export function toLastingAddress(url: string): string | undefined {
  return /^https?:/iu.test(url) && url.length <= LONGEST_ADDRESS ? url : undefined;
}

/** A host's excuse, sent as if it were the file. */
function onlyText(): UpstreamError {
  const text = 'There were only words where the file should be.';
  return new UpstreamError('fal', text, { retryable: false });
}

/** The job's id makes the name one of its own: platforms know by it what they have posted. */
export function toResultName(job: Job, number: number, extension: string): string {
  return toFileName(job.request.prompt, `${job.id.slice(0, 8)}-${number}`, extension);
}

/** What shows nothing, or cannot be looked at, is not worth hiding. */
async function judgeMarked(file: StoredFile, { dataFolder }: JobParts): Promise<MediaOutcome> {
  const path = join(dataFolder, file.path);
  if ((await isBlack(path)) === false) {
    return { kind: 'came', files: [{ ...file, isSpoiler: true }], isBlack: false };
  }
  await rm(path, { force: true });
  return { kind: 'withheld' };
}

async function accept(file: StoredFile, call: MediaCall, parts: JobParts): Promise<MediaOutcome> {
  const path = join(parts.dataFolder, file.path);
  if (file.contentType === 'image/svg+xml') {
    const preview = await drawPreview(file, call, parts);
    return { kind: 'came', files: preview ? [preview, file] : [file], isBlack: false };
  }
  const isPicture = file.width !== undefined;
  const black = call.isChecked && isPicture && (await isBlack(path)) === true;
  return { kind: 'came', files: [file], isBlack: black };
}

async function drawPreview(
  file: StoredFile,
  { job, folder, number }: MediaCall,
  { dataFolder }: JobParts,
): Promise<StoredFile | undefined> {
  const fileName = toResultName(job, number, 'png');
  const path = join(folder, fileName);
  const to = join(dataFolder, path);
  if (!(await rasteriseSvg(join(dataFolder, file.path), to))) return undefined;
  const { size } = await stat(to);
  const facts = await inspectPicture(to);
  if (!facts) return undefined;
  const { width, height, contentType } = facts;
  return { path, fileName, contentType, bytes: size, width, height, isPreview: true };
}
