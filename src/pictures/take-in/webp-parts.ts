/** WebP: chunks in a RIFF file (https://developers.google.com/speed/webp/docs/riff_container). */
import type { ByteReader } from './byte-reader.ts';
import {
  BrokenPictureError,
  createPartList,
  type FilePart,
  type PartUse,
  type PictureParts,
  type Piece,
} from './picture-parts.ts';

const HEADER_BYTES = 12;
const EXTENDED_BYTES = 18;
const USES: Readonly<Record<string, PartUse>> = {
  VP8X: 'pixels',
  'VP8 ': 'pixels',
  VP8L: 'pixels',
  ALPH: 'pixels',
  ANIM: 'pixels',
  ANMF: 'pixels',
  ICCP: 'colour',
  EXIF: 'orientation',
};
/** What the extended header says to be in the file. */
const FLAGS: Readonly<Record<'colour' | 'orientation' | 'extra', number>> = {
  colour: 0x20,
  orientation: 0x08,
  extra: 0x04,
};

export async function readWebpParts(reader: ByteReader): Promise<PictureParts> {
  const head = await reader.read(0, HEADER_BYTES);
  if (head.length < HEADER_BYTES) throw new BrokenPictureError('it is cut off');
  const end = head.readUInt32LE(4) + 8;
  if (end > reader.size) throw new BrokenPictureError('it is cut off');
  const list = createPartList();
  list.add('pixels', HEADER_BYTES);
  const names = new Set<string>();
  let at = HEADER_BYTES;
  while (at + 8 <= end) {
    const { name, next } = await readChunk(reader, at);
    if (next > end + 1) throw new BrokenPictureError('it is cut off');
    names.add(name);
    at = Math.min(next, reader.size);
    list.add(USES[name] ?? 'extra', at);
  }
  const isFollowed = at < reader.size;
  if (isFollowed) list.add('extra', reader.size);
  const second = Buffer.from(await reader.read(HEADER_BYTES, EXTENDED_BYTES));
  // It comes first or not at all.
  const extended = second.toString('latin1', 0, 4) === 'VP8X' ? second : undefined;
  return {
    parts: list.parts,
    compose: (uses) => compose(list.parts, extended, uses),
    isAnimated: names.has('ANMF'),
    isFollowed,
    bytesPerPixel: toBytesPerPixel(names),
  };
}

async function readChunk(
  reader: ByteReader,
  offset: number,
): Promise<{ readonly name: string; readonly next: number }> {
  const head = await reader.read(offset, 8);
  const length = head.readUInt32LE(4);
  // Chunks begin at even places.
  return { name: head.toString('latin1', 0, 4), next: offset + 8 + length + (length % 2) };
}

/** The header says how long the file is, and the extended one what is in it. */
function compose(
  parts: readonly FilePart[],
  extended: Buffer | undefined,
  uses: ReadonlySet<PartUse>,
): readonly Piece[] {
  const startBytes = HEADER_BYTES + (extended?.length ?? 0);
  const [first, ...others] = parts.filter(({ use }) => uses.has(use));
  if (!first) return [];
  const rest = {
    ...first,
    offset: first.offset + startBytes,
    length: first.length - startBytes,
  };
  const pieces = [rest, ...others].filter(({ length }) => length > 0);
  const total = pieces.reduce((sum, { length }) => sum + length, startBytes);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 'latin1');
  header.writeUInt32LE(total - 8, 4);
  header.write('WEBP', 8, 'latin1');
  return [Buffer.concat([header, withoutFlags(extended, uses)]), ...pieces];
}

function withoutFlags(extended: Buffer | undefined, uses: ReadonlySet<PartUse>): Buffer {
  if (!extended) return Buffer.alloc(0);
  const copy = Buffer.from(extended);
  const [flags = 0] = copy.subarray(8);
  const gone = (['colour', 'orientation', 'extra'] as const)
    .filter((use) => !uses.has(use))
    .reduce((sum, use) => sum + FLAGS[use], 0);
  copy[8] = flags & ~gone;
  return copy;
}

/** Measured: a lossy one is shrunk while it is unpacked, a lossless one is unpacked whole. */
function toBytesPerPixel(names: ReadonlySet<string>): PictureParts['bytesPerPixel'] {
  if (names.has('ANMF')) return { toCheck: 12, toConvert: 12 };
  return { toCheck: names.has('VP8L') ? 4.5 : 0.5, toConvert: 8.5 };
}
