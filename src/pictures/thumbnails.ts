/** Small copies of pictures, for where many are shown: made when first asked for, beside the original. */
import { rename, rm, stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import { openPicture } from '../media.ts';
import { takeTurns } from '../take-turns.ts';

export interface Thumbnails {
  /**
   * Absolute path of the small copy of a picture, given the original's. Undefined where the original
   * is gone or cannot be drawn.
   */
  make(original: string): Promise<string | undefined>;
  /** Takes the small copy away, also one that is being made just now. */
  remove(original: string): Promise<void>;
}

export const THUMBNAIL_TYPE = 'image/webp';
export const THUMBNAIL_SIDE = 320;
/** Each takes the memory of a large picture in the worst case. */
const AT_ONCE = 2;
const LONGEST_SECONDS = 20;

export function createThumbnails({ log }: { readonly log: Logger }): Thumbnails {
  const underWay = new Map<string, Promise<string | undefined>>();
  const inTurn = takeTurns(AT_ONCE);
  const makeOnce = async (original: string): Promise<string | undefined> => {
    try {
      return await inTurn(() => make(original));
    } catch (error) {
      log.debug({ error, original }, 'a picture has no small copy');
      await rm(toUnfinished(toCopyPath(original)), { force: true });
      return undefined;
    } finally {
      underWay.delete(original);
    }
  };
  return {
    make(original) {
      const begun = underWay.get(original) ?? makeOnce(original);
      underWay.set(original, begun);
      return begun;
    },
    async remove(original) {
      await underWay.get(original);
      const copy = toCopyPath(original);
      for (const path of [copy, toUnfinished(copy)]) await rm(path, { force: true });
    },
  };
}

/** No result is called like this: the names of results hold one dot, before their ending. */
function toCopyPath(original: string): string {
  return `${original}.thumb.webp`;
}

function toUnfinished(copy: string): string {
  return `${copy}.part`;
}

async function make(original: string): Promise<string> {
  const copy = toCopyPath(original);
  if (await isThere(copy)) return copy;
  const unfinished = toUnfinished(copy);
  const picture = await openPicture(original);
  await picture
    .timeout({ seconds: LONGEST_SECONDS })
    .rotate()
    .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 78 })
    .toFile(unfinished);
  // Under its own name it is whole, whenever the process ends.
  await rename(unfinished, copy);
  return copy;
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
