/** Changes a few bytes of a large file on the way to its copy: the rest passes through a buffer. */
import { open, rename, rm, type FileHandle } from 'node:fs/promises';

/** What stands in the copy instead of the bytes `from` … `to`, the last one excluded. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly by: Uint8Array;
}

export interface Source extends AsyncDisposable {
  readonly size: number;
  /** At most `WINDOW` bytes, and fewer at the end of the file. */
  read(from: number, length: number): Promise<Buffer>;
  /** Appends the bytes `from` … `to` to another file. */
  copy(from: number, to: number, target: FileHandle): Promise<void>;
}

/** A file with more chunks or segments than this is made to keep somebody busy. */
export const MOST_PARTS = 200_000;
/** Headers of chunks lie close together in some files: each by itself would be a call of its own. */
const WINDOW = 16 * 1024;
const BUFFER = 128 * 1024;

export async function openSource(path: string): Promise<Source> {
  const file = await open(path);
  // Filled again and again: with four large files at once, new ones cost 50 MB before they are freed.
  const window = Buffer.alloc(WINDOW);
  let known = { from: 0, to: 0 };
  return {
    size: (await file.stat()).size,
    async read(from, length) {
      if (from < known.from || from + length > known.to) {
        const { bytesRead } = await file.read(window, 0, WINDOW, from);
        known = { from, to: from + bytesRead };
      }
      const end = Math.min(from + length, known.to);
      return Buffer.from(window.subarray(from - known.from, end - known.from));
    },
    copy: (from, to, target) => copyBytes({ file, from, to }, target),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** `splices` in the order of their places; of two at one place, what is put in comes first. */
export async function writeSpliced(
  source: Source,
  splices: readonly Splice[],
  to: string,
): Promise<void> {
  // Whoever finds the copy finds all of it.
  const unfinished = `${to}.part`;
  try {
    await write(source, splices, unfinished);
    await rename(unfinished, to);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function write(source: Source, splices: readonly Splice[], path: string): Promise<void> {
  await using target = await open(path, 'w');
  let at = 0;
  for (const { from, to, by } of splices) {
    await source.copy(at, from, target);
    await target.appendFile(by);
    at = to;
  }
  await source.copy(at, source.size, target);
}

async function copyBytes(
  { file, from, to }: { readonly file: FileHandle; readonly from: number; readonly to: number },
  target: FileHandle,
): Promise<void> {
  const buffer = Buffer.alloc(Math.min(BUFFER, Math.max(0, to - from)));
  for (let at = from; at < to;) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - at), at);
    if (bytesRead === 0) throw new Error('The file became shorter while it was read');
    await target.appendFile(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}
