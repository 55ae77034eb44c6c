/**
 * The tries to make one file fit. They are written beside the original, in a folder named after the
 * limit, and only the best one of a finished search gets its final name: after a crash, what has
 * that name is whole and need not be made again.
 */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { isWholePicture } from '../../media.ts';
import { encodePicture, type Encoding, type Format } from './encode-picture.ts';
import type { Traits } from './picture-traits.ts';

export interface FittingFile {
  readonly path: string;
  /** By content, such as `image/png`. */
  readonly contentType: string;
  readonly bytes: number;
}

export interface Attempts {
  /** What an earlier search came to. */
  findEarlier(): Promise<FittingFile | undefined>;
  /** Resolves with the bytes that it took. */
  attempt(encoding: Encoding): Promise<number>;
  /** Ends the search: the last attempt that fitted is the result; undefined where none has. */
  keepBest(): Promise<FittingFile | undefined>;
  /** Takes away what did not become the result. */
  clear(): Promise<void>;
}

const FOLDER = /^fit-\d+$/u;
const FORMATS = ['png', 'jpeg', 'webp'] as const satisfies readonly Format[];

export function createAttempts(path: string, traits: Traits, maxBytes: number): Attempts {
  const folder = join(dirname(path), `fit-${maxBytes}`);
  const nameOf = (format: Format): string => join(folder, `${parse(path).name}.fit.${format}`);
  const trial = join(folder, `${parse(path).base}.trial`);
  const best = join(folder, `${parse(path).base}.best`);
  let bestFormat: Format | undefined;

  return {
    async findEarlier() {
      for (const format of FORMATS) {
        const found = await describe(nameOf(format), format);
        if (found && found.bytes <= maxBytes && (await isWholePicture(found.path))) return found;
      }
      return undefined;
    },
    async attempt(encoding) {
      await mkdir(folder, { recursive: true });
      await encodePicture(path, trial, traits, encoding);
      const { size } = await stat(trial);
      if (size > maxBytes) return size;
      await rename(trial, best);
      bestFormat = encoding.format;
      return size;
    },
    async keepBest() {
      if (bestFormat === undefined) return undefined;
      await rename(best, nameOf(bestFormat));
      const { size } = await stat(nameOf(bestFormat));
      return toFile(nameOf(bestFormat), bestFormat, size);
    },
    async clear() {
      for (const unfinished of [trial, best]) await rm(unfinished, { force: true });
    },
  };
}

/** Every smaller copy of a file, whatever the limits that it was made for. */
export async function removeFitted(path: string): Promise<void> {
  const { dir, name, base } = parse(path);
  const entries = await readdir(dir).catch(() => []);
  for (const folder of entries.filter((entry) => FOLDER.test(entry))) {
    const copies = (await readdir(join(dir, folder))).filter(
      (entry) => entry.startsWith(`${name}.fit.`) || entry.startsWith(`${base}.`),
    );
    for (const copy of copies) await rm(join(dir, folder, copy), { force: true });
  }
}

async function describe(path: string, format: Format): Promise<FittingFile | undefined> {
  try {
    const { size } = await stat(path);
    return toFile(path, format, size);
  } catch {
    return undefined;
  }
}

function toFile(path: string, format: Format, bytes: number): FittingFile {
  return { path, contentType: `image/${format}`, bytes };
}
