import { z } from 'zod';
import { askWorker } from './ask-worker.ts';
import { orNothing } from './or-nothing.ts';
import type { SoundFormat } from './task.ts';

/**
 * One file of all, sample after sample, at the first one's sample rate where the format allows. Throws
 * `SoundError` where one of them cannot be heard; then nothing is left at `to`.
 */
export async function joinSounds(
  paths: readonly string[],
  to: string,
  { format }: { readonly format: SoundFormat },
): Promise<void> {
  await orNothing(to, askWorker({ kind: 'join', paths, to, format }, z.literal(true)));
}
