import { join } from 'node:path';
import { z } from 'zod';
import { askWorker } from './ask-worker.ts';
import { cutSchema, type Cut } from './cut.ts';
import { orNothing } from './or-nothing.ts';
import { WHOLE } from './task.ts';

export interface CutLengths {
  readonly longestSeconds: number;
  /** The last cut, and one that has to be as short as it, may be shorter. */
  readonly shortestSeconds: number;
}

/**
 * Writes `cut-1.wav`, `cut-2.wav` … into the folder: together they are the whole recording, to the
 * sample. The same file gives the same cuts, so that it may be repeated after a crash.
 */
export async function cutAtSilences(
  from: string,
  folder: string,
  { longestSeconds, shortestSeconds }: CutLengths,
): Promise<readonly Cut[]> {
  const task = { kind: 'cut', from, folder, longestSeconds, shortestSeconds } as const;
  return orNothing(join(folder, WHOLE), askWorker(task, z.array(cutSchema)));
}
