/** Takes picture files apart and puts them together, apart from how `src` does it. */
import { crc32 } from 'node:zlib';

export interface Part {
  /** A chunk's type, or a segment's marker in hexadecimal; `scan` for a JPEG from its first scan on. */
  readonly type: string;
  readonly bytes: Buffer;
}

const XMP_STARTS = [
  'XML:com.adobe.xmp\0',
  'Raw profile type xmp\0',
  'http://ns.adobe.com/xap/1.0/\0',
  'http://ns.adobe.com/xmp/extension/\0',
];

export function isXmpPart({ type, bytes }: Part): boolean {
  if (type === 'XMP ') return true;
  const start = bytes.subarray(0, 60).toString('latin1');
  return /^(?:iTXt|tEXt|zTXt|e1)$/u.test(type) && XMP_STARTS.some((one) => start.startsWith(one));
}

export function toParts(file: Buffer): readonly Part[] {
  if (file[0] === 0x89) return toPngParts(file);
  return file[0] === 0xff ? toJpegParts(file) : toWebpParts(file);
}

/** Checks each checksum on the way. */
function toPngParts(file: Buffer): readonly Part[] {
  const parts: Part[] = [];
  let at = 8;
  while (parts.at(-1)?.type !== 'IEND') {
    const end = at + 8 + file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) {
      throw new Error(`${type} has a wrong checksum`);
    }
    parts.push({ type, bytes: file.subarray(at + 8, end) });
    at = end + 4;
  }
  return [...parts, { type: 'rest', bytes: file.subarray(at) }];
}

function toJpegParts(file: Buffer): readonly Part[] {
  const parts: Part[] = [];
  let at = 2;
  while (file[at + 1] !== 0xda) {
    if (file[at] !== 0xff) throw new Error(`no marker at ${at}`);
    if (file[at + 1] === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + file.readUInt16BE(at + 2);
    parts.push({ type: file.toString('hex', at + 1, at + 2), bytes: file.subarray(at + 4, end) });
    at = end;
  }
  return [...parts, { type: 'scan', bytes: file.subarray(at) }];
}

/** Checks the size and the padding on the way. */
function toWebpParts(file: Buffer): readonly Part[] {
  const parts: Part[] = [];
  const end = 8 + file.readUInt32LE(4);
  let at = 12;
  while (at < end) {
    const [from, length] = [at + 8, file.readUInt32LE(at + 4)];
    if (length % 2 === 1 && file[from + length] !== 0) throw new Error(`no padding at ${at}`);
    const bytes = file.subarray(from, from + length);
    parts.push({ type: file.toString('latin1', at, at + 4), bytes });
    at = from + length + (length % 2);
  }
  if (at !== end) throw new Error('the size is wrong');
  return [...parts, { type: 'rest', bytes: file.subarray(end) }];
}

export function toPng(parts: readonly Part[]): Buffer {
  const chunks = parts.map(({ type, bytes }) => {
    if (type === 'rest') return bytes;
    const named = Buffer.concat([Buffer.from(type, 'latin1'), bytes]);
    return Buffer.concat([toBytes(bytes.length, 'BE'), named, toBytes(crc32(named), 'BE')]);
  });
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}

export function toJpeg(parts: readonly Part[]): Buffer {
  const segments = parts.map(({ type, bytes }) => {
    if (type === 'scan') return bytes;
    const length = toBytes(bytes.length + 2, 'BE').subarray(2);
    return Buffer.concat([Buffer.from(`ff${type}`, 'hex'), length, bytes]);
  });
  return Buffer.concat([Buffer.from('ffd8', 'hex'), ...segments]);
}

export function toWebp(parts: readonly Part[]): Buffer {
  const chunks = parts.map(({ type, bytes }) => {
    const padding = Buffer.alloc(bytes.length % 2);
    return Buffer.concat([Buffer.from(type), toBytes(bytes.length, 'LE'), bytes, padding]);
  });
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  return Buffer.concat([Buffer.from('RIFF'), toBytes(body.length, 'LE'), body]);
}

/** An uncompressed `iTXt` chunk, as XMP's specification wants it. */
export function toXmpChunk(packet: Uint8Array): Part {
  return { type: 'iTXt', bytes: Buffer.concat([Buffer.from(`${XMP_STARTS[0]}\0\0\0\0`), packet]) };
}

/** Puts parts behind the first one of a type. */
export function insertAfter(
  parts: readonly Part[],
  type: string,
  ...more: readonly Part[]
): readonly Part[] {
  const at = parts.findIndex((part) => part.type === type) + 1;
  return [...parts.slice(0, at), ...more, ...parts.slice(at)];
}

function toBytes(value: number, order: 'BE' | 'LE'): Buffer {
  const bytes = Buffer.alloc(4);
  if (order === 'BE') bytes.writeUInt32BE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
}
