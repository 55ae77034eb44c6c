/** An SVG as a PNG, for chats that show no SVG. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { loadSharp } from './load-sharp.ts';

/** More than any drawing needs; a larger one is likelier to be a trap. */
const LARGEST_SVG_BYTES = 5 * 1024 * 1024;
/** The longer side of the picture: small icons grow, posters shrink. */
const LEAST_SIDE = 1024;
const MOST_SIDE = 2048;
/** Of the library: at this density one pixel of the drawing is one of the picture. */
const NATURAL_DENSITY = 72;
const TIME_LIMIT_SECONDS = 20;

/** False for what cannot be drawn; then nothing is left at `to`. */
export async function rasteriseSvg(path: string, to: string): Promise<boolean> {
  if ((await stat(path)).size > LARGEST_SVG_BYTES) return false;
  const sharp = await loadSharp();
  // Read from memory, so that it has no neighbours: by its path, the library would follow its
  // references to the files beside it.
  const svg = await readFile(path);
  try {
    const { width, height } = await sharp(svg, { limitInputPixels: false }).metadata();
    const longest = Math.max(width, height);
    const side = Math.min(Math.max(longest, LEAST_SIDE), MOST_SIDE);
    const density = Math.min(Math.max((NATURAL_DENSITY * side) / longest, 1), 100_000);
    const png = await sharp(svg, { density, limitInputPixels: 2 * MOST_SIDE ** 2, failOn: 'error' })
      .timeout({ seconds: TIME_LIMIT_SECONDS })
      .png()
      .toBuffer();
    await writeFile(to, png);
    return true;
  } catch {
    return false;
  }
}
