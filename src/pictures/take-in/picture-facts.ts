/** What the header of a picture says, and what that means for unpacking it. */
import { loadSharp } from '../../load-sharp.ts';
import type { PictureParts } from './picture-parts.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface HeaderFacts {
  readonly contentType: string;
  /** As its rows lie in the file. */
  readonly stored: Size;
  /** As people see it. */
  readonly upright: Size;
  /** 1 to 8, by EXIF; 1 is upright. */
  readonly orientation: number;
  readonly hasAlpha: boolean;
  /** Whether its numbers mean plain sRGB of 8 bits. */
  readonly isPlainColour: boolean;
  readonly frames: number;
  readonly channels: number;
  readonly sampleBytes: number;
}

/** Throws what the library throws. Unpacks nothing. */
export async function readHeader(path: string, contentType: string): Promise<HeaderFacts> {
  const sharp = await loadSharp();
  // Judged by whoever asks: here only the header is read.
  const found = await sharp(path, { limitInputPixels: false }).metadata();
  const { width, height, orientation = 1, hasProfile, space, depth, hasAlpha, channels } = found;
  const isTurned = orientation >= 5;
  return {
    contentType,
    stored: { width, height },
    upright: isTurned ? { width: height, height: width } : { width, height },
    orientation,
    hasAlpha,
    isPlainColour: !hasProfile && depth === 'uchar' && (space === 'srgb' || space === 'b-w'),
    frames: found.pages ?? 1,
    channels,
    sampleBytes: depth === 'uchar' ? 1 : 2,
  };
}

/** Measured, for formats that are not taken apart. */
const AVIF_BYTES = 19;
const GIF_BYTES = 6;
/** Rows that are held while a picture becomes a smaller one. */
const ROWS = 1600;

/**
 * How much memory it takes to unpack the picture, to become one of `target` if that is given.
 * Estimated from measurements of every format.
 */
export function toMemoryBytes(
  facts: HeaderFacts,
  parts: PictureParts | undefined,
  target: Size | undefined,
): number {
  const { stored, channels, sampleBytes, contentType } = facts;
  const pixels = stored.width * stored.height;
  const perPixel = parts ? parts.bytesPerPixel[target ? 'toConvert' : 'toCheck'] : toWhole(facts);
  const rows = isShrunkEarly(contentType) ? ROWS / 2 : ROWS;
  const rowBytes = Math.min(pixels, stored.width * rows) * channels * sampleBytes;
  return Math.max(pixels * perPixel, rowBytes) + toTurning(facts, target);
}

function toWhole({ contentType, channels, sampleBytes }: HeaderFacts): number {
  if (contentType === 'image/avif') return AVIF_BYTES;
  // A single strip of a TIFF may hold all of it.
  return contentType === 'image/gif' ? GIF_BYTES : channels * sampleBytes;
}

/** Turning takes the whole picture at once, shrunk already where the format allows. */
function toTurning(facts: HeaderFacts, target: Size | undefined): number {
  const { stored, orientation, channels, contentType } = facts;
  // A mirrored row is still a row.
  if (!target || orientation <= 2) return 0;
  const pixels = stored.width * stored.height;
  const shrunk = isShrunkEarly(contentType) ? 4 * target.width * target.height : pixels;
  return Math.min(pixels, shrunk) * channels;
}

function isShrunkEarly(contentType: string): boolean {
  return contentType === 'image/jpeg' || contentType === 'image/webp';
}
