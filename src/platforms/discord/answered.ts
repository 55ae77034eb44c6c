/** The pictures of a message that somebody answers, links to, or opened a menu on. */
import { UserError } from '../../errors.ts';
import type { AnsweredMessage } from '../platform.ts';
import { listPictures } from './attachments.ts';
import type { DiscordParts } from './discord-parts.ts';
import { botRef } from './ref-details.ts';
import { isBlank, parseMessage, type SeenMessage } from './seen-message.ts';
import { explained, isForbidden, isGone } from './trouble.ts';

/** The kind of reference that a reply has; forwards have another. */
const REPLY = 0;

interface ReplyTarget {
  readonly channel: string;
  readonly message: string;
}

/** Undefined for a message that is no reply. */
export function findReplyTarget(seen: SeenMessage): ReplyTarget | undefined {
  const reference = seen.message_reference;
  const message = reference?.message_id;
  if (!message || (reference.type ?? REPLY) !== REPLY) return undefined;
  return { channel: reference.channel_id ?? seen.channel_id, message };
}

/** Discord tells of the answered message along with the reply, but does not always show it. */
export async function readAnswered(
  reply: SeenMessage,
  guild: string,
  parts: DiscordParts,
): Promise<AnsweredMessage | undefined> {
  const target = findReplyTarget(reply);
  if (!target) return undefined;
  const told = reply.referenced_message;
  if (told === null) throw new UserError('The message that you answer was deleted.');
  const isTold = told !== undefined && !isHidden(parseMessage(told), parts);
  const answered = isTold ? parseMessage(told) : await readTarget(target, parts);
  return toAnswered(answered, guild, parts);
}

/** Throws `UserError` where there may be pictures that Discord does not show Easel. */
export function toAnswered(seen: SeenMessage, guild: string, parts: DiscordParts): AnsweredMessage {
  if (isHidden(seen, parts)) throw new UserError(wordHidden(parts));
  return {
    message: botRef(guild, seen.channel_id, seen.id),
    files: listPictures(seen),
    recordings: [],
    text: '',
    nearer: [],
  };
}

/** Without the intent, Discord empties what is neither Easel's nor meant for it. */
function isHidden(seen: SeenMessage, { seesContent, botId }: DiscordParts): boolean {
  return !seesContent && seen.author.id !== botId() && isBlank(seen);
}

function wordHidden({ commands }: DiscordParts): string {
  const entry = commands.find(({ menu, asks }) => menu !== undefined && asks !== undefined)?.menu;
  const remedy =
    entry === undefined
      ? 'Please attach its picture to your own message.'
      : `Open that message's menu instead (right-click or long press) and choose Apps → ${entry}.`;
  return `Discord does not show Easel what others post. ${remedy}`;
}

function readTarget({ channel, message }: ReplyTarget, parts: DiscordParts): Promise<SeenMessage> {
  return explained(async () => {
    try {
      return await parts.api.readMessage(channel, message);
    } catch (error) {
      if (isGone(error)) throw new UserError('The message that you answer was deleted.');
      if (!isForbidden(error)) throw error;
      throw new UserError(
        'Easel needs the permission Read Message History here to see what you answer.',
      );
    }
  });
}
