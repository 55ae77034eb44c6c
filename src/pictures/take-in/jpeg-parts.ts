/** JPEG: segments between markers, and scans of packed pixels (ITU T.81, annex B). */
import type { ByteReader } from './byte-reader.ts';
import {
  BrokenPictureError,
  composeOf,
  createPartList,
  type PartList,
  type PartUse,
  type PictureParts,
} from './picture-parts.ts';

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** Baseline, extended and progressive; other kinds are read by hardly any program. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
const OTHER_FRAMES = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
/** Between two segments there may be any number of them. */
const FILL = 0xff;
/** Besides frames: the tables without which no pixel can be unpacked. */
const NEEDED = new Set([0xc4, 0xdb, 0xdd, START_OF_SCAN, END_OF_IMAGE, FILL]);
/** A JFIF header without a thumbnail. */
const JFIF_BYTES = 18;
/** Programs write about ten; each takes the time of a picture. */
const MOST_SCANS = 100;
const COEFFICIENT_BYTES = 2;

interface Segment {
  readonly marker: number;
  readonly offset: number;
  readonly end: number;
}

interface Found {
  scans: number;
  orientations: number;
  /** Coefficients for each pixel. */
  share: number | undefined;
  isProgressive: boolean;
}

export async function readJpegParts(reader: ByteReader): Promise<PictureParts> {
  const list = createPartList();
  const found: Found = { scans: 0, orientations: 0, share: undefined, isProgressive: false };
  list.add('pixels', 2);
  let at = 2;
  for (;;) {
    const segment = await readSegment(reader, at, list);
    at = segment.marker === START_OF_SCAN ? await findScanEnd(reader, segment) : segment.end;
    list.add(await judge(reader, segment, found), at);
    if (segment.marker === END_OF_IMAGE) break;
  }
  if (found.share === undefined || found.scans === 0) throw new BrokenPictureError('it is empty');
  const isFollowed = at < reader.size && !(await isPhonesOwn(reader, at));
  if (at < reader.size) list.add('extra', reader.size);
  // Several scans are brought together in memory; a single one is unpacked row by row.
  const isHeld = found.isProgressive || found.scans > 1;
  const perPixel = isHeld ? found.share * COEFFICIENT_BYTES : 0;
  return {
    parts: list.parts,
    compose: composeOf(list.parts),
    isAnimated: false,
    isFollowed,
    bytesPerPixel: { toCheck: perPixel, toConvert: perPixel },
  };
}

/** Whatever lies before the marker is dropped. */
async function readSegment(reader: ByteReader, from: number, list: PartList): Promise<Segment> {
  const offset = await reader.find(0xff, from);
  if (offset === undefined) throw new BrokenPictureError('it is cut off');
  if (offset > from) list.add('extra', offset);
  const [, marker = FILL, high = 0, low = 0] = await reader.read(offset, 4);
  if (marker === FILL) return { marker, offset, end: offset + 1 };
  if (isBare(marker)) return { marker, offset, end: offset + 2 };
  const length = high * 256 + low;
  const end = offset + 2 + length;
  if (end > reader.size || length < 2) throw new BrokenPictureError('it is cut off');
  return { marker, offset, end };
}

/** Markers without a length. */
function isBare(marker: number): boolean {
  return marker < 0xc0 || (marker >= 0xd0 && marker <= END_OF_IMAGE);
}

/** Packed pixels hold no marker but restarts. */
async function findScanEnd(reader: ByteReader, { end }: Segment): Promise<number> {
  let at = end;
  for (;;) {
    const next = await reader.find(0xff, at);
    if (next === undefined) throw new BrokenPictureError('it is cut off');
    const [, marker = 0] = await reader.read(next, 2);
    if (marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return next;
    at = next + (marker === 0xff ? 1 : 2);
  }
}

async function judge(reader: ByteReader, segment: Segment, found: Found): Promise<PartUse> {
  const { marker } = segment;
  if (OTHER_FRAMES.has(marker)) throw new BrokenPictureError('it is of a rare kind');
  if (marker >= 0xe0 && marker <= 0xef) return judgeApplication(reader, segment, found);
  if (FRAMES.has(marker)) await readFrame(reader, segment, found);
  if (marker === START_OF_SCAN) found.scans += 1;
  if (found.scans > MOST_SCANS) throw new BrokenPictureError('it comes in too many scans');
  return FRAMES.has(marker) || NEEDED.has(marker) ? 'pixels' : 'extra';
}

async function judgeApplication(
  reader: ByteReader,
  { marker, offset, end }: Segment,
  found: Found,
): Promise<PartUse> {
  const name = (await reader.read(offset + 4, 12)).toString('latin1');
  if (marker === 0xe0) return end - offset <= JFIF_BYTES ? 'pixels' : 'extra';
  if (marker === 0xee && name.startsWith('Adobe')) return 'pixels';
  if (marker === 0xe2 && name.startsWith('ICC_PROFILE\0')) return 'colour';
  if (marker !== 0xe1 || !name.startsWith('Exif\0')) return 'extra';
  found.orientations += 1;
  return found.orientations === 1 ? 'orientation' : 'extra';
}

async function readFrame(
  reader: ByteReader,
  { marker, offset, end }: Segment,
  found: Found,
): Promise<void> {
  if (found.share !== undefined) throw new BrokenPictureError('it is several pictures');
  const frame = await reader.read(offset + 4, end - offset - 4);
  // Precision, height, width, number of components; then three bytes for each component.
  const samplings = [...frame.subarray(6)].filter((_, at) => at % 3 === 1);
  const areas = samplings.map((one) => (one >> 4) * (one & 15));
  const widest = Math.max(1, ...samplings.map((one) => one >> 4));
  const tallest = Math.max(1, ...samplings.map((one) => one & 15));
  found.share = areas.reduce((sum, area) => sum + area, 0) / (widest * tallest);
  found.isProgressive = marker === 0xc2;
}

/** Phones put a brighter copy, a depth map or a film behind the picture. */
async function isPhonesOwn(reader: ByteReader, at: number): Promise<boolean> {
  const start = await reader.read(at, 8);
  return start.toString('hex').startsWith('ffd8') || start.toString('latin1', 4, 8) === 'ftyp';
}
