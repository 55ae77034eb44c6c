/** Reads a file piece by piece: headers are small, and between them much is skipped. */
import type { FileHandle } from 'node:fs/promises';

export interface ByteReader {
  readonly size: number;
  /** Shorter than asked for at the end of the file. The bytes are good until the next call. */
  read(offset: number, length: number): Promise<Buffer>;
  /** Where `byte` is next, or undefined. */
  find(byte: number, from: number): Promise<number | undefined>;
}

const BLOCK_BYTES = 64 * 1024;

export async function createByteReader(file: FileHandle): Promise<ByteReader> {
  const { size } = await file.stat();
  const block = Buffer.alloc(BLOCK_BYTES);
  let start = 0;
  let end = 0;
  const fill = async (offset: number): Promise<void> => {
    const { bytesRead } = await file.read(block, 0, BLOCK_BYTES, offset);
    start = offset;
    end = offset + bytesRead;
  };
  return {
    size,
    async read(offset, length) {
      if (length > BLOCK_BYTES) {
        const whole = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
        await file.read(whole, 0, whole.length, offset);
        return whole;
      }
      if (offset < start || offset + length > end) await fill(offset);
      return block.subarray(offset - start, Math.min(offset + length, end) - start);
    },
    async find(byte, from) {
      for (let at = from; at < size; at = end) {
        if (at < start || at >= end) await fill(at);
        const found = block.subarray(at - start, end - start).indexOf(byte);
        if (found !== -1) return at + found;
        // The file has become shorter meanwhile.
        if (end <= at) return undefined;
      }
      return undefined;
    },
  };
}
