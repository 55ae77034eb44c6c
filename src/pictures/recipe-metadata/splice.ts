/** Changes a few bytes of a large file on the way to its copy: the rest is streamed as it is. */
import { createWriteStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** What stands in the copy instead of the bytes `from` … `to`, the last one excluded. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly by: Uint8Array;
}

export interface Source extends AsyncDisposable {
  readonly size: number;
  /** Fewer bytes at the end of the file. */
  read(from: number, length: number): Promise<Buffer>;
  stream(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** A file with more chunks or segments than this is made to keep somebody busy. */
export const MOST_PARTS = 200_000;
/** Headers of chunks lie close together in some files: each by itself would be a call of its own. */
const WINDOW = 16 * 1024;

export async function openSource(path: string): Promise<Source> {
  const file = await open(path);
  let window: { from: number; bytes: Buffer } = { from: 0, bytes: Buffer.alloc(0) };
  return {
    size: (await file.stat()).size,
    async read(from, length) {
      const isInside = from >= window.from && from + length <= window.from + window.bytes.length;
      if (!isInside) window = { from, bytes: await readAt(file, from, Math.max(length, WINDOW)) };
      return window.bytes.subarray(from - window.from, from - window.from + length);
    },
    async *stream(from, to) {
      if (from < to) yield* file.createReadStream({ start: from, end: to - 1, autoClose: false });
    },
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
    await pipeline(toBytes(source, splices), createWriteStream(unfinished));
    await rename(unfinished, to);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function* toBytes(source: Source, splices: readonly Splice[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const { from, to, by } of splices) {
    yield* source.stream(at, from);
    yield by;
    at = to;
  }
  yield* source.stream(at, source.size);
}

async function readAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}
