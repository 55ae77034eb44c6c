/** Files that are not what they say, made here byte by byte. */
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { rawPng } from './raw-pictures.ts';

export interface TestFile {
  readonly when: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PAGE = '<!doctype html><html><script>alert(1)</script></html>';
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">';

const canvas = sharp({ create: { width: 64, height: 48, channels: 3, background: '#3377aa' } });
const photo = sharp(randomBytes(200 * 200 * 3), { raw: { width: 200, height: 200, channels: 3 } });
const png = await canvas.clone().png().toBuffer();
const jpeg = await photo.clone().jpeg({ quality: 95 }).toBuffer();
const webp = await photo.clone().webp({ quality: 95 }).toBuffer();
const gif = await canvas.clone().gif().toBuffer();

const at = (bytes: Uint8Array, share: number): Uint8Array =>
  bytes.subarray(0, Math.floor(bytes.length * share));
const text = (words: string): Uint8Array => Buffer.from(words);
const head = (hex: string): Uint8Array => Buffer.concat([Buffer.from(hex, 'hex'), randomBytes(90)]);
const called = (
  fileName: string,
  contentType: string,
  when: string,
  bytes: Uint8Array,
): TestFile => ({ when, fileName, contentType, bytes });

/** Each of them must be refused in a sentence, wherever it is attached. */
export const BAD_FILES: readonly TestFile[] = [
  called('nothing.png', 'image/png', 'nothing at all', new Uint8Array()),
  called('one.png', 'image/png', 'a single byte', text('x')),
  called('blanks.png', 'image/png', 'blanks', text(' '.repeat(500))),
  called('nulls.png', 'image/png', 'zeroes', new Uint8Array(2000)),
  called('page.png', 'image/png', 'a web page', text(PAGE)),
  called('late.jpg', 'image/jpeg', 'a web page after a comment', text(`<!-- x -->\n${PAGE}`)),
  called('half.jpg', 'image/jpeg', 'half a JPEG', at(jpeg, 0.5)),
  called('most.jpg', 'image/jpeg', 'a JPEG without its end', at(jpeg, 0.9)),
  called('half.webp', 'image/webp', 'half a WebP', at(webp, 0.5)),
  called('half.png', 'image/png', 'half a PNG', at(await photo.clone().png().toBuffer(), 0.5)),
  called('marks.png', 'image/png', 'the first bytes of a PNG', PNG_SIGNATURE),
  called('header.png', 'image/png', 'the header of a PNG', png.subarray(0, 33)),
  called(
    'bomb.png',
    'image/png',
    'a PNG of 60,000 × 60,000',
    rawPng({ width: 60_000, height: 60_000 }),
  ),
  called('flat.png', 'image/png', 'a PNG without width', rawPng({ width: 0, height: 9 })),
  called('rotten.png', 'image/png', 'a PNG with broken contents', spoil(png)),
  called('drawing.svg', 'image/svg+xml', 'an SVG', text(`${DRAWING}<rect width="9"/></svg>`)),
  called('script.svg', 'image/svg+xml', 'an SVG with a script', text(`${DRAWING}<script/></svg>`)),
  called(
    'inner.png',
    'image/png',
    'an SVG that reads a file, called PNG',
    text(`${DRAWING}<image href="file:///etc/passwd" width="9" height="9"/></svg>`),
  ),
  called('laughs.svg', 'image/svg+xml', 'an SVG with endless entities', text(toLaughs())),
  called('paper.pdf', 'application/pdf', 'a PDF', text('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF')),
  called('paper.png', 'image/png', 'a PDF called PNG', text('%PDF-1.7\n%âãÏÓ\n%%EOF')),
  called('archive.jpg', 'image/jpeg', 'a ZIP called JPEG', head('504b03041400000008')),
  called('gzip.png', 'image/png', 'a gzip called PNG', head('1f8b0800')),
  called('setup.png', 'image/png', 'a Windows program', head('4d5a90000300000004000000ffff0000')),
  called('tool.png', 'image/png', 'a Linux program', head('7f454c46020101000000000000000000')),
  called('words.png', 'image/png', 'text', text('I am a picture, honestly.')),
  called('data.json', 'application/json', 'JSON', text('{"image":true}')),
  called('script.sh', 'text/x-sh', 'a script', text('#!/bin/sh\nrm -rf /\n')),
  called('noise.png', 'image/png', '25 MB of noise', randomBytes(25 * 1024 * 1024)),
  called('song.mp3', 'audio/mpeg', 'an MP3', head('494433030000000000')),
  called('film.mp4', 'video/mp4', 'a film', head('00000018667479706d703432000000006d703432')),
  called('icon.ico', 'image/x-icon', 'an icon', head('000001000100101000000100')),
  called('scan.tiff', 'image/tiff', 'a broken TIFF', head('49492a0008000000')),
  called('page-then.png', 'image/png', 'a page that ends as a PNG', join(text(PAGE), png)),
  called('riff.webp', 'image/webp', 'a sound called WebP', head('52494646640000005741564520')),
];

/** Names that nobody gives to a file, on a file that holds no picture. */
export const BAD_NAMES: readonly TestFile[] = [
  '../../../etc/passwd.png',
  '..\\..\\windows\\system32.png',
  'gnp.\u202Eexe.png',
  'null\u0000byte.png',
  `${'n'.repeat(300)}.png`,
  '<img src=x onerror=alert(1)>.png',
  '@everyone <!channel>.png',
  '"; filename="other.png',
  'line\r\nX-Evil: 1.png',
  '...',
].map((fileName) => called(fileName, 'image/png', `a name: ${fileName}`, text('no picture')));

/** Odd, and still pictures. */
export const FINE_FILES: readonly TestFile[] = [
  called('wrong.txt', 'text/plain', 'a PNG called text', png),
  called('wrong.gif', 'image/gif', 'a JPEG called GIF', jpeg),
  called('moving.gif', 'image/gif', 'a GIF', gif),
  called('both.png', 'image/png', 'a PNG with a page behind its end', join(png, text(PAGE))),
];

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** Turns the compressed pixels around, so that nothing unpacks them. */
function spoil(bytes: Buffer): Uint8Array {
  const from = bytes.indexOf('IDAT') + 4;
  return join(
    bytes.subarray(0, from),
    bytes.subarray(from, -16).map((byte) => 255 - byte),
    bytes.subarray(-16),
  );
}

function toLaughs(): string {
  const entities = Array.from(
    { length: 12 },
    (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
  );
  return `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY l0 "ha">${entities.join('')}]>${DRAWING}<text>&l12;</text></svg>`;
}
