/** Discord's events → invocations. Nothing is sent before `acknowledge` or `answer`. */
import type {
  Attachment,
  BaseInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Message as DiscordMessage,
} from 'discord.js';
import { expandFlags, type CommandLine } from '../../command-line.ts';
import type { Command } from '../../command.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AnsweredMessage, Invocation } from '../platform.ts';
import { answerFirst, answerLater, answerMessage, openReply } from './answer.ts';
import { readAnswered } from './answered.ts';
import { toOptionRef } from './attachments.ts';
import type { DiscordParts } from './discord-parts.ts';
import { authorOf, whoAndWhere } from './interaction-parts.ts';
import { toNonce } from './nonce.ts';
import { isModeratorOf } from './permissions.ts';
import { toOwnName, toPublishedOptions } from './published-options.ts';
import { botRef } from './ref-details.ts';
import { respond, respondBelow } from './response.ts';
import type { SeenMessage } from './seen-message.ts';
import { openStatusMessage } from './status-message.ts';
import { explained } from './trouble.ts';

/** What is wished, apart from who wishes it where. */
export type Wish = Pick<Invocation, 'commandName' | 'options' | 'attachments'>;

const answersNothing = () => Promise.resolve(undefined);

export function toCommandInvocation(
  interaction: ChatInputCommandInteraction,
  parts: DiscordParts,
): Invocation {
  const command = parts.commands.find(({ name }) => name === interaction.commandName);
  const wish = { commandName: interaction.commandName, ...readGiven(interaction, command) };
  return toFirstInvocation(interaction, { wish, answered: undefined }, parts);
}

/** Of an interaction that nobody has answered yet. */
export function toFirstInvocation(
  interaction: BaseInteraction,
  { wish, answered }: { wish: Wish; answered: AnsweredMessage | undefined },
  parts: DiscordParts,
): Invocation {
  return {
    ...whoAndWhere(interaction),
    ...wish,
    readAnswered: () => Promise.resolve(answered),
    acknowledge: (message) => respond(interaction, message, parts),
    answer: (message, files = []) => answerFirst(interaction, { message, files }, parts.api),
  };
}

/** Of a press, or of a form that a press opened; confirmed already, because Discord waits 3 seconds. */
export function toPressInvocation(
  interaction: Pressed,
  wish: Wish,
  parts: DiscordParts,
): Invocation {
  const { message: pressed } = interaction;
  return {
    ...whoAndWhere(interaction),
    ...wish,
    readAnswered: answersNothing,
    acknowledge: (message) => respondBelow(interaction, pressed, { message, parts }),
    answer: (message, files = []) => answerLater(interaction, { message, files }, parts.api),
  };
}

export type Pressed = BaseInteraction & Pick<ButtonInteraction, 'message'>;

interface MessageOrder {
  readonly seen: SeenMessage;
  /** What the message says once the mention is taken off. */
  readonly commandLine: CommandLine;
  readonly attachments: readonly AttachmentRef[];
}

export function toMessageInvocation(
  message: DiscordMessage,
  { seen, commandLine, attachments }: MessageOrder,
  parts: DiscordParts,
): Invocation {
  const { id, channelId } = message;
  const guild = message.guildId ?? '@me';
  const asker = authorOf(message);
  return {
    id: `discord:${id}`,
    ...asker,
    ...commandLine,
    attachments,
    readAnswered: () => readAnswered({ reply: seen, guild, ...commandLine }, parts),
    isModerator: () => isModeratorOf(asker, parts),
    async acknowledge(status) {
      const nonce = toNonce('acknowledge', id);
      const opened = await explained(() => openReply(message, { status, nonce }, parts.api));
      return openStatusMessage(botRef(guild, channelId, opened), parts);
    },
    answer: (text, files = []) => answerMessage(message, { message: text, files }, parts.api),
  };
}

/** Values and files by the command's own names, files in the order of its options. */
function readGiven(
  { options }: ChatInputCommandInteraction,
  command: Command | undefined,
): Pick<Invocation, 'options' | 'attachments'> {
  const published = toPublishedOptions(command?.options ?? {});
  const values = options.data.filter(({ attachment }) => !attachment);
  const typed = Object.fromEntries(
    values.map(({ name, value }) => [toOwnName(name, published), value]),
  );
  return {
    options: command ? expandFlags(command, typed) : typed,
    attachments: published.flatMap(({ publishedName, name }) => {
      const attachment = options.data.find((given) => given.name === publishedName)?.attachment;
      return attachment ? [toOptionRef(toSeen(attachment), name)] : [];
    }),
  };
}

/** As the payload has it. */
export function toSeen({ id, name, contentType, size, url }: Attachment) {
  return { id, filename: name, content_type: contentType, size, url };
}
