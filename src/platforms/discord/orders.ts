/** Which messages are meant for Easel, and what they say to it. */
import type { Message as DiscordMessage } from 'discord.js';
import { OVERHEARD_COMMAND, REPLY_COMMAND, SPOKEN_COMMAND } from '../../command-line.ts';
import type { AttachmentRef } from '../../request.ts';
import { findReplyTarget } from './answered.ts';
import { listAttachments, listFiles, listRecordings } from './attachments.ts';
import { parseCustomId } from './custom-id.ts';
import type { DiscordParts } from './discord-parts.ts';
import { authorOf } from './interaction-parts.ts';
import { isMarkedPage } from './page-mark.ts';
import { flattenComponents, parseMessage, type SeenMessage } from './seen-message.ts';

/** What a message says to Easel. */
export interface Order {
  readonly wish: Words | Sounds;
  readonly attachments: readonly AttachmentRef[];
}
interface Words {
  readonly kind: 'words';
  readonly text: string;
  /** Whether it is said about another message. */
  readonly answers: boolean;
}
/** Recordings in the place of words. */
interface Sounds {
  readonly kind: 'sounds';
  readonly commandName: string;
}

/** Every result has one of these buttons, even one whose files were too large for Discord. */
const RESULT_BUTTONS: ReadonlySet<string | undefined> = new Set([REPLY_COMMAND, 'delete']);
/** Under the news of a job that is under way. */
const PROGRESS_BUTTON = 'cancel';

/**
 * A mention that opens the message, anything in direct messages, a reply that mentions Easel, and a
 * reply to one of its results: with a ping, or any where the channel asks for that. Recordings without
 * words are said instead of words; those that nobody says to Easel are written down where the channel
 * asks for that.
 */
export async function findOrder(
  received: DiscordMessage,
  seen: SeenMessage,
  parts: DiscordParts,
): Promise<Order | undefined> {
  if (received.author.bot || received.webhookId !== null || received.system) return undefined;
  const recordings = listRecordings(seen);
  const text = await findWords(received, seen, parts);
  if (text !== undefined) {
    const answers = findReplyTarget(seen) !== undefined;
    const isSpoken = text.trim() === '' && recordings.length > 0;
    return {
      wish: isSpoken ? SPOKEN : { kind: 'words', text, answers },
      attachments: listAttachments(seen),
    };
  }
  // Only here, because whatever else is said in a channel shall cost nothing.
  if (recordings.length === 0) return undefined;
  const { voice } = await parts.settingsOf(authorOf(received).place);
  return voice === 'transcribe' ? { wish: OVERHEARD, attachments: recordings } : undefined;
}

const SPOKEN: Sounds = { kind: 'sounds', commandName: SPOKEN_COMMAND };
const OVERHEARD: Sounds = { kind: 'sounds', commandName: OVERHEARD_COMMAND };

/** Undefined for a message that is not said to Easel; empty where it has no words. */
async function findWords(
  received: DiscordMessage,
  seen: SeenMessage,
  parts: DiscordParts,
): Promise<string | undefined> {
  const { content } = seen;
  const opening = new RegExp(`^\\s*<@!?${parts.botId()}>[,:]?\\s*`, 'u');
  if (received.guildId === null || opening.test(content)) return content.replace(opening, '');
  if (!findReplyTarget(seen)) return undefined;
  const mention = new RegExp(`\\s*<@!?${parts.botId()}>`, 'gu');
  if (mention.test(content)) return content.replaceAll(mention, '').trim();
  return (await answersEasel(received, seen, parts)) ? content : undefined;
}

async function answersEasel(
  received: DiscordMessage,
  seen: SeenMessage,
  parts: DiscordParts,
): Promise<boolean> {
  const answered = seen.referenced_message;
  if (!answered || answered.author.id !== parts.botId()) return false;
  const isSilent = seen.content.trim() === '';
  if (isSilent && listRecordings(seen).length === 0) return false;
  const pings = seen.mentions.some(({ id }) => id === parts.botId());
  // Thanks come in words: what is recorded is meant, whatever of Easel's it answers.
  if (isSilent && pings) return !isUnderWay(answered);
  if (!isResult(answered)) return false;
  return pings || (await parts.settingsOf(authorOf(received).place)).replies === 'any';
}

type Answered = NonNullable<SeenMessage['referenced_message']>;

/** Not the news of a job, nor an answer in words: thanks for those must cost nothing. */
function isResult(answered: Answered): boolean {
  const isMarked = listButtons(answered).some((command) => RESULT_BUTTONS.has(command));
  const isPage = isMarkedPage(answered.content);
  return isMarked || isPage || listFiles(parseMessage(answered)).length > 0;
}

function isUnderWay(answered: Answered): boolean {
  return listButtons(answered).includes(PROGRESS_BUTTON);
}

/** The commands behind a message's buttons. */
function listButtons({ components }: Answered): readonly (string | undefined)[] {
  return flattenComponents(components).map(({ custom_id: id }) => parseCustomId(id ?? '')?.command);
}
