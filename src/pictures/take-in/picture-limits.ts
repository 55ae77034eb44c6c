/** What fal's models take of a picture. */

export interface PictureLimits {
  readonly bytes: number;
  /** Of the longer side. */
  readonly side: number;
  readonly pixels: number;
}

/**
 * Where an endpoint says nothing itself. fal's own models make pictures of up to 17 million pixels,
 * so that these go in again as they are; the library that most models read with (Pillow) warns
 * beyond 89 million.
 */
export const GENERAL_LIMITS: PictureLimits = {
  bytes: 20 * 1024 * 1024,
  side: 8192,
  pixels: 25_000_000,
};

/** The largest camera of a phone makes 200 million pixels; a file that claims more is a bomb. */
export const MOST_PIXELS = 200_000_000;
/** For all pictures that are unpacked at a time. */
export const MEMORY_BYTES = 80 * 1024 * 1024;
