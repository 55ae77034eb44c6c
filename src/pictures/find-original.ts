/** The files of results as they came, by the ids that signed addresses name. */
import { join } from 'node:path';
import type { JobIn, StoredFile } from '../jobs/job.ts';
import { isRaster } from '../media.ts';
import type { Store } from '../store/store.ts';
import { toPictureId } from './picture.ts';

export interface OriginalFile {
  /** Absolute. */
  readonly path: string;
  readonly fileName: string;
  readonly contentType: string;
}

/** Undefined for what is not there, or no longer. */
export type FindOriginal = (id: string) => Promise<OriginalFile | undefined>;

/** `<job>.f<number>` is a file that is no picture, by place among the job's files. */
const FILE_ID = /^(?<job>[\w-]+)\.f(?<number>\d{1,3})$/u;

export function createFindOriginal({
  store,
  dataFolder,
}: {
  readonly store: Pick<Store, 'jobs' | 'pictures'>;
  /** Absolute. */
  readonly dataFolder: string;
}): FindOriginal {
  return async (id) => {
    const file = (await findPicture(id, store)) ?? (await findFile(id, store));
    return file && { ...file, path: join(dataFolder, file.path) };
  };
}

/** The id under which an address names a file of a job's result. */
export function toOriginalId({ id, request, result }: JobIn<'fetched'>, file: StoredFile): string {
  if (!isRaster(file)) return `${id}.f${result.files.indexOf(file) + 1}`;
  return request.shows ?? toPictureId(id, result.files.filter(isRaster).indexOf(file) + 1);
}

async function findPicture(
  id: string,
  { pictures }: Pick<Store, 'pictures'>,
): Promise<OriginalFile | undefined> {
  const picture = await pictures.read(id);
  return picture?.deletedAt ? undefined : picture;
}

async function findFile(
  id: string,
  { jobs }: Pick<Store, 'jobs'>,
): Promise<OriginalFile | undefined> {
  const { job: jobId = '', number } = FILE_ID.exec(id)?.groups ?? {};
  const job = await jobs.read(jobId);
  return job && 'result' in job ? job.result.files[Number(number) - 1] : undefined;
}
