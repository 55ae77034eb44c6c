/** What the gateway told, word for word: discord.js leaves out what some listeners need. */
import { GatewayDispatchEvents, type Client } from 'discord.js';
import { z } from 'zod';

/** discord.js holds events back until it is ready; more than these are never on their way. */
const MOST_KEPT = 1000;

const idSchema = z.object({ id: z.string() });

export interface SeenPayloads {
  /** The payload of an event that is being told; only once. */
  take(id: string): unknown;
}

export function createSeenPayloads(client: Client): SeenPayloads {
  const kept = new Map<string, unknown>();

  function keep(payload: unknown): void {
    const parsed = idSchema.safeParse(payload);
    if (!parsed.success) return;
    kept.set(parsed.data.id, payload);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  }

  client.ws.on(GatewayDispatchEvents.MessageCreate, keep);
  client.ws.on(GatewayDispatchEvents.InteractionCreate, keep);
  return {
    take(id) {
      const payload = kept.get(id);
      kept.delete(id);
      return payload;
    },
  };
}
