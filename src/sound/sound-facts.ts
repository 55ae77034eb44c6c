import { z } from 'zod';

export const soundFactsSchema = z.object({
  /** Of its sound: a film may go on in silence. */
  seconds: z.number(),
  /** Such as `aac`, `opus`, `mp3` or `pcm_s16le`. */
  codec: z.string(),
  sampleRate: z.number(),
  channels: z.number(),
  hasVideo: z.boolean(),
});

export type SoundFacts = Readonly<z.infer<typeof soundFactsSchema>>;
