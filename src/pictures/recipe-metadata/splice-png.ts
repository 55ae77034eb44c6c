/** PNG: XMP is a text with a keyword of its own. */
import { crc32 } from 'node:zlib';
import { MOST_PARTS, type Source, type Splice } from './splice.ts';

interface Chunk {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const KEYWORD = 'XML:com.adobe.xmp\0';
/** The standard wants `iTXt`; libvips writes the same keyword as `zTXt`, ImageMagick its own. */
const KEYWORDS = [KEYWORD, 'Raw profile type xmp\0'];
const TEXTS = new Set(['iTXt', 'zTXt', 'tEXt']);
const LONGEST_KEYWORD = 80;
/** Not compressed, no compression method, no language, no translated keyword. */
const PLAIN_TEXT = Buffer.from([0, 0, 0, 0]);
/** Length, type and checksum. */
const FRAME = 12;
const NOTHING = Buffer.alloc(0);

export async function splicePng(
  source: Source,
  packet: Uint8Array,
): Promise<readonly Splice[] | undefined> {
  const start = await source.read(0, SIGNATURE.length);
  const chunks = start.equals(SIGNATURE) ? await readChunks(source) : undefined;
  const [header] = chunks ?? [];
  if (!chunks || header?.type !== 'IHDR') return undefined;
  const splices: Splice[] = [{ from: header.to, to: header.to, by: toChunk(packet) }];
  for (const chunk of chunks) {
    if (await isXmp(chunk, source)) splices.push({ from: chunk.from, to: chunk.to, by: NOTHING });
  }
  return splices;
}

/** Undefined where the file ends before the picture does. */
async function readChunks(source: Source): Promise<readonly Chunk[] | undefined> {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; chunks.length < MOST_PARTS;) {
    const head = await source.read(at, 8);
    if (head.length < 8) return undefined;
    const chunk = {
      type: head.toString('latin1', 4),
      from: at,
      to: at + head.readUInt32BE(0) + FRAME,
    };
    if (chunk.to > source.size) return undefined;
    chunks.push(chunk);
    if (chunk.type === 'IEND') return chunks;
    at = chunk.to;
  }
  return undefined;
}

async function isXmp({ type, from }: Chunk, source: Source): Promise<boolean> {
  if (!TEXTS.has(type)) return false;
  const start = (await source.read(from + 8, LONGEST_KEYWORD)).toString('latin1');
  return KEYWORDS.some((keyword) => start.startsWith(keyword));
}

function toChunk(packet: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(`iTXt${KEYWORD}`), PLAIN_TEXT, packet]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(named.length - 4, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
