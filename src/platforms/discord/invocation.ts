/** Discord's events → invocations. Nothing is sent before `acknowledge` or `answer`. */
import {
  InteractionContextType,
  PermissionFlagsBits,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Message as DiscordMessage,
} from 'discord.js';
import { expandFlags, type CommandLine } from '../../command-line.ts';
import type { Command } from '../../command.ts';
import type { Button, Message, MessageRef } from '../../message.ts';
import type { Place } from '../../place.ts';
import type { AttachmentRef } from '../../request.ts';
import type { Invocation, StatusMessage } from '../platform.ts';
import { acknowledgeMessage, answerCommand, answerMessage, answerPress } from './answer.ts';
import type { DiscordApi, InteractionKey, ResponseKey } from './api.ts';
import { toAttachmentRef } from './attachments.ts';
import type { DiscordParts } from './discord-parts.ts';
import { toOwnName, toPublishedOptions } from './published-options.ts';
import { botRef, type Reach } from './ref-details.ts';
import { openStatusMessage } from './status-message.ts';
import { explained, refusalCode } from './trouble.ts';

/** Discord's lifetime of an interaction's token. */
const TOKEN_LIFETIME_MS = 15 * 60_000;

type Interaction = ChatInputCommandInteraction | ButtonInteraction;

export function toCommandInvocation(
  interaction: ChatInputCommandInteraction,
  parts: DiscordParts,
): Invocation {
  const command = parts.commands.find(({ name }) => name === interaction.commandName);
  return {
    ...whoAndWhere(interaction),
    commandName: interaction.commandName,
    ...readGiven(interaction, command),
    readAnswered: () => Promise.resolve(undefined),
    isModerator: () => Promise.resolve(isModerator(interaction)),
    async acknowledge(message) {
      const id = await explained(() => openResponse(interaction, parts.api));
      const status = openStatusMessage(responseRef(interaction, id), parts);
      await say(status, message, parts);
      return status;
    },
    answer: (message) => answerCommand(interaction, message, parts.api),
  };
}

/** The press was confirmed already: Discord waits 3 seconds for that, too. */
export function toPressInvocation(
  interaction: ButtonInteraction,
  press: Pick<Button, 'command' | 'job'>,
  parts: DiscordParts,
): Invocation {
  const ref = responseRef(interaction, interaction.message.id);
  return {
    ...whoAndWhere(interaction),
    commandName: press.command,
    options: { job: press.job },
    attachments: [],
    readAnswered: () => Promise.resolve(undefined),
    isModerator: () => Promise.resolve(isModerator(interaction)),
    async acknowledge(message) {
      const status = openStatusMessage(ref, parts);
      await status.update(message);
      return status;
    },
    answer: (message) => answerPress(interaction, message, parts.api),
  };
}

/** `commandLine` is what the message says once the mention is taken off. */
export function toMessageInvocation(
  message: DiscordMessage,
  commandLine: CommandLine,
  parts: DiscordParts,
): Invocation {
  const { channelId } = message;
  const guild = message.guildId ?? '@me';
  return {
    id: `discord:${message.id}`,
    person: { id: message.author.id, name: message.author.displayName },
    place: placeOf(message.guildId, message.author.id, channelId),
    ...commandLine,
    attachments: listAttachments(message),
    readAnswered: () => Promise.resolve(undefined),
    isModerator: () => Promise.resolve(false),
    async acknowledge(text) {
      const id = await acknowledgeMessage(message, text, parts.api);
      return openStatusMessage(botRef(guild, channelId, id), parts);
    },
    answer: (text) => answerMessage(message, text, parts.api),
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
      return attachment ? [toAttachmentRef(attachment, { option: name })] : [];
    }),
  };
}

function whoAndWhere(interaction: Interaction): Pick<Invocation, 'id' | 'person' | 'place'> {
  const { id, user, guildId } = interaction;
  return {
    id: `discord:${id}`,
    person: { id: user.id, name: user.displayName },
    place: placeOf(guildId, user.id, interaction.channelId ?? ''),
  };
}

function isModerator({ memberPermissions }: Interaction): boolean {
  return memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true;
}

function placeOf(guildId: string | null, userId: string, channel: string): Place {
  return { platform: 'discord', tenant: guildId ?? `dm:${userId}`, channel };
}

function responseRef(interaction: Interaction, id: string): MessageRef {
  const expiresAt = new Date(interaction.createdTimestamp + TOKEN_LIFETIME_MS);
  return {
    platform: 'discord',
    channel: interaction.channelId ?? '',
    id,
    details: {
      via: 'interaction',
      guild: interaction.guildId ?? '@me',
      applicationId: interaction.applicationId,
      token: interaction.token,
      expiresAt: expiresAt.toISOString(),
      reach: reachOf(interaction),
      fileLimit: String(interaction.attachmentSizeLimit),
    },
  };
}

function reachOf(interaction: Interaction): Reach {
  const { appPermissions, authorizingIntegrationOwners, channel, context } = interaction;
  if (context === InteractionContextType.BotDM) return 'posts';
  const isMember = interaction.guildId !== null && authorizingIntegrationOwners.guildId !== null;
  if (!isMember || !appPermissions.has(PermissionFlagsBits.ViewChannel)) return 'absent';
  const send = channel?.isThread()
    ? PermissionFlagsBits.SendMessagesInThreads
    : PermissionFlagsBits.SendMessages;
  return appPermissions.has([send, PermissionFlagsBits.AttachFiles]) ? 'posts' : 'edits';
}

/** Discord's answer can get lost after the callback counted: then the response exists. */
async function openResponse(key: InteractionKey & ResponseKey, api: DiscordApi): Promise<string> {
  try {
    return (await api.defer(key, 'reply')) ?? (await api.readResponseId(key));
  } catch (error) {
    if (refusalCode(error) !== undefined) throw error;
  }
  const opened = await findResponse(key, api);
  return opened ?? (await api.defer(key, 'reply')) ?? (await api.readResponseId(key));
}

async function findResponse(key: ResponseKey, api: DiscordApi): Promise<string | undefined> {
  try {
    return await api.readResponseId(key);
  } catch (error) {
    if (refusalCode(error) === undefined) throw error;
    return undefined;
  }
}

/** The message is there already: a first text that does not get through is made good by the next. */
async function say(status: StatusMessage, message: Message, { log }: DiscordParts): Promise<void> {
  try {
    await status.update(message);
  } catch (error) {
    log.warn({ error }, 'the first text of a status message did not get through');
  }
}

/** A forwarded message brings its files along in a snapshot. */
function listAttachments(message: DiscordMessage): readonly AttachmentRef[] {
  const forwarded = [...message.messageSnapshots.values()];
  return [message, ...forwarded]
    .flatMap(({ attachments }) => [...attachments.values()])
    .map((attachment) => toAttachmentRef(attachment, { message }));
}
