/** Pictures of every kind that a recipe is stamped on, made by sharp or bent by hand. */
import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import {
  insertAfter,
  toJpeg,
  toParts,
  toPng,
  toWebp,
  toXmpChunk,
  type Part,
} from './picture-parts.ts';

export interface StampablePicture {
  readonly kind: string;
  readonly bytes: Buffer;
}

const OLD_XMP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>';
const EXIF = { IFD0: { Copyright: 'Somebody' }, IFD3: { GPSLatitudeRef: 'N' } };
const EXIF_SEGMENT = toPart('e1', 'Exif\0\0MM\0*\0\0\0\b\0\0\0\0\0\0');
const [WIDTH, HEIGHT] = [61, 47];

const colour = toDrawing(3);
const alpha = toDrawing(4);
const grey = colour.clone().greyscale().toColourspace('b-w');

const png = await colour.clone().png().toBuffer();
const bareJpeg = await colour.clone().jpeg().toBuffer();
const jpeg = toJpeg([
  toPart('e0', 'JFIF\0\u0001\u0002\0\0\u0001\0\u0001\0\0'),
  ...toParts(bareJpeg),
]);
const lossy = await colour.clone().webp().toBuffer();
const lossless = await alpha.clone().webp({ lossless: true }).toBuffer();

export const PNGS: readonly StampablePicture[] = [
  { kind: 'plain', bytes: png },
  { kind: 'with alpha', bytes: await alpha.clone().png().toBuffer() },
  { kind: 'grey', bytes: await grey.clone().png().toBuffer() },
  { kind: 'with a palette', bytes: await colour.clone().png({ palette: true }).toBuffer() },
  {
    kind: 'of 16 bits',
    bytes: await colour.clone().toColourspace('rgb16').png().toBuffer(),
  },
  { kind: 'interlaced', bytes: await alpha.clone().png({ progressive: true }).toBuffer() },
  {
    kind: 'with ICC, Exif and a density',
    bytes: await colour
      .clone()
      .withMetadata({ density: 300 })
      .withExif(EXIF)
      .withIccProfile('p3')
      .png()
      .toBuffer(),
  },
  { kind: 'with XMP', bytes: await colour.clone().withXmp(OLD_XMP).png().toBuffer() },
  {
    kind: 'with XMP as ImageMagick writes it',
    bytes: bendPng('IHDR', toPart('zTXt', `Raw profile type xmp\0\0${OLD_XMP}`)),
  },
  { kind: 'with XMP behind the picture', bytes: bendPng('IDAT', toXmpChunk(Buffer.from(OLD_XMP))) },
  { kind: 'with compressed XMP', bytes: bendPng('IHDR', toPackedXmp()) },
  {
    kind: 'with XMP three times',
    bytes: bendPng('IHDR', ...Array.from({ length: 3 }, () => toXmpChunk(Buffer.from(OLD_XMP)))),
  },
  {
    kind: 'with texts',
    bytes: bendPng(
      'IHDR',
      toPart('tEXt', 'Software\0Something'),
      toPart('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('words')])),
      toPart('iTXt', 'Title\0\0\0en\0Title\0words'),
    ),
  },
  { kind: 'with a C2PA manifest', bytes: bendPng('IHDR', toPart('caBX', 'sealed'.repeat(900))) },
  { kind: 'with hundreds of chunks', bytes: toPng(toParts(png).flatMap(splitPixels)) },
  { kind: 'with bytes behind its end', bytes: Buffer.concat([png, Buffer.from('more')]) },
  { kind: 'animated', bytes: toAnimation() },
];

export const JPEGS: readonly StampablePicture[] = [
  { kind: 'plain', bytes: jpeg },
  { kind: 'progressive', bytes: await colour.clone().jpeg({ progressive: true }).toBuffer() },
  { kind: 'by mozjpeg', bytes: await colour.clone().jpeg({ mozjpeg: true }).toBuffer() },
  { kind: 'grey', bytes: await grey.clone().jpeg().toBuffer() },
  { kind: 'CMYK', bytes: await colour.clone().toColourspace('cmyk').jpeg().toBuffer() },
  {
    kind: 'with Exif and an orientation',
    bytes: await colour
      .clone()
      .withMetadata({ orientation: 6 })
      .withExifMerge(EXIF)
      .jpeg()
      .toBuffer(),
  },
  { kind: 'with ICC', bytes: await colour.clone().withIccProfile('p3').jpeg().toBuffer() },
  {
    kind: 'with XMP',
    bytes: await colour.clone().withExif(EXIF).withXmp(OLD_XMP).jpeg().toBuffer(),
  },
  { kind: 'with extended XMP', bytes: toExtended() },
  {
    kind: 'with XMP before Exif',
    bytes: toJpeg([toXmpSegment(), EXIF_SEGMENT, ...toParts(bareJpeg)]),
  },
  { kind: 'without JFIF', bytes: bareJpeg },
  { kind: 'with JFIF and Exif', bytes: bendJpeg('e0', EXIF_SEGMENT) },
  { kind: 'with a comment first', bytes: toJpeg([toPart('fe', 'words'), ...toParts(jpeg)]) },
  { kind: 'with a C2PA manifest', bytes: bendJpeg('e0', toPart('eb', 'JP\0\0sealed'.repeat(99))) },
  { kind: 'with filling bytes', bytes: toFilled() },
  { kind: 'with bytes behind its end', bytes: Buffer.concat([jpeg, Buffer.from('more')]) },
];

export const WEBPS: readonly StampablePicture[] = [
  { kind: 'lossy', bytes: lossy },
  { kind: 'lossy with alpha', bytes: await alpha.clone().webp().toBuffer() },
  { kind: 'lossless', bytes: await colour.clone().webp({ lossless: true }).toBuffer() },
  { kind: 'lossless with alpha', bytes: lossless },
  { kind: 'animated', bytes: await toFilm(colour) },
  { kind: 'animated with alpha', bytes: await toFilm(alpha) },
  { kind: 'with Exif', bytes: await colour.clone().withExif(EXIF).webp().toBuffer() },
  { kind: 'with ICC', bytes: await alpha.clone().withIccProfile('p3').webp().toBuffer() },
  { kind: 'with XMP', bytes: await colour.clone().withXmp(OLD_XMP).webp().toBuffer() },
  {
    kind: 'with XMP, Exif, ICC and alpha',
    bytes: await alpha
      .clone()
      .withExif(EXIF)
      .withIccProfile('p3')
      .withXmp(OLD_XMP)
      .webp({ lossless: true })
      .toBuffer(),
  },
  {
    kind: 'with a C2PA manifest at its end',
    bytes: toWebp([
      ...toParts(await colour.clone().withExif(EXIF).webp().toBuffer()).slice(0, -1),
      toPart('C2PA', 'sealed!'.repeat(99)),
    ]),
  },
  { kind: 'with bytes behind its end', bytes: Buffer.concat([lossy, Buffer.from('more')]) },
];

/** Its last chunk is of odd length, and nothing follows. */
export const UNPADDED_WEBP = toUnpadded();

function toDrawing(channels: 3 | 4): Sharp {
  const raw = Buffer.from(
    Array.from({ length: WIDTH * HEIGHT * channels }, (_, at) => (at * at * 7 + at / 3) % 251),
  );
  return sharp(raw, { raw: { width: WIDTH, height: HEIGHT, channels } });
}

function toPart(type: string, contents: string | Buffer): Part {
  return { type, bytes: Buffer.from(contents) };
}

function bendPng(after: string, ...more: readonly Part[]): Buffer {
  return toPng(insertAfter(toParts(png), after, ...more));
}

function bendJpeg(after: string, ...more: readonly Part[]): Buffer {
  return toJpeg(insertAfter(toParts(jpeg), after, ...more));
}

function toPackedXmp(): Part {
  const head = Buffer.from('XML:com.adobe.xmp\0\u0001\0\0\0');
  return { type: 'iTXt', bytes: Buffer.concat([head, deflateSync(OLD_XMP)]) };
}

function splitPixels({ type, bytes }: Part): readonly Part[] {
  if (type !== 'IDAT') return [{ type, bytes }];
  const pieces = Math.ceil(bytes.length / 16);
  return Array.from({ length: pieces }, (_, at) => {
    return { type, bytes: bytes.subarray(at * 16, (at + 1) * 16) };
  });
}

/** Two frames of the same picture. */
function toAnimation(): Buffer {
  const parts = toParts(png);
  const pixels = parts.find(({ type }) => type === 'IDAT')!.bytes;
  const second = Buffer.concat([Buffer.of(0, 0, 0, 2), pixels]);
  const control = Buffer.of(0, 0, 0, 2, 0, 0, 0, 0);
  const begun = insertAfter(parts, 'IHDR', { type: 'acTL', bytes: control }, toFrame(0));
  return toPng(insertAfter(begun, 'IDAT', toFrame(1), { type: 'fdAT', bytes: second }));
}

function toFrame(number: number): Part {
  const bytes = Buffer.alloc(26);
  [number, WIDTH, HEIGHT].forEach((value, at) => bytes.writeUInt32BE(value, at * 4));
  bytes.writeUInt16BE(1, 20);
  bytes.writeUInt16BE(10, 22);
  return { type: 'fcTL', bytes };
}

function toXmpSegment(): Part {
  return toPart('e1', `http://ns.adobe.com/xap/1.0/\0${OLD_XMP}`);
}

function toExtended(): Buffer {
  const id = `${'0'.repeat(32)}\0\0\u0001\0\0\0\0\0`;
  const more = toPart('e1', `http://ns.adobe.com/xmp/extension/\0${id}${'x'.repeat(40_000)}`);
  return bendJpeg('e0', toXmpSegment(), more, more);
}

/** Any number of 0xFF may stand before a marker. */
function toFilled(): Buffer {
  const at = 2 + 2 + jpeg.readUInt16BE(4);
  return Buffer.concat([jpeg.subarray(0, at), Buffer.alloc(5, 0xff), jpeg.subarray(at)]);
}

async function toFilm(drawing: Sharp): Promise<Buffer> {
  const still = await drawing.clone().png().toBuffer();
  const other = await drawing.clone().negate({ alpha: false }).png().toBuffer();
  return sharp([still, other, still], { join: { animated: true } })
    .webp({ delay: [100, 200, 300], loop: 2 })
    .toBuffer();
}

function toUnpadded(): Buffer {
  const parts = toParts(lossless).slice(0, -1);
  const picture = parts.at(-1)!.bytes;
  const odd = picture.length % 2 === 1 ? picture : Buffer.concat([picture, Buffer.of(0)]);
  const file = toWebp([{ type: 'VP8L', bytes: odd }]).subarray(0, -1);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}
