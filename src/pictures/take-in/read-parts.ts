/** The parts of a picture's file, for the formats whose files are taken apart. */
import { open } from 'node:fs/promises';
import { createByteReader, type ByteReader } from './byte-reader.ts';
import { readJpegParts } from './jpeg-parts.ts';
import type { PictureParts } from './picture-parts.ts';
import { readPngParts } from './png-parts.ts';
import { readWebpParts } from './webp-parts.ts';

const READERS: Readonly<Record<string, (reader: ByteReader) => Promise<PictureParts>>> = {
  'image/png': readPngParts,
  'image/apng': readPngParts,
  'image/jpeg': readJpegParts,
  'image/webp': readWebpParts,
};

/** Undefined for other formats. Throws `BrokenPictureError`. */
export async function readParts(
  path: string,
  contentType: string,
): Promise<PictureParts | undefined> {
  const readOne = READERS[contentType];
  if (!readOne) return undefined;
  await using file = await open(path);
  return await readOne(await createByteReader(file));
}
