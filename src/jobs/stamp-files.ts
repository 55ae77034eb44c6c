/** Delivered pictures carry the recipe that made them; the originals stay as they came. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSeed, withoutSeed } from '../models/request/option-names.ts';
import type { Picture } from '../pictures/picture.ts';
import type { RecipeMetadata } from '../pictures/recipe-metadata/recipe-metadata.ts';
import { spaceFor, stampRecipe } from '../pictures/recipe-metadata/stamp-recipe.ts';
import type { DeliverableFile, StatusMessage } from '../platforms/platform.ts';
import type { Job, JobIn } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { stem } from './record-pictures.ts';

type FileLimits = StatusMessage['fileLimits'];

export interface Stamp {
  readonly picture: Picture;
  readonly recipe: RecipeMetadata;
}

/** Beside the originals, so that whoever removes them finds the copies, too. */
export const STAMPED_FOLDER = 'stamped';

/** For each picture of the result that Easel made; a person's own is nobody's to sign. */
export async function readStamps(
  job: JobIn<'fetched'>,
  { store, hasPictureMetadata }: JobParts,
): Promise<readonly Stamp[]> {
  if (!hasPictureMetadata) return [];
  const { shows } = job.request;
  if (shows === undefined) return toStamps(await store.pictures.madeBy(job.id), job);
  const picture = await store.pictures.read(shows);
  const maker = picture?.origin === 'made' ? await store.jobs.read(picture.job) : undefined;
  return picture && maker ? toStamps([picture], maker) : [];
}

/** What may be carried beside the recipe. */
export function leaveRoom(limits: FileLimits, stamps: readonly Stamp[]): FileLimits {
  const room = Math.max(0, ...stamps.map(({ recipe }) => spaceFor(recipe)));
  return { ...limits, bytesPerFile: limits.bytesPerFile - room };
}

/** Copies of those that can carry a recipe; the others as they are. */
export async function stampFiles(
  files: readonly DeliverableFile[],
  stamps: readonly Stamp[],
  parts: JobParts,
): Promise<readonly DeliverableFile[]> {
  const stamped: DeliverableFile[] = [];
  for (const file of files) {
    const own = stamps.find(({ picture }) => stem(picture.fileName) === stem(file.fileName));
    stamped.push(own ? await stampFile(file, own, parts) : file);
  }
  return stamped;
}

/** What goes wrong here must not cost the result. */
async function stampFile(
  file: DeliverableFile,
  { picture, recipe }: Stamp,
  { dataFolder, log }: JobParts,
): Promise<DeliverableFile> {
  const folder = join(dataFolder, dirname(picture.path), STAMPED_FOLDER);
  const to = join(folder, file.fileName);
  try {
    await mkdir(folder, { recursive: true });
    if (!(await stampRecipe({ from: file.path, to, recipe }))) return file;
    return { ...file, path: to, bytes: (await stat(to)).size };
  } catch (error) {
    log.warn({ error, picture: picture.id }, 'a picture is posted without its recipe');
    return file;
  }
}

function toStamps(pictures: readonly Picture[], job: Job): readonly Stamp[] {
  if (job.state !== 'fetched' && job.state !== 'delivered') return [];
  return pictures.map((picture) => ({ picture, recipe: toRecipe(picture, job) }));
}

/** The options are those of the request: with its seed they make all of its pictures again. */
function toRecipe(
  picture: Picture,
  { request, endpoint, result }: JobIn<'fetched' | 'delivered'>,
): RecipeMetadata {
  const [, given] = Object.entries(request.options).find(([name]) => isSeed(name)) ?? [];
  const seed = result.seed ?? given;
  return {
    picture: picture.id,
    model: request.model,
    endpoint,
    prompt: request.prompt,
    ...(seed !== undefined && { seed: String(seed) }),
    options: withoutSeed(request.options),
    parents: [...picture.parents],
    madeAt: picture.madeAt.toISOString().slice(0, 10),
  };
}
