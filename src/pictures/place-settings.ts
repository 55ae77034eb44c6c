/** How a channel or conversation wants to be dealt with: its moderators say so with `/settings`. */
import { z } from 'zod';

export const placeSettingsSchema = z.object({
  /**
   * Which replies to pictures are meant for Easel: those that mention it, or any. Any reply may cost
   * money, so a channel has to ask for that.
   */
  replies: z.enum(['mention', 'any']).default('mention'),
  /** Whether every recording that somebody posts here is written down unasked. */
  voice: z.enum(['off', 'transcribe']).default('off'),
});
export type PlaceSettings = z.infer<typeof placeSettingsSchema>;
