import { z } from 'zod';
import { askWorker } from './ask-worker.ts';
import { orNothing } from './or-nothing.ts';
import { noneWhereSilent } from './sound-error.ts';
import type { SoundFormat } from './task.ts';

/**
 * `wav` is what speech recognition wants: 16 kHz, mono, 16 bits. The others are as much like the source
 * as they can be. False where there is no sound that can be decoded; then nothing is left at `to`.
 */
export async function convertSound(
  from: string,
  to: string,
  format: SoundFormat,
): Promise<boolean> {
  const task = { kind: 'convert', from, to, format } as const;
  const work = orNothing(to, askWorker(task, z.literal(true)));
  return (await noneWhereSilent(work)) ?? false;
}
