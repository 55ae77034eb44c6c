import { z } from 'zod';

export const voiceMessageSchema = z.object({
  seconds: z.number(),
  /** As Discord wants it: at most 256 peaks from 0 to 255, as base64. */
  waveform: z.string(),
});

export type VoiceMessage = Readonly<z.infer<typeof voiceMessageSchema>>;
