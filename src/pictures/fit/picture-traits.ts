/** What decides how a picture is best made smaller. */
import { openPicture } from '../../media.ts';
import type { FittingFile } from './attempts.ts';

export interface Traits {
  /** As it is looked at. */
  readonly width: number;
  /** True where something can be seen through; an alpha channel alone is not enough. */
  readonly hasAlpha: boolean;
  /** True where there are more pictures in it than the first, which is all that stays. */
  readonly isMoving: boolean;
  /** True where its colours mean something in its own profile, which then must stay with them. */
  readonly hasOwnColours: boolean;
  /** Whether it may become this small without any loss. */
  mayPackTo(maxBytes: number): boolean;
}

/** Types that are stored without loss, so that packing them better loses nothing. */
const LOSSLESS = new Set(['image/png', 'image/apng', 'image/gif', 'image/bmp', 'image/tiff']);
/** What was packed at all has no more than this to win. */
const MOST_WON = 1.15;
/** Hardly fewer bytes than the pixels have: nobody packed it. */
const UNPACKED = 0.97;
const OPAQUE = 255;

/** Undefined for what cannot be read as a picture. */
export async function readTraits(file: FittingFile): Promise<Traits | undefined> {
  const { path, contentType, bytes } = file;
  try {
    const picture = await openPicture(path);
    const { width, height, channels, depth, space, ...found } = await picture.metadata();
    const isDeep = depth !== 'uchar';
    const isPacked = bytes < width * height * channels * UNPACKED;
    const isMoving = contentType === 'image/apng' || (found.pages ?? 1) > 1;
    return {
      width: found.autoOrient.width,
      hasAlpha: found.hasAlpha && !(await isOpaque(path)),
      isMoving,
      hasOwnColours: found.hasProfile && (space === 'srgb' || space === 'rgb16'),
      // No screen shows more than 8 bits of a channel, so half of a deep picture is for nobody.
      mayPackTo: (maxBytes) =>
        LOSSLESS.has(contentType) &&
        (isMoving || isDeep || !isPacked || bytes <= maxBytes * MOST_WON),
    };
  } catch {
    return undefined;
  }
}

async function isOpaque(path: string): Promise<boolean> {
  const alpha = (await openPicture(path)).ensureAlpha().extractChannel('alpha');
  const values = await alpha.toColourspace('b-w').raw().toBuffer();
  return values.every((value) => value === OPAQUE);
}
