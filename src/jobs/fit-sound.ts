/** A sound that is too large to be posted, in the codec that takes the least for speech. */
import { stat } from 'node:fs/promises';
import { convertSound } from '../sound/convert-sound.ts';
import type { FittingFile } from '../pictures/fit/attempts.ts';

/** Beside the original; undefined where even that is too large. */
export async function fitSound(
  { path }: FittingFile,
  maxBytes: number,
): Promise<FittingFile | undefined> {
  const to = path.replace(/\.[a-z\d]+$/u, '.fit.ogg');
  if (!(await convertSound(path, to, 'ogg'))) return undefined;
  const { size } = await stat(to);
  return size > maxBytes ? undefined : { path: to, contentType: 'audio/ogg', bytes: size };
}

export function isSound({ contentType }: { readonly contentType: string }): boolean {
  return contentType.startsWith('audio/');
}
