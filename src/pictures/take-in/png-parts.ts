/** PNG: chunks, each with its length and name (https://www.w3.org/TR/png-3/#5DataRep). */
import { inflateSync } from 'node:zlib';
import type { ByteReader } from './byte-reader.ts';
import {
  BrokenPictureError,
  composeOf,
  createPartList,
  type PartUse,
  type PictureParts,
} from './picture-parts.ts';

/** What changes how the pixels look, and holds no words. */
const PIXELS = new Set(
  ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'cICP', 'sBIT', 'bKGD'].concat([
    'pHYs',
    'hIST',
  ]),
);
const USES: Readonly<Record<string, PartUse>> = { iCCP: 'colour', eXIf: 'orientation' };
const SIGNATURE_BYTES = 8;
/** Length, name and checksum. */
const FRAME_BYTES = 12;
/** Beyond any note that somebody wrote into a picture. */
const MOST_PACKED_BYTES = 2 * 1024 * 1024;
const MOST_UNPACKED_BYTES = 8 * 1024 * 1024;
/** By colour type: in the file, and in memory, where a palette is unfolded. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const CHANNELS: Readonly<Record<number, number>> = { ...SAMPLES, 3: 4 };

interface Chunk {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

export async function readPngParts(reader: ByteReader): Promise<PictureParts> {
  const list = createPartList();
  list.add('pixels', SIGNATURE_BYTES);
  const names = new Set<string>();
  let unpacked = 0;
  let pixelBytes = 0;
  let at = SIGNATURE_BYTES;
  while (!names.has('IEND')) {
    const chunk = await readChunk(reader, at);
    unpacked += await measurePacked(reader, chunk, MOST_UNPACKED_BYTES - unpacked);
    names.add(chunk.name);
    pixelBytes += chunk.name === 'IDAT' ? chunk.length : 0;
    at += chunk.length + FRAME_BYTES;
    // A second picture header would be a second picture.
    if (at > reader.size || !names.has('IHDR')) throw new BrokenPictureError('it is cut off');
    list.add(useOf(chunk.name), at);
  }
  const header = await readHeader(reader);
  // Packing does not make anything larger: the rest would only burst.
  if (pixelBytes > header.rawBytes * 1.1 + 4096) throw new BrokenPictureError('it is overfull');
  const isFollowed = at < reader.size;
  if (isFollowed) list.add('extra', reader.size);
  return {
    parts: list.parts,
    compose: composeOf(list.parts),
    isAnimated: names.has('acTL'),
    isFollowed,
    bytesPerPixel: { toCheck: header.heldPerPixel, toConvert: header.heldPerPixel },
  };
}

async function readChunk(reader: ByteReader, offset: number): Promise<Chunk> {
  const head = await reader.read(offset, 8);
  if (head.length < 8) throw new BrokenPictureError('it is cut off');
  return { offset, length: head.readUInt32BE(0), name: head.toString('latin1', 4, 8) };
}

function useOf(name: string): PartUse {
  return PIXELS.has(name) ? 'pixels' : (USES[name] ?? 'extra');
}

/**
 * A few bytes may unpack to gigabytes, and whoever opens the file for its words would get them all.
 */
async function measurePacked(reader: ByteReader, chunk: Chunk, most: number): Promise<number> {
  const { name, offset, length } = chunk;
  if (name !== 'zTXt' && name !== 'iTXt' && name !== 'iCCP') return 0;
  if (length > MOST_PACKED_BYTES) throw new BrokenPictureError('it holds too many words');
  const content = Buffer.from(await reader.read(offset + 8, length));
  const packed = findPacked(name, content);
  if (!packed) return 0;
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, most) }).length;
  } catch (error) {
    throw new BrokenPictureError('its words do not unpack', { cause: error });
  }
}

/** Keyword, zero, method; in `iTXt` keyword, zero, flag, method, language, zero, keyword, zero. */
function findPacked(name: string, content: Buffer): Buffer | undefined {
  const first = content.indexOf(0);
  if (first === -1) return undefined;
  if (name !== 'iTXt') return content.subarray(first + 2);
  if (content[first + 1] !== 1) return undefined;
  const second = content.indexOf(0, first + 3);
  const third = second === -1 ? -1 : content.indexOf(0, second + 1);
  return third === -1 ? undefined : content.subarray(third + 1);
}

async function readHeader(
  reader: ByteReader,
): Promise<{ readonly rawBytes: number; readonly heldPerPixel: number }> {
  const header = await reader.read(SIGNATURE_BYTES + 8, 13);
  if (header.length < 13) throw new BrokenPictureError('it is cut off');
  const [depth = 8, colour = 6, , , interlace] = header.subarray(8);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rowBytes = Math.ceil((width * (SAMPLES[colour] ?? 4) * depth) / 8);
  // Row by row from top to bottom, unless the rows come in seven passes.
  const held = (CHANNELS[colour] ?? 4) * (depth > 8 ? 2 : 1);
  return { rawBytes: height * (1 + rowBytes), heldPerPixel: interlace === 1 ? held : 0 };
}
