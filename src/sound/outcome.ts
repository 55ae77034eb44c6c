/** What the worker answers; everything else that it may do is a bug. */
import { z } from 'zod';
import { SOUND_TROUBLES } from './sound-error.ts';

export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), answer: z.unknown() }),
  z.object({ kind: z.literal('refused'), trouble: z.enum(SOUND_TROUBLES) }),
]);

export type Outcome = z.infer<typeof outcomeSchema>;
