/** Raw samples on disk, written as they come and read in parts. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';

interface Part {
  readonly start: number;
  readonly end: number;
}

export interface PcmFile extends Disposable {
  append(bytes: Buffer): void;
  /** Writes the bytes from `start` to `end` after `header` into a file of their own. */
  copy(part: Part, to: string, header: Buffer): void;
  readonly size: number;
}

/** Samples come in pieces of a few hundred bytes. */
const BUFFER_BYTES = 256 * 1024;

export function createPcmFile(path: string): PcmFile {
  const file = openSync(path, 'w+');
  const buffer = Buffer.alloc(BUFFER_BYTES);
  let filled = 0;
  let written = 0;

  const flush = (): void => {
    writeAll(file, buffer.subarray(0, filled));
    written += filled;
    filled = 0;
  };
  return {
    append(bytes) {
      for (let at = 0; at < bytes.length;) {
        const copied = bytes.copy(buffer, filled, at);
        at += copied;
        filled += copied;
        if (filled === buffer.length) flush();
      }
    },
    copy(part, to, header) {
      flush();
      const target = openSync(to, 'w');
      try {
        writeAll(target, header);
        copyPart(file, part, { target, buffer });
      } finally {
        closeSync(target);
      }
    },
    get size() {
      return written + filled;
    },
    [Symbol.dispose]: () => closeSync(file),
  };
}

function copyPart(
  file: number,
  { start, end }: Part,
  { target, buffer }: { target: number; buffer: Buffer },
): void {
  for (let at = start; at < end;) {
    const length = readSync(file, buffer, 0, Math.min(buffer.length, end - at), at);
    if (length === 0) throw new Error('The file of raw samples is shorter than it was.');
    writeAll(target, buffer.subarray(0, length));
    at += length;
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
