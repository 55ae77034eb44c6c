/** WebP: XMP is a chunk of the extended format, whose header says that it is there. */
import { MOST_PARTS, type Source, type Splice } from './splice.ts';

interface Chunk {
  readonly type: string;
  readonly from: number;
  readonly to: number;
  /** The byte that must follow an odd length, where a careless writer forgot it at the very end. */
  readonly missing: Buffer;
}

const HEAD = 8;
const FIRST_CHUNK = 12;
const XMP_FLAG = 0x04;
const ALPHA_FLAG = 0x10;
/** What stands before XMP where all chunks are in their order. */
const BEFORE_XMP = new Set(['VP8X', 'ICCP', 'ANIM', 'ANMF', 'ALPH', 'VP8 ', 'VP8L', 'EXIF']);
const NOTHING = Buffer.alloc(0);

export async function spliceWebp(
  source: Source,
  packet: Uint8Array,
): Promise<readonly Splice[] | undefined> {
  const start = await source.read(0, FIRST_CHUNK);
  const isWebp = start.toString('latin1', 0, 4) === 'RIFF' && start.includes('WEBP', HEAD);
  const chunks = isWebp ? await readChunks(source, HEAD + start.readUInt32LE(4)) : undefined;
  const last = chunks?.findLast(({ type }) => BEFORE_XMP.has(type));
  const header = chunks?.[0] && (await spliceHeader(chunks[0], source));
  if (!chunks || !last || !header) return undefined;
  const splices = [
    header,
    { from: last.to, to: last.to, by: Buffer.concat([last.missing, toChunk('XMP ', packet)]) },
    ...chunks.filter(isXmp).map(({ from, to }) => ({ from, to, by: NOTHING })),
  ].toSorted((one, other) => one.from - other.from);
  const growth = splices.reduce((sum, { from, to, by }) => sum + by.length - (to - from), 0);
  return [{ from: 4, to: HEAD, by: toNumber(start.readUInt32LE(4) + growth) }, ...splices];
}

/** Undefined where the file ends before its chunks do. */
async function readChunks(source: Source, end: number): Promise<readonly Chunk[] | undefined> {
  const chunks: Chunk[] = [];
  let at = FIRST_CHUNK;
  while (at < end) {
    const head = await source.read(at, HEAD);
    if (head.length < HEAD || chunks.length >= MOST_PARTS) return undefined;
    const bytes = head.readUInt32LE(4);
    const [bare, padded] = [at + HEAD + bytes, at + HEAD + bytes + (bytes % 2)];
    const to = Math.min(padded, Math.max(bare, end));
    if (to > Math.min(end, source.size)) return undefined;
    chunks.push({
      type: head.toString('latin1', 0, 4),
      from: at,
      to,
      missing: Buffer.alloc(padded - to),
    });
    at = to;
  }
  return chunks;
}

/** A simple file becomes an extended one; its picture stays as it is. */
async function spliceHeader(first: Chunk, source: Source): Promise<Splice | undefined> {
  const contents = await source.read(first.from + HEAD, 10);
  if (contents.length < 10) return undefined;
  if (first.type === 'VP8X') {
    const at = first.from + HEAD;
    return { from: at, to: at + 1, by: Buffer.of(contents.readUInt8(0) | XMP_FLAG) };
  }
  const canvas = toCanvas(first.type, contents);
  if (!canvas) return undefined;
  const header = Buffer.alloc(10);
  header.writeUInt8(XMP_FLAG | (canvas.hasAlpha ? ALPHA_FLAG : 0), 0);
  header.writeUIntLE(canvas.width - 1, 4, 3);
  header.writeUIntLE(canvas.height - 1, 7, 3);
  return { from: FIRST_CHUNK, to: FIRST_CHUNK, by: toChunk('VP8X', header) };
}

function toCanvas(type: string, contents: Buffer) {
  if (type === 'VP8 ' && contents.toString('hex', 3, 6) === '9d012a') {
    // The two highest bits of each wish for a size on the screen.
    const [width, height] = [contents.readUInt16LE(6) & 0x3fff, contents.readUInt16LE(8) & 0x3fff];
    return width > 0 && height > 0 ? { width, height, hasAlpha: false } : undefined;
  }
  if (type !== 'VP8L' || contents[0] !== 0x2f) return undefined;
  const bits = contents.readUInt32LE(1);
  return {
    width: (bits & 0x3fff) + 1,
    height: ((bits >>> 14) & 0x3fff) + 1,
    hasAlpha: ((bits >>> 28) & 1) === 1,
  };
}

function isXmp({ type }: Chunk): boolean {
  return type === 'XMP ';
}

function toChunk(type: string, contents: Uint8Array): Buffer {
  const padding = Buffer.alloc(contents.length % 2);
  return Buffer.concat([Buffer.from(type), toNumber(contents.length), contents, padding]);
}

function toNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
