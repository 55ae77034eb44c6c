/** JPEG: XMP is an `APP1` segment before the picture, after those that must come first. */
import { MOST_PARTS, type Source, type Splice } from './splice.ts';

interface Segment {
  readonly marker: number;
  readonly from: number;
  readonly to: number;
  /** The first bytes of its contents, by which `APP1` segments are told apart. */
  readonly start: string;
}

const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const EXTENDED_XMP = 'http://ns.adobe.com/xmp/extension/\0';
const EXIF = 'Exif\0';
const NOTHING = Buffer.alloc(0);

export async function spliceJpeg(
  source: Source,
  packet: Uint8Array,
): Promise<readonly Splice[] | undefined> {
  const start = await source.read(0, 2);
  const segments = start.toString('hex') === 'ffd8' ? await readSegments(source) : undefined;
  if (!segments) return undefined;
  const others = segments.filter((segment) => !isXmp(segment));
  const next = others.find((segment) => !isFirst(segment));
  const place = next?.from ?? 2;
  return [
    { from: place, to: place, by: toSegment(packet) },
    ...segments.filter(isXmp).map(({ from, to }) => ({ from, to, by: NOTHING })),
  ].toSorted((one, other) => one.from - other.from);
}

/** All before the picture itself. Undefined where none follows, or the file ends before. */
async function readSegments(source: Source): Promise<readonly Segment[] | undefined> {
  const segments: Segment[] = [];
  for (let at = 2; segments.length < MOST_PARTS;) {
    const segment = await readSegment(source, at);
    if (!segment || segment.marker === END_OF_IMAGE) return undefined;
    segments.push(segment);
    if (segment.marker === START_OF_SCAN) return segments;
    at = segment.to;
  }
  return undefined;
}

/** Undefined where there is no segment, or not all of it. */
async function readSegment(source: Source, from: number): Promise<Segment | undefined> {
  let at = from;
  // Any number of these may stand before a marker.
  while ((await source.read(at, 2)).toString('hex') === 'ffff') at += 1;
  const head = await source.read(at, 4 + EXTENDED_XMP.length);
  const marker = head[1];
  if (head[0] !== 0xff || marker === undefined) return undefined;
  if (isAlone(marker)) return { marker, from, to: at + 2, start: '' };
  const length = head.length < 4 ? 0 : head.readUInt16BE(2);
  const to = at + 2 + length;
  if (length < 2 || to > source.size) return undefined;
  return { marker, from, to, start: head.toString('latin1', 4, 2 + length) };
}

/** Markers without contents: nothing follows that says how long it is. */
function isAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= END_OF_IMAGE);
}

function isXmp({ marker, start }: Segment): boolean {
  return marker === APP1 && (start.startsWith(XMP) || start.startsWith(EXTENDED_XMP));
}

/** JFIF and Exif each want to be the first of all; readers know both orders. */
function isFirst({ marker, start }: Segment): boolean {
  return marker === APP0 || (marker === APP1 && start.startsWith(EXIF));
}

function toSegment(packet: Uint8Array): Uint8Array {
  const contents = Buffer.concat([Buffer.from(XMP), packet]);
  const head = Buffer.from([0xff, APP1, 0, 0]);
  head.writeUInt16BE(contents.length + 2, 2);
  return Buffer.concat([head, contents]);
}
