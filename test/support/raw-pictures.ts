/** Picture files put together byte by byte: what no honest program writes. */
import { crc32, deflateSync } from 'node:zlib';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export interface RawPng {
  readonly width: number;
  readonly height: number;
  /** 0 grey, 2 colours, 6 colours and alpha. */
  readonly colour?: 0 | 2 | 6;
  readonly depth?: 1 | 8 | 16;
  readonly interlaced?: boolean;
  /** Before it is packed; 4 KB of nothing unless told. */
  readonly rows?: Buffer;
  /** Between the header and the pixels. */
  readonly extra?: readonly Buffer[];
}

export function rawPng(png: RawPng): Buffer {
  const { width, height, colour = 2, depth = 8, interlaced = false, extra = [] } = png;
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  const body = pngChunk('IDAT', deflateSync(png.rows ?? Buffer.alloc(4096), { level: 1 }));
  const end = pngChunk('IEND', Buffer.alloc(0));
  return Buffer.concat([PNG_SIGNATURE, pngChunk('IHDR', size), ...extra, body, end]);
}

export function pngChunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** Puts chunks behind a PNG's header. */
export function withChunks(png: Buffer, ...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

/** Words that unpack to `bytes` bytes. */
export function packedWords(bytes: number): Buffer {
  return deflateSync(Buffer.alloc(bytes, 65), { level: 1 });
}

/** `FF xx`, length, content. */
export function jpegSegment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** Puts segments behind the first two bytes. */
export function withSegments(jpeg: Buffer, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** The same pixels under a header that claims another size. */
export function claimJpegSize(jpeg: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(jpeg);
  const at = copy.findIndex(
    (byte, place) => byte === 0xff && [0xc0, 0xc2].includes(copy[place + 1] ?? 0),
  );
  copy.writeUInt16BE(height, at + 5);
  copy.writeUInt16BE(width, at + 7);
  return copy;
}

export function riffChunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

export function rawWebp(...chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP'), ...chunks]);
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** The extended header: flags, and the canvas less one in three bytes each. */
export function webpCanvas(flags: number, width: number, height: number): Buffer {
  const content = Buffer.alloc(10);
  content[0] = flags;
  content.writeUIntLE(width - 1, 4, 3);
  content.writeUIntLE(height - 1, 7, 3);
  return riffChunk('VP8X', content);
}

/** A GIF of single red pixels on a canvas of any size. */
export function rawGif(width: number, height: number, frames: number): Buffer {
  const screen = Buffer.alloc(13);
  screen.write('GIF89a', 'latin1');
  screen.writeUInt16LE(width, 6);
  screen.writeUInt16LE(height, 8);
  screen[10] = 0x80;
  const palette = Buffer.from([255, 0, 0, 0, 0, 255]);
  const frame = Buffer.alloc(10);
  frame[0] = 0x2c;
  frame.writeUInt16LE(width, 5);
  frame.writeUInt16LE(height, 7);
  const control = Buffer.from('21f904000a000000', 'hex');
  const pixels = Buffer.from('0202440100', 'hex');
  const one = Buffer.concat([control, frame, pixels]);
  return Buffer.concat([
    screen,
    palette,
    ...Array.from({ length: frames }, () => one),
    Buffer.of(0x3b),
  ]);
}

/** One strip that claims to be everything. */
export function rawTiff(width: number, height: number): Buffer {
  const strip = deflateSync(Buffer.alloc(4096));
  const entries: readonly (readonly [tag: number, type: 3 | 4, value: number])[] = [
    [256, 4, width],
    [257, 4, height],
    [258, 3, 8],
    [259, 3, 8],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 4, height],
    [279, 4, strip.length],
  ];
  const head = Buffer.from('49492a0000000000', 'hex');
  head.writeUInt32LE(8 + strip.length, 4);
  const count = Buffer.alloc(2);
  count.writeUInt16LE(entries.length);
  const table = entries.map(([tag, type, value]) => {
    const entry = Buffer.alloc(12);
    entry.writeUInt16LE(tag, 0);
    entry.writeUInt16LE(type, 2);
    entry.writeUInt32LE(1, 4);
    entry.writeUInt32LE(value, 8);
    return entry;
  });
  return Buffer.concat([head, strip, count, ...table, Buffer.alloc(4)]);
}
