/** Makes of a picture one that models read: upright, sRGB, one frame, within limits, nothing else. */
import { stat } from 'node:fs/promises';
import { loadSharp } from '../../load-sharp.ts';
import { MOST_PIXELS } from './picture-limits.ts';
import type { Size } from './picture-facts.ts';

export interface Conversion {
  readonly from: string;
  /** Without an extension. */
  readonly to: string;
  readonly size: Size;
  /** JPEG quality; undefined for PNG, which loses nothing. */
  readonly quality: number | undefined;
  /** By EXIF; undefined where the file itself says how it is to be turned. */
  readonly turnBy: number | undefined;
  /** Each pixel keeps one of the values that were there: for masks. */
  readonly isMask: boolean;
}

export interface Converted extends Size {
  readonly path: string;
  readonly contentType: string;
  readonly extension: string;
  readonly bytes: number;
}

/** The library looks at it between rows. */
const TIME_SECONDS = 8;

export async function convertPicture(conversion: Conversion): Promise<Converted> {
  const { from, to, size, quality, isMask, turnBy } = conversion;
  const sharp = await loadSharp();
  const opened = sharp(from, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).timeout({
    seconds: TIME_SECONDS,
  });
  const turned = turnBy === undefined ? opened.autoOrient() : opened.rotate(turnBy);
  const kernel = isMask ? 'nearest' : 'lanczos3';
  const sized = turned.resize({ ...size, fit: 'fill', kernel }).toColourspace('srgb');
  const extension = quality === undefined ? 'png' : 'jpg';
  // Without a second look at all of it, which would hold it in memory.
  const encoded =
    quality === undefined
      ? sized.png({ compressionLevel: 6 })
      : sized.jpeg({ quality, chromaSubsampling: '4:4:4', optimiseCoding: false });
  const path = `${to}.${extension}`;
  await encoded.toFile(path);
  const contentType = quality === undefined ? 'image/png' : 'image/jpeg';
  return { ...size, path, contentType, extension, bytes: (await stat(path)).size };
}

/** Reads all of it: a header tells nothing of a file that was cut off in the middle. */
export async function unpackWhole(path: string): Promise<void> {
  const sharp = await loadSharp();
  await sharp(path, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
    .timeout({ seconds: TIME_SECONDS })
    .resize(1, 1, { fit: 'fill' })
    .raw()
    .toBuffer();
}
