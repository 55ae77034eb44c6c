/**
 * What a picture's file consists of, found without unpacking any of it. So pictures get rid of what
 * is nobody's business (places, cameras, names, whatever hides behind the end) without a loss, and
 * the image library never sees what was only made to burst when it is unpacked.
 */

/** What a part is good for. */
export type PartUse =
  /** The picture itself. */
  | 'pixels'
  /** A colour profile. */
  | 'colour'
  /** Holds, among much else, how the picture is to be turned. */
  | 'orientation'
  /** Everything else. */
  | 'extra';

export interface FilePart {
  readonly use: PartUse;
  readonly offset: number;
  readonly length: number;
}

/** Bytes of the file, or new ones. */
export type Piece = Pick<FilePart, 'offset' | 'length'> | Buffer;

export interface PictureParts {
  /** From the first byte to the last, in order. */
  readonly parts: readonly FilePart[];
  /** A file of the parts with these uses alone. */
  compose(uses: ReadonlySet<PartUse>): readonly Piece[];
  readonly isAnimated: boolean;
  /** True where something else than a further picture or film follows the picture. */
  readonly isFollowed: boolean;
  /** What the library will hold in memory for each pixel, beyond a few rows. */
  readonly bytesPerPixel: { readonly toCheck: number; readonly toConvert: number };
}

/** Thrown for a file that is not what its first bytes promise. */
export class BrokenPictureError extends Error {
  override readonly name = 'BrokenPictureError';
}

/** Honest files have a few dozen; each costs time. */
const MOST_PARTS = 10_000;
const MOST_STEPS = 100_000;

export interface PartList {
  readonly parts: readonly FilePart[];
  /** Appends what follows the last part; joined with it where the use is the same. */
  add(use: PartUse, until: number): void;
}

export function createPartList(): PartList {
  const parts: FilePart[] = [];
  let at = 0;
  let steps = 0;
  return {
    parts,
    add(use, until) {
      steps += 1;
      const last = parts.at(-1);
      if (last?.use === use) parts[parts.length - 1] = { ...last, length: until - last.offset };
      else if (until > at) parts.push({ use, offset: at, length: until - at });
      at = until;
      if (parts.length > MOST_PARTS || steps > MOST_STEPS) {
        throw new BrokenPictureError('it is in too many pieces');
      }
    },
  };
}

/** Formats whose parts stand for themselves. */
export function composeOf(parts: readonly FilePart[]): PictureParts['compose'] {
  return (uses) => parts.filter(({ use }) => uses.has(use));
}
