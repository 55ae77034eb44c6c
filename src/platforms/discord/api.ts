/** The calls that Easel makes to Discord, all of them. */
import { REST } from 'discord.js';
import { botCalls } from './bot-calls.ts';
import { callbackCalls } from './callback-calls.ts';
import { responseCalls } from './response-calls.ts';

/** Discord takes an acknowledgement for 3 seconds only. */
const ACKNOWLEDGE_WITHIN_MS = 3000;

export type DiscordApi = ReturnType<typeof createDiscordApi>;

/** `rest` carries the bot's token. */
export function createDiscordApi(rest: REST) {
  const { api } = rest.options;
  /** Never repeats by itself: a repeated callback is refused as somebody else's. */
  const callbacks = new REST({ api, retries: 0, timeout: ACKNOWLEDGE_WITHIN_MS });
  return { ...callbackCalls(callbacks), ...responseCalls(rest), ...botCalls(rest) };
}
