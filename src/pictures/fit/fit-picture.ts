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
const QUALITIES = [60, 65, 70, 75, 80, 84, 87, 90, 92, 93, 94, 95, 96, 97, 98, 99, 100] as const;
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
  const mayFit = (bytes: number): boolean => bytes <= maxBytes;
  if (traits.mayPackTo(maxBytes) && mayFit(await attempts.attempt({ format: 'png' })))
    return attempts.keepBest();
  const format = traits.hasAlpha ? 'webp' : 'jpeg';
  const [least] = QUALITIES;
  const leastBytes = await attempts.attempt({ format, quality: least, scale: 1 });
  if (mayFit(leastBytes)) {
    await climb(async (quality) => mayFit(await attempts.attempt({ format, quality, scale: 1 })));
    return attempts.keepBest();
  }
  let scale = 1;
  let bytes = leastBytes;
  for (let tries = 0; tries < MOST_SIZES && !mayFit(bytes); tries += 1) {
    scale *= Math.sqrt(maxBytes / bytes) * CAUTION;
    if (traits.width * scale < LEAST_WIDTH) return undefined;
    bytes = await attempts.attempt({ format, quality: SMALLER_QUALITY, scale });
  }
  return mayFit(bytes) ? attempts.keepBest() : undefined;
}

/** The lowest quality fits: halves the ones above it until the highest that fits is found. */
async function climb(fits: (quality: number) => Promise<boolean>): Promise<void> {
  let low = 0;
  let high: number = QUALITIES.length;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await fits(QUALITIES[middle] ?? 0)) low = middle;
    else high = middle;
  }
}

function tooLarge(): UpstreamError {
  const text = 'The result is too large to be posted here.';
  return new UpstreamError('media', text, { retryable: false });
}
