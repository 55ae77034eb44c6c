/** What Easel keeps about a message of its own, beside channel and id. */
import { z } from 'zod';
import type { MessageRef } from '../../message.ts';
import { RESPONSE } from './response-calls.ts';

/**
 * What the bot itself may do in a channel, apart from interactions: post results, only see the
 * channel and so edit its own messages, or nothing because it is no member (a user's own install).
 */
const reachSchema = z.enum(['posts', 'edits', 'absent']);
export type Reach = z.infer<typeof reachSchema>;

const refDetailsSchema = z.discriminatedUnion('via', [
  /** A message that the bot posted, or that a person wrote. */
  z.object({ via: z.literal('bot'), guild: z.string() }),
  /** A response to an interaction. */
  z.object({
    via: z.literal('interaction'),
    /** `@me` in direct messages, as in links. */
    guild: z.string(),
    applicationId: z.string(),
    token: z.string(),
    /** Which of the messages that the token opens; the first one where nothing is said. */
    message: z.string().default(RESPONSE),
    expiresAt: z.coerce.date(),
    reach: reachSchema,
    /** Bytes that one file of the response may have. */
    fileLimit: z.coerce.number(),
  }),
]);
export type RefDetails = z.infer<typeof refDetailsSchema>;

export function parseRefDetails(ref: MessageRef): RefDetails {
  return refDetailsSchema.parse(ref.details);
}

export function botRef(guild: string, channel: string, id: string): MessageRef {
  return { platform: 'discord', channel, id, details: { via: 'bot', guild } };
}
