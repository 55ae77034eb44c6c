/** Who asked, and where. */
import { z } from 'zod';

export const personSchema = z.object({
  id: z.string(),
  /** Display name, untrusted. */
  name: z.string(),
});
export type Person = z.infer<typeof personSchema>;

/** Where a request was made: that is where its result goes. */
export const placeSchema = z.object({
  platform: z.string(),
  /** Discord guild (or `dm:<user id>`), Slack `<enterprise id>:<team id>`, `web`. */
  tenant: z.string(),
  /** Channel or conversation id; on Discord a thread is a channel of its own. */
  channel: z.string(),
  /** Slack's `thread_ts` of the root message. */
  thread: z.string().optional(),
});
export type Place = z.infer<typeof placeSchema>;
