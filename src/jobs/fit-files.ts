/** What a message may carry: files are made smaller, or stay behind with a word about it. */
import { basename, join } from 'node:path';
import { UpstreamError } from '../errors.ts';
import { fitPicture, isRaster, type FittingFile } from '../media.ts';
import type { DeliverableFile, StatusMessage } from '../platforms/platform.ts';
import type { JobIn, ResultNote, StoredFile } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { platformOf } from './status.ts';
import { wordFile } from './word-file.ts';

const BYTES_OF_A_MEGABYTE = 1_000_000;
interface Fitting {
  readonly files: readonly DeliverableFile[];
  /** On what had to stay behind. */
  readonly notes: readonly ResultNote[];
}

/** Each file within what one may carry here; the original stays on disk. */
export async function fitFiles(
  job: JobIn<'fetched'>,
  status: Pick<StatusMessage, 'fileLimits'>,
  parts: JobParts,
): Promise<Fitting> {
  const { files, text } = job.result;
  const { hasSpoilers } = platformOf(job, parts).limits;
  const { bytesPerFile } = status.fileLimits;
  const fitted = await Promise.all(
    files.map((file) => fitFile({ job, file, bytesPerFile, hasSpoilers }, parts)),
  );
  const fitting = {
    files: fitted.flatMap((one) => one.files),
    notes: fitted.flatMap((one) => one.notes),
  };
  const isSaid = text !== undefined || fitting.notes.some(({ address }) => address !== undefined);
  if (fitting.files.length > 0 || isSaid || files.length === 0) return fitting;
  throw new UpstreamError('media', 'The result is too large to be posted here.', {
    retryable: false,
  });
}

async function fitFile(
  call: {
    readonly job: JobIn<'fetched'>;
    readonly file: StoredFile;
    readonly bytesPerFile: number;
    readonly hasSpoilers: boolean;
  },
  { dataFolder }: JobParts,
): Promise<Fitting> {
  const { job, file, bytesPerFile, hasSpoilers } = call;
  // Spoilers were there when the file was fetched; it must not be shown openly now.
  if (file.isSpoiler && !hasSpoilers) return leftBehind(file, 'cannot be hidden here');
  const original = { ...file, path: join(dataFolder, file.path) };
  const fitting = await fit(original, bytesPerFile);
  if (!fitting) {
    const [bytes, limit] = [toMegabytes(file.bytes), toMegabytes(bytesPerFile)];
    return leftBehind(file, `is too large to be posted here: ${bytes} of at most ${limit} MB`);
  }
  const deliverable = {
    path: fitting.path,
    fileName: basename(fitting.path),
    contentType: fitting.contentType,
    bytes: fitting.bytes,
    altText: wordFile(job, file),
    isSpoiler: file.isSpoiler === true,
  };
  return { files: [deliverable], notes: [] };
}

/** Undefined for what cannot be made small enough: only pictures can be made smaller at all. */
async function fit(file: FittingFile, maxBytes: number): Promise<FittingFile | undefined> {
  if (file.bytes <= maxBytes) return file;
  if (!isRaster(file)) return undefined;
  try {
    return await fitPicture(file, maxBytes);
  } catch (error) {
    if (error instanceof UpstreamError) return undefined;
    throw error;
  }
}

function leftBehind({ fileName, url }: StoredFile, why: string): Fitting {
  const text = `“${fileName}” ${why}.`;
  const note =
    url === undefined ? { text } : { text: `${text} For a while it is at`, address: url };
  return { files: [], notes: [note] };
}

function toMegabytes(bytes: number): string {
  return (bytes / BYTES_OF_A_MEGABYTE).toFixed(1);
}
