/** Attachments that mean harm, or are broken, made here; what each must come to. */
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import {
  claimJpegSize,
  jpegSegment,
  packedWords,
  pngChunk,
  rawGif,
  rawPng,
  rawTiff,
  rawWebp,
  riffChunk,
  webpCanvas,
  withChunks,
  withSegments,
} from './raw-pictures.ts';

export interface HostileFile {
  readonly when: string;
  readonly fileName: string;
  readonly bytes: () => Buffer | Promise<Buffer>;
  /** A sentence that refuses it; undefined for what is used after all, without its sting. */
  readonly refused: RegExp | undefined;
  /** What a person is told of a file that is used. */
  readonly note?: RegExp;
}

/** Must be in nothing that goes to fal. */
export const STING = 'onmouseover=alert(document.cookie)';

const upTo = (bytes: Buffer, share: number): Buffer =>
  bytes.subarray(0, Math.floor(bytes.length * share));
const words = (text: string): Buffer => Buffer.from(text);
const magic = (hex: string): Buffer => Buffer.concat([Buffer.from(hex, 'hex'), randomBytes(300)]);
const many = (count: number, item: Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, () => item));
const sting = Buffer.from(`<script>${STING}</script>`);
const photo = sharp(randomBytes(300 * 200 * 3), { raw: { width: 300, height: 200, channels: 3 } });
const png = await photo.clone().png().toBuffer();
const jpeg = await photo.clone().jpeg({ quality: 90 }).toBuffer();
const progressive = await photo.clone().jpeg({ progressive: true }).toBuffer();
const webp = await photo.clone().webp().toBuffer();
const lossless = await photo.clone().webp({ lossless: true }).toBuffer();
const gif = await photo.clone().gif().toBuffer();
const avif = await photo.clone().avif({ effort: 0 }).toBuffer();

const manyWords = packedWords(300_000_000);
const someWords = pngChunk('zTXt', Buffer.concat([words('Comment\0\0'), packedWords(7_900_000)]));

/** Eight pixels to the byte. */
const blank = { colour: 0, depth: 1 } as const;

const CUT_OFF = /damaged or cut off/u;
const TOO_MANY = /more pixels than can be read here/u;
const TOO_MUCH = /too large for a file of its kind/u;
const NOT_ONE = /is not a picture that can be read/u;

function bad(
  fileName: string,
  when: string,
  refused: RegExp,
  bytes: () => Buffer | Promise<Buffer>,
): HostileFile {
  return { fileName, when, refused, bytes };
}

function defused(
  fileName: string,
  when: string,
  bytes: () => Buffer | Promise<Buffer>,
  note?: RegExp,
): HostileFile {
  return { fileName, when, refused: undefined, bytes, ...(note && { note }) };
}

const BOMBS: readonly HostileFile[] = [
  bad('claim.png', 'a PNG that claims 20,000 × 20,000', TOO_MANY, () =>
    rawPng({ width: 20_000, height: 20_000 }),
  ),
  bad('largest.png', 'a PNG of 65,535 × 65,535', TOO_MANY, () =>
    rawPng({ width: 65_535, height: 65_535 }),
  ),
  bad('line.png', 'a PNG of 200,000,000 × 1', CUT_OFF, () =>
    rawPng({ width: 199_999_999, height: 1 }),
  ),
  bad('real.png', 'a real PNG of 20,000 × 20,000', TOO_MANY, () =>
    rawPng({ ...blank, width: 20_000, height: 20_000, rows: Buffer.alloc(20_000 * 2501) }),
  ),
  bad('real.jpg', 'a real JPEG of 20,000 × 20,000', TOO_MANY, () =>
    sharp({
      create: { width: 20_000, height: 20_000, channels: 3, background: 'red' },
      limitInputPixels: false,
    })
      .jpeg({ optimiseCoding: false })
      .toBuffer(),
  ),
  defused(
    'inflates.png',
    'a PNG of 110 KB that unpacks to 196 million pixels',
    () => rawPng({ ...blank, width: 14_000, height: 14_000, rows: Buffer.alloc(14_000 * 1751) }),
    /scaled from 14000×14000 to 5000×5000/u,
  ),
  bad('woven.png', 'an interlaced PNG of 14,000 × 14,000', TOO_MUCH, () =>
    rawPng({ width: 14_000, height: 14_000, interlaced: true }),
  ),
  bad('overfull.png', 'a PNG of 10 × 10 with 50 MB of pixels', CUT_OFF, () =>
    rawPng({ width: 10, height: 10, rows: Buffer.alloc(50_000_000) }),
  ),
  bad('words.png', 'a PNG with words that unpack to 300 MB', CUT_OFF, () =>
    withChunks(png, pngChunk('zTXt', Buffer.concat([words('Comment\0\0'), manyWords]))),
  ),
  bad('more-words.png', 'a PNG with 900 texts of 8 MB', CUT_OFF, () =>
    withChunks(png, many(900, someWords)),
  ),
  bad('itxt.png', 'a PNG with international words that unpack to 300 MB', CUT_OFF, () =>
    withChunks(png, pngChunk('iTXt', Buffer.concat([words('Comment\0\u0001\0\0\0'), manyWords]))),
  ),
  bad('profile.png', 'a PNG with a colour profile that unpacks to 300 MB', CUT_OFF, () =>
    withChunks(png, pngChunk('iCCP', Buffer.concat([words('icc\0\0'), manyWords]))),
  ),
  bad('crumbs.png', 'a PNG in 200,000 pieces', CUT_OFF, () =>
    withChunks(png, many(200_000, pngChunk('tEXt', words('a\0')))),
  ),
  bad('claim.jpg', 'a JPEG that claims 65,000 × 65,000', TOO_MANY, () =>
    claimJpegSize(jpeg, 65_000, 65_000),
  ),
  bad('held.jpg', 'a progressive JPEG that claims 14,000 × 14,000', TOO_MUCH, () =>
    claimJpegSize(progressive, 14_000, 14_000),
  ),
  bad('scans.jpg', 'a JPEG with 50,000 scans', CUT_OFF, () =>
    Buffer.concat([
      progressive.subarray(0, -2),
      many(50_000, Buffer.from('ffda0008010100013f00', 'hex')),
      progressive.subarray(-2),
    ]),
  ),
  bad('segments.jpg', 'a JPEG with 300,000 comments', CUT_OFF, () =>
    withSegments(jpeg, many(300_000, jpegSegment(0xfe, Buffer.alloc(0)))),
  ),
  bad('canvas.webp', 'a WebP whose canvas has 16 million × 16 million pixels', CUT_OFF, () =>
    rawWebp(webpCanvas(0, 16_000_000, 16_000_000), webp.subarray(12)),
  ),
  bad('claim.webp', 'a lossless WebP that claims 16,383 × 16,383', CUT_OFF, () => {
    const copy = Buffer.from(lossless);
    copy.writeUInt32LE((copy.readUInt32LE(21) & 0xf0_00_00_00) + 0x0f_ff_ff_fe, 21);
    return copy;
  }),
  defused(
    'frames.webp',
    'a WebP with 10,000 frames',
    () =>
      rawWebp(
        webpCanvas(2, 300, 200),
        riffChunk('ANIM', Buffer.alloc(6)),
        many(10_000, shortFrame()),
      ),
    /moves: its first frame was used/u,
  ),
  defused('frames.gif', 'a GIF with 10,000 frames', () => rawGif(1, 1, 10_000), /moves/u),
  bad('claim.gif', 'a GIF of 65,535 × 65,535', TOO_MANY, () => rawGif(65_535, 65_535, 1)),
  bad('strip.tiff', 'a TIFF with one strip of 14,000 × 14,000', TOO_MUCH, () =>
    rawTiff(14_000, 14_000),
  ),
  bad('claim.avif', 'an AVIF that claims 60,000 × 60,000', /damaged|more pixels|too large/u, () => {
    const copy = Buffer.from(avif);
    const at = copy.indexOf('ispe') + 8;
    copy.writeUInt32BE(60_000, at);
    copy.writeUInt32BE(60_000, at + 4);
    return copy;
  }),
];

const POLYGLOTS: readonly HostileFile[] = [
  defused(
    'page.png',
    'a PNG with a page behind it',
    () => Buffer.concat([png, sting]),
    /only the picture was used/u,
  ),
  defused('php.png', 'a PNG with a script among its words', () =>
    withChunks(png, pngChunk('tEXt', Buffer.concat([words('Comment\0'), sting]))),
  ),
  defused(
    'archive.jpg',
    'a JPEG with a ZIP behind it',
    () => Buffer.concat([jpeg, magic('504b0304'), sting]),
    /only the picture was used/u,
  ),
  defused('comment.jpg', 'a JPEG with a script for its comment', () =>
    withSegments(jpeg, jpegSegment(0xfe, sting)),
  ),
  defused('paper.jpg', 'a JPEG that is a PDF too', () =>
    withSegments(jpeg, jpegSegment(0xfe, Buffer.concat([words('%PDF-1.7\n'), sting]))),
  ),
  bad('paper.pdf', 'a PDF that is a JPEG too', /is a PDF/u, () =>
    Buffer.concat([words('%PDF-1.7\n'), sting, jpeg]),
  ),
  defused(
    'page.webp',
    'a WebP with a page behind it',
    () => Buffer.concat([webp, sting]),
    /only the picture was used/u,
  ),
  bad('script.gif', 'a GIF that is a script too', NOT_ONE, () =>
    words(`GIF89a/*${'\0'.repeat(20)}*/=1;${STING}//`),
  ),
  defused('page.gif', 'a GIF with a page behind it', () => Buffer.concat([gif, sting])),
];

const WRONG_TYPES: readonly HostileFile[] = [
  bad('nothing.png', 'no bytes', /empty/u, () => Buffer.alloc(0)),
  bad('one.png', 'one byte', NOT_ONE, () => words('x')),
  bad('setup.png', 'a Windows program', NOT_ONE, () => magic('4d5a90000300000004000000ffff0000')),
  bad('login.png', 'a login page', /web page/u, () => words(`<!doctype html>${STING}`)),
  bad('film.png', 'a film', /it is a video/u, () =>
    magic('00000018667479706d703432000000006d703432'),
  ),
  bad('song.png', 'a sound', NOT_ONE, () => magic('494433030000000000')),
  bad('photo.heic', 'a HEIC photo', /HEIC/u, () =>
    magic('0000001866747970686569630000000068656963'),
  ),
  bad('layers.psd', 'a Photoshop file', /Photoshop/u, () => magic('384250530001000000000000')),
  bad('paint.bmp', 'a BMP', /BMP/u, () => magic('424d3600000000000000360000002800')),
  bad('paper.png', 'a PDF called PNG', /is a PDF/u, () => words('%PDF-1.7\n%âãÏÓ\n%%EOF')),
  bad('script.svg', 'an SVG with a script', /SVG/u, () => svg(`<script>${STING}</script>`)),
  bad('entity.svg', 'an SVG that reads a file', NOT_ONE, () =>
    words(
      `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>').toString()}`,
    ),
  ),
  bad('outside.png', 'an SVG that fetches a picture', /SVG|not a picture/u, () =>
    svg('<image href="http://169.254.169.254/latest" width="9" height="9"/>'),
  ),
];

const TRUNCATED: readonly HostileFile[] = [
  bad('signature.png', 'the first bytes of a PNG', NOT_ONE, () => png.subarray(0, 8)),
  bad('header.png', 'the header of a PNG', NOT_ONE, () => png.subarray(0, 33)),
  bad('half.png', 'half a PNG', CUT_OFF, () => upTo(png, 0.5)),
  bad('most.png', 'a PNG without its end', CUT_OFF, () => png.subarray(0, -4)),
  bad('spoilt.png', 'a PNG with a hole in its pixels', CUT_OFF, () =>
    Buffer.from(png).fill(0, 9000, 9500),
  ),
  bad('half.jpg', 'half a JPEG', CUT_OFF, () => upTo(jpeg, 0.5)),
  bad('most.jpg', 'a JPEG without its end', CUT_OFF, () => jpeg.subarray(0, -2)),
  // Grey from the middle on, as every program shows it.
  defused('closed.jpg', 'half a JPEG that is closed all the same', () =>
    Buffer.concat([upTo(jpeg, 0.5), Buffer.from('ffd9', 'hex')]),
  ),
  bad('half.webp', 'half a WebP', CUT_OFF, () => upTo(webp, 0.5)),
  bad('liar.webp', 'a WebP that says to have 4 GB', CUT_OFF, () => {
    const copy = Buffer.from(webp);
    copy.writeUInt32LE(0xff_ff_ff_f0, 4);
    return copy;
  }),
  bad('half.gif', 'half a GIF', CUT_OFF, () => upTo(gif, 0.5)),
  bad('half.avif', 'half an AVIF', CUT_OFF, () => upTo(avif, 0.5)),
  bad('broken.tiff', 'a broken TIFF', NOT_ONE, () => magic('49492a0008000000')),
];

export const HOSTILE_FILES: readonly HostileFile[] = [
  ...BOMBS,
  ...POLYGLOTS,
  ...WRONG_TYPES,
  ...TRUNCATED,
];

/** A picture that nothing is wrong with. */
export const HARMLESS = png;

function svg(inside: string): Buffer {
  return words(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${inside}</svg>`);
}

/** A whole frame of one red pixel. */
function shortFrame(): Buffer {
  const pixel = Buffer.from('2f00000010071011118888fe0700', 'hex');
  return riffChunk('ANMF', Buffer.concat([Buffer.alloc(16), riffChunk('VP8L', pixel)]));
}
