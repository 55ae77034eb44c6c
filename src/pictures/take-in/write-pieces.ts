import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Piece } from './picture-parts.ts';

/** Streams some pieces of the file `from` into a new one. */
export async function writePieces(
  from: string,
  pieces: readonly Piece[],
  to: string,
): Promise<void> {
  const bytes = async function* bytes() {
    for (const piece of pieces) {
      if (Buffer.isBuffer(piece)) yield piece;
      else yield* createReadStream(from, toRange(piece));
    }
  };
  await pipeline(bytes, createWriteStream(to));
}

function toRange({ offset, length }: { readonly offset: number; readonly length: number }) {
  return { start: offset, end: offset + length - 1 };
}
