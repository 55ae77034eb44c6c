/** What a message may carry: files are made smaller, or stay behind with a word about it. */
import { basename, join } from 'node:path';
import { UpstreamError } from '../errors.ts';
import { isRaster } from '../media.ts';
import type { OwnAddress } from '../message.ts';
import { toOriginalId } from '../pictures/find-original.ts';
import type { FittingFile } from '../pictures/fit/attempts.ts';
import { fitPicture, type FittedPicture } from '../pictures/fit/fit-picture.ts';
import type { DeliverableFile, StatusMessage } from '../platforms/platform.ts';
import { noteFitted, noteFittedSound, noteLeftBehind, toMegabytes } from './fit-notes.ts';
import { fitSound, isSound } from './fit-sound.ts';
import type { JobIn, ResultNote, StoredFile } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { platformOf } from './status.ts';
import { wordFile } from './word-file.ts';

interface Fitting {
  readonly files: readonly DeliverableFile[];
  /** On what is not as it was, or had to stay behind. */
  readonly notes: readonly ResultNote[];
}

/** What became of one file. */
type Outcome =
  | { readonly kind: 'fits'; readonly original: StoredFile; readonly file: FittedPicture }
  | { readonly kind: 'left'; readonly original: StoredFile; readonly why: string };

/** Each file within what one may carry here; the original stays on disk. */
export async function fitFiles(
  job: JobIn<'fetched'>,
  status: Pick<StatusMessage, 'fileLimits'>,
  parts: JobParts,
): Promise<Fitting> {
  const { files, text } = job.result;
  const { hasSpoilers } = platformOf(job, parts).limits;
  const { bytesPerFile } = status.fileLimits;
  const outcomes: Outcome[] = [];
  // One after the other: each may take as much memory as a large picture has pixels.
  for (const original of files) {
    outcomes.push(await fitFile({ original, bytesPerFile, hasSpoilers }, parts));
  }
  const fitting = toFitting(job, outcomes, parts);
  const isSaid = text !== undefined || fitting.notes.some(isWayToFile);
  if (fitting.files.length > 0 || isSaid || files.length === 0) return fitting;
  throw new UpstreamError('media', 'The result is too large to be posted here.', {
    retryable: false,
  });
}

async function fitFile(
  call: {
    readonly original: StoredFile;
    readonly bytesPerFile: number;
    readonly hasSpoilers: boolean;
  },
  { dataFolder }: JobParts,
): Promise<Outcome> {
  const { original, bytesPerFile, hasSpoilers } = call;
  // Spoilers were there when the file was fetched; it must not be shown openly now.
  if (original.isSpoiler && !hasSpoilers) {
    return { kind: 'left', original, why: 'cannot be hidden here' };
  }
  const file = await fit({ ...original, path: join(dataFolder, original.path) }, bytesPerFile);
  if (file) return { kind: 'fits', original, file };
  const [bytes, limit] = [toMegabytes(original.bytes), toMegabytes(bytesPerFile)];
  const why = `is too large to be posted here: ${bytes} of at most ${limit} MB`;
  return { kind: 'left', original, why };
}

/** Undefined for what cannot be made small enough: only pictures and sounds can be made smaller at all. */
async function fit(file: FittingFile, maxBytes: number): Promise<FittedPicture | undefined> {
  if (file.bytes <= maxBytes) return { ...file, isStill: false };
  if (isSound(file)) return toStill(await fitSound(file, maxBytes));
  if (!isRaster(file)) return undefined;
  try {
    return await fitPicture(file, maxBytes);
  } catch (error) {
    if (error instanceof UpstreamError) return undefined;
    throw error;
  }
}

function toStill(file: FittingFile | undefined): FittedPicture | undefined {
  return file && { ...file, isStill: false };
}

function toFitting(
  job: JobIn<'fetched'>,
  outcomes: readonly Outcome[],
  { addresses }: JobParts,
): Fitting {
  const addressOf = (file: StoredFile): OwnAddress | undefined =>
    addresses.toAddress({ kind: 'original', picture: toOriginalId(job, file) });
  const fitted = outcomes.filter((outcome) => outcome.kind === 'fits');
  const left = outcomes.filter((outcome) => outcome.kind === 'left');
  const changed = fitted.filter(({ file, original }) => file.bytes !== original.bytes);
  const [sounds, pictures] = [changed.filter(isOfSound), changed.filter((one) => !isOfSound(one))];
  return {
    files: fitted.map(({ file, original }) => ({
      path: file.path,
      fileName: basename(file.path),
      contentType: file.contentType,
      bytes: file.bytes,
      altText: wordFile(job, original),
      isSpoiler: original.isSpoiler === true,
      ...(original.voice && { voice: original.voice }),
    })),
    notes: [
      ...noteFitted(
        pictures.map(({ file, original }) => ({
          bytes: original.bytes,
          isStill: file.isStill,
          address: addressOf(original),
        })),
      ),
      ...sounds.map(({ original }) => noteFittedSound(original)),
      ...left.map(({ original, why }) => noteLeftBehind(original, why, addressOf(original))),
    ],
  };
}

function isOfSound({ original }: { readonly original: StoredFile }): boolean {
  return isSound(original);
}

/** With it, words alone are an answer to somebody who waits for files. */
function isWayToFile({ address, links }: ResultNote): boolean {
  return address !== undefined || links !== undefined;
}
