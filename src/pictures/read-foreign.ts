/** What a picture that somebody posted again still tells: by its bytes, or by the recipe in its file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import type { JobIn } from '../jobs/job.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { AttachmentRef } from '../request.ts';
import { readResult } from './find-subject.ts';
import type { PictureParts } from './picture-parts.ts';
import type { RecipeMetadata } from './recipe-metadata/recipe-metadata.ts';
import { recognise, type Recognised } from './recognise.ts';

export type ForeignPicture =
  | { readonly kind: 'own'; readonly job: JobIn<'delivered'>; readonly number: number }
  | { readonly kind: 'claimed'; readonly recipe: RecipeMetadata };

/** More than any chat carries for most people; a recipe is not worth more of their time. */
const LARGEST_BYTES = 50 * 1024 * 1024;
const READ_TIME_MS = 30_000;

/** Throws `UserError` where the file tells nothing, and `DownloadError` where it cannot be read. */
export async function readForeign(
  ref: AttachmentRef,
  invocation: Invocation,
  parts: PictureParts,
): Promise<ForeignPicture> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-'));
  try {
    const path = await bringHere(ref, join(folder, 'picture'), parts);
    const { picture, claim } = await recognise(path, invocation.place, parts);
    const job = await readVisible(picture, invocation, parts);
    if (job && picture) return { kind: 'own', job, number: picture.number };
    if (claim) return { kind: 'claimed', recipe: claim };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  throw new UserError(
    'That picture is not one of Easel’s own, or its file no longer says how it was made.',
  );
}

export async function bringHere(
  ref: AttachmentRef,
  to: string,
  parts: PictureParts,
): Promise<string> {
  const source = await parts.platforms.get(ref.platform)?.locateAttachment(ref);
  if (!source) throw new UserError(`“${ref.fileName}” can no longer be read.`);
  if (source.kind === 'local') return source.path;
  const { url, headers, hosts } = source;
  const limits = { maxBytes: LARGEST_BYTES, timeoutMs: READ_TIME_MS };
  await parts.download({
    url,
    headers,
    hosts,
    to,
    ...limits,
    signal: AbortSignal.timeout(READ_TIME_MS),
  });
  return to;
}

/** A file may be carried to where its result must not be spoken about; what it says itself, it may say. */
async function readVisible(
  picture: Recognised['picture'],
  invocation: Invocation,
  parts: PictureParts,
): Promise<JobIn<'delivered'> | undefined> {
  if (picture?.origin !== 'made') return undefined;
  try {
    return await readResult(picture.job, invocation, parts);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
