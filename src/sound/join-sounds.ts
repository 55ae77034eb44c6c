import { z } from 'zod';
import { askWorker } from './ask-worker.ts';
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
  await askWorker({ kind: 'join', paths: [...paths], to, format }, z.literal(true));
}
