/** Whether a picture is nothing but black: what a safety check leaves of a picture that it blacks out. */
import { openPicture } from './media.ts';

/** Of 255; JPEG's black is not quite 0. */
const NEARLY_BLACK = 8;
/** Making a copy smaller sharpens it a little. */
const CLEARLY_LIGHTER = 32;
const COPY_SIDE = 64;
/** The brightest value that a channel can have, by its depth. */
const BRIGHTEST: Readonly<Record<string, number>> = { uchar: 255, ushort: 65_535 };

/** Undefined for what cannot be read as a picture. */
export async function isBlack(path: string): Promise<boolean | undefined> {
  try {
    // A small copy tells most pictures apart at once; only a dark one is looked at whole.
    const copy = (await openPicture(path)).resize(COPY_SIDE, COPY_SIDE, { fit: 'fill' });
    const values = await copy.flatten().toColourspace('srgb').raw().toBuffer();
    return values.some((value) => value > CLEARLY_LIGHTER) ? false : await isBlackAllOver(path);
  } catch {
    return undefined;
  }
}

async function isBlackAllOver(path: string): Promise<boolean> {
  const picture = await openPicture(path);
  const { hasAlpha, depth } = await picture.metadata();
  const brightest = BRIGHTEST[depth];
  if (brightest === undefined) return false;
  const { channels } = await picture.stats();
  const colours = hasAlpha ? channels.slice(0, -1) : channels;
  return colours.every(({ max }) => max <= (NEARLY_BLACK / 255) * brightest);
}
