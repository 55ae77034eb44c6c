/** How large a picture may be for its model; a mask goes along with its picture. */
import type { HeaderFacts, Size } from './picture-facts.ts';
import type { PictureLimits } from './picture-limits.ts';

/** A picture that is ready, and how it came. */
export interface Matched extends Size {
  readonly came: Pick<HeaderFacts, 'contentType' | 'stored' | 'upright' | 'orientation'>;
}

export interface SizePlan {
  readonly size: Size;
  /** Degrees, where the file itself does not say how it is to be turned. */
  readonly turnBy: number | undefined;
}

export function planSize(
  facts: HeaderFacts,
  limits: PictureLimits,
  maskOf: Matched | undefined,
): SizePlan {
  const turnBy = maskOf && findTurn(facts, maskOf);
  const upright = turnBy === undefined ? facts.upright : turn(facts.upright);
  const size = maskOf ? matchMask(upright, maskOf) : upright;
  // What fits its picture exactly is within that one's limits.
  return { turnBy, size: maskOf && isSame(size, maskOf) ? size : limit(size, limits) };
}

export function scale({ width, height }: Size, factor: number): Size {
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}

export function isSame(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}

/** Degrees for the orientations of phones that were not held askew in a mirror. */
const QUARTER_TURNS: Readonly<Record<number, number>> = { 6: 90, 8: 270 };

function limit(size: Size, { side, pixels }: PictureLimits): Size {
  const bySide = side / Math.max(size.width, size.height);
  const byPixels = Math.sqrt(pixels / (size.width * size.height));
  const factor = Math.min(1, bySide, byPixels);
  if (factor === 1) return size;
  const { width, height } = scale(size, factor);
  // Rounding up must not take it over the limit again.
  return width * height > pixels
    ? { width, height: Math.floor(pixels / width) }
    : { width, height };
}

function matchMask(upright: Size, maskOf: Matched): Size {
  if (isSame(upright, maskOf.came.upright)) return { width: maskOf.width, height: maskOf.height };
  return scale(upright, maskOf.width / maskOf.came.upright.width);
}

/** A mask drawn over the rows as they lie in a photo's file has to be turned like the photo. */
function findTurn({ orientation, stored }: HeaderFacts, { came }: Matched): number | undefined {
  const isDrawnOverRows =
    orientation === 1 && isSame(stored, came.stored) && !isSame(stored, came.upright);
  if (!isDrawnOverRows) return undefined;
  return QUARTER_TURNS[came.orientation];
}

function turn({ width, height }: Size): Size {
  return { width: height, height: width };
}
