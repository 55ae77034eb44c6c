/** Which messages are meant for Easel, and what they say to it. */
import type { Message as DiscordMessage } from 'discord.js';
import { REPLY_COMMAND } from '../../command-line.ts';
import { findReplyTarget } from './answered.ts';
import { listFiles } from './attachments.ts';
import { parseCustomId } from './custom-id.ts';
import type { DiscordParts } from './discord-parts.ts';
import { authorOf } from './interaction-parts.ts';
import { flattenComponents, parseMessage, type SeenMessage } from './seen-message.ts';

export interface Order {
  readonly text: string;
  /** Whether it is said about another message. */
  readonly answers: boolean;
}

/**
 * A mention that opens the message, anything in direct messages, a reply that mentions Easel, and a
 * reply to one of its results: with a ping, or any where the channel asks for that.
 */
export async function findOrder(
  received: DiscordMessage,
  seen: SeenMessage,
  parts: DiscordParts,
): Promise<Order | undefined> {
  if (received.author.bot || received.webhookId !== null || received.system) return undefined;
  const answers = findReplyTarget(seen) !== undefined;
  const { content } = seen;
  const opening = new RegExp(`^\\s*<@!?${parts.botId()}>[,:]?\\s*`, 'u');
  if (received.guildId === null || opening.test(content)) {
    return { text: content.replace(opening, ''), answers };
  }
  if (!answers) return undefined;
  const mention = new RegExp(`\\s*<@!?${parts.botId()}>`, 'gu');
  if (mention.test(content)) return { text: content.replaceAll(mention, '').trim(), answers };
  const isMeant = content.trim() !== '' && (await isAboutResult(received, seen, parts));
  return isMeant ? { text: content, answers } : undefined;
}

async function isAboutResult(
  received: DiscordMessage,
  seen: SeenMessage,
  parts: DiscordParts,
): Promise<boolean> {
  if (!seen.referenced_message || !isOwnResult(seen.referenced_message, parts)) return false;
  if (seen.mentions.some(({ id }) => id === parts.botId())) return true;
  const { replies } = await parts.settingsOf(authorOf(received).place);
  return replies === 'any';
}

/** Not the news of a job, nor an answer in words: thanks for those must cost nothing. */
function isOwnResult(
  answered: NonNullable<SeenMessage['referenced_message']>,
  { botId }: DiscordParts,
): boolean {
  if (answered.author.id !== botId()) return false;
  const buttons = flattenComponents(answered.components);
  // Every result has that button, even one whose files were too large for Discord.
  const isResult = buttons.some(
    ({ custom_id: id }) => parseCustomId(id ?? '')?.command === REPLY_COMMAND,
  );
  return isResult || listFiles(parseMessage(answered)).length > 0;
}
