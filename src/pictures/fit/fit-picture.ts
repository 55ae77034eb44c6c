/**
 * START HERE TO READ this folder. Makes a picture fit into so many bytes, and loses no more than that
 * takes: nothing at first, then quality, and pixels only where even a modest quality is too large.
 */
import { UpstreamError } from '../../errors.ts';
import { createAttempts, type Attempts, type FittingFile } from './attempts.ts';
import { readTraits, type Traits } from './picture-traits.ts';

export interface FittedPicture extends FittingFile {
  /** True where only the first picture of a moving one is left. */
  readonly isStill: boolean;
}

/** From visibly lossy to hardly told from the original; dense where a step changes most. */
const QUALITIES = {
  jpeg: [60, 65, 70, 75, 80, 84, 87, 90, 92, 93, 94, 95, 96, 97, 98, 99, 100],
  // Fewer, because each try at a large picture takes seconds.
  webp: [60, 75, 85, 92, 96, 100],
} as const;
/** More would be wasted on a picture that has lost pixels. */
const SMALLER_QUALITY = 82;
/** Bytes follow the pixels only roughly: a little less at once is cheaper than another try. */
const CAUTION = 0.97;
const MOST_SIZES = 8;
const LEAST_WIDTH = 32;

/** The file itself where it fits. Throws `UpstreamError` for what cannot be made small enough. */
export async function fitPicture(file: FittingFile, maxBytes: number): Promise<FittedPicture> {
  if (file.bytes <= maxBytes) return { ...file, isStill: false };
  const traits = await readTraits(file);
  if (!traits) throw tooLarge();
  const attempts = createAttempts(file.path, traits, maxBytes);
  try {
    const fitted = (await attempts.findEarlier()) ?? (await search(traits, attempts, maxBytes));
    if (!fitted) throw tooLarge();
    return { ...fitted, isStill: traits.isMoving };
  } finally {
    await attempts.clear();
  }
}

async function search(
  traits: Traits,
  attempts: Attempts,
  maxBytes: number,
): Promise<FittingFile | undefined> {
  if (traits.mayPackTo(maxBytes)) await attempts.attempt({ format: 'png' });
  const packed = await attempts.keepBest();
  if (packed) return packed;
  const format = traits.hasAlpha ? 'webp' : 'jpeg';
  const bytes = await climb(QUALITIES[format], maxBytes, (quality) =>
    attempts.attempt({ format, quality, scale: 1 }),
  );
  if (bytes > maxBytes) await shrink({ format, bytes, maxBytes, width: traits.width }, attempts);
  return attempts.keepBest();
}

/** The best first, then halves what is left. Resolves with the fewest bytes that any took. */
async function climb(
  qualities: readonly number[],
  maxBytes: number,
  attempt: (quality: number) => Promise<number>,
): Promise<number> {
  const bytes = [await attempt(qualities.at(-1) ?? 0)];
  let left = Math.min(...bytes) > maxBytes ? qualities.slice(0, -1) : [];
  while (left.length > 0) {
    const middle = Math.floor(left.length / 2);
    const taken = await attempt(left[middle] ?? 0);
    bytes.push(taken);
    left = taken > maxBytes ? left.slice(0, middle) : left.slice(middle + 1);
  }
  return Math.min(...bytes);
}

async function shrink(
  from: {
    readonly format: 'jpeg' | 'webp';
    /** What it takes with all its pixels. */
    readonly bytes: number;
    readonly maxBytes: number;
    readonly width: number;
  },
  attempts: Attempts,
): Promise<void> {
  const { format, maxBytes, width } = from;
  let { bytes } = from;
  let scale = 1;
  for (let tries = 0; tries < MOST_SIZES && bytes > maxBytes; tries += 1) {
    scale *= Math.sqrt(maxBytes / bytes) * CAUTION;
    if (width * scale < LEAST_WIDTH) return;
    bytes = await attempts.attempt({ format, quality: SMALLER_QUALITY, scale });
  }
}

function tooLarge(): UpstreamError {
  const text = 'The result is too large to be posted here.';
  return new UpstreamError('media', text, { retryable: false });
}
