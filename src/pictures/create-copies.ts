/** One of each for all platforms: the same copy is never made twice at once. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { createContactSheets } from './contact-sheets.ts';
import type { PictureParts } from './picture-parts.ts';
import { createThumbnails } from './thumbnails.ts';

export function createCopies(parts: {
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly log: Logger;
}): Pick<PictureParts, 'thumbnails' | 'contactSheets'> {
  const thumbnails = createThumbnails(parts);
  return { thumbnails, contactSheets: createContactSheets({ ...parts, thumbnails }) };
}
