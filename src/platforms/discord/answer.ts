/** What one person asked to know, in as many messages as it takes. */
import type { Message as DiscordMessage } from 'discord.js';
import type { Message } from '../../message.ts';
import type { DiscordApi, InteractionKey, ResponseKey } from './api.ts';
import { toNonce } from './nonce.ts';
import { render, renderPages, type Rendered } from './render.ts';
import { explained, isReplyForbidden } from './trouble.ts';

/** Discord's limit where Easel is no member; more would be a flood anywhere. */
const MOST_FOLLOW_UPS = 5;

type Key = InteractionKey & ResponseKey;

/** For a command's author alone; the first answer to the interaction. */
export function answerCommand(key: Key, answer: Message, api: DiscordApi): Promise<void> {
  const [first, ...more] = renderPages(answer, 1 + MOST_FOLLOW_UPS);
  return explained(async () => {
    await api.respondPrivately(key, first);
    await followUp(key, more, api);
  });
}

/** The press was confirmed already. */
export function answerPress(key: Key, answer: Message, api: DiscordApi): Promise<void> {
  return explained(() => followUp(key, renderPages(answer, MOST_FOLLOW_UPS), api));
}

/** The first message replies, the others follow it. */
export function answerMessage(to: DiscordMessage, answer: Message, api: DiscordApi): Promise<void> {
  const [first, ...more] = renderPages(answer, 1 + MOST_FOLLOW_UPS);
  return explained(async () => {
    await createReply(to, { rendered: first, nonce: toNonce('answer', to.id), api });
    for (const [at, rendered] of more.entries()) {
      const nonce = toNonce('answer', to.id, String(at + 1));
      await api.createMessage({ channel: to.channelId, rendered, nonce });
    }
  });
}

/** Opens the status message of what a message asked for; returns its id. */
export function acknowledgeMessage(
  to: DiscordMessage,
  status: Message,
  api: DiscordApi,
): Promise<string> {
  const nonce = toNonce('acknowledge', to.id);
  return explained(() => createReply(to, { rendered: render(status), nonce, api }));
}

async function followUp(key: Key, pages: readonly Rendered[], api: DiscordApi): Promise<void> {
  for (const page of pages) await api.followUpPrivately(key, page);
}

/** A reply mentions nobody; without the right to read the channel's history it is no reply. */
async function createReply(
  to: DiscordMessage,
  { rendered, nonce, api }: { rendered: Rendered; nonce: string; api: DiscordApi },
): Promise<string> {
  const created = { channel: to.channelId, rendered, nonce };
  try {
    return await api.createMessage({ ...created, replyTo: to.id });
  } catch (error) {
    if (!isReplyForbidden(error)) throw error;
    return api.createMessage(created);
  }
}
