import { z } from 'zod';

export const cutSchema = z.object({
  /** A WAV file as speech recognition wants it. */
  path: z.string(),
  /** Seconds in the recording. */
  from: z.number(),
  to: z.number(),
});

/** A part of a recording, in a file of its own. */
export type Cut = Readonly<z.infer<typeof cutSchema>>;
