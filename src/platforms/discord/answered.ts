/** What a message holds that somebody answers, links to, or opened a menu on. */
import { UserError } from '../../errors.ts';
import type { AnsweredMessage } from '../platform.ts';
import { listPictures, listRecordings } from './attachments.ts';
import type { DiscordParts } from './discord-parts.ts';
import { withoutPageMark } from './page-mark.ts';
import { toPlainText, type Names } from './plain-text.ts';
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

interface Answering {
  readonly reply: SeenMessage;
  readonly guild: string;
  /** What is done with what it answers. */
  readonly commandName: string;
}

/** Discord tells of the answered message along with the reply, but does not always show it. */
export async function readAnswered(
  { reply, guild, commandName }: Answering,
  parts: DiscordParts,
): Promise<AnsweredMessage | undefined> {
  const target = findReplyTarget(reply);
  if (!target) return undefined;
  const told = reply.referenced_message;
  if (told === null) throw new UserError('The message that you answer was deleted.');
  const isTold = told !== undefined && !isHidden(parseMessage(told), parts);
  const answered = isTold ? parseMessage(told) : await readTarget(target, parts);
  return readSeen(answered, { guild, commandName }, parts);
}

/** Throws `UserError` where there may be something that Discord does not show Easel. */
export function readSeen(
  seen: SeenMessage,
  { guild, commandName }: Pick<Answering, 'guild'> & Partial<Pick<Answering, 'commandName'>>,
  parts: DiscordParts,
): AnsweredMessage {
  if (isHidden(seen, parts)) throw new UserError(wordHidden(commandName, parts));
  return describeMessage(seen, guild, parts);
}

/** As far as it is shown. */
export function describeMessage(
  seen: SeenMessage,
  guild: string,
  parts: DiscordParts,
): AnsweredMessage {
  const isOwn = seen.author.id === parts.botId();
  const said = isOwn ? { ...seen, content: withoutPageMark(seen.content) } : seen;
  return {
    message: botRef(guild, seen.channel_id, seen.id),
    files: listPictures(seen),
    recordings: listRecordings(seen),
    text: toPlainText(said, namesOf(seen, guild, parts)),
    nearer: [],
  };
}

function namesOf({ mentions }: SeenMessage, guild: string, { client }: DiscordParts): Names {
  return {
    person(id) {
      const mentioned = mentions.find((one) => one.id === id);
      return mentioned?.global_name ?? mentioned?.username ?? undefined;
    },
    role: (id) => client.guilds.cache.get(guild)?.roles.cache.get(id)?.name,
    channel: (id) => client.guilds.cache.get(guild)?.channels.cache.get(id)?.name,
  };
}

/** Without the intent, Discord empties what is neither Easel's nor meant for it. */
function isHidden(seen: SeenMessage, { seesContent, botId }: DiscordParts): boolean {
  return !seesContent && seen.author.id !== botId() && isBlank(seen);
}

/** The menu shows it: by the entry for the same command, or by that which changes pictures. */
function wordHidden(commandName: string | undefined, { commands }: DiscordParts): string {
  const same = commands.find(({ name }) => name === commandName)?.menu;
  const asking = commands.find(({ menu, asks }) => menu !== undefined && asks !== undefined)?.menu;
  const entry = same ?? (commandName === undefined ? undefined : asking);
  const where = entry === undefined ? 'what you want under Apps' : `Apps → ${entry}`;
  return `Discord does not show Easel what others post. Open that message's menu instead (right-click or long press) and choose ${where}.`;
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
