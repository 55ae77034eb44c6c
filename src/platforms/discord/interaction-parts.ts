/** What all interactions have: who, where, and the messages that their token opens. */
import {
  InteractionContextType,
  PermissionFlagsBits,
  type BaseInteraction,
  type Message as DiscordMessage,
} from 'discord.js';
import type { MessageRef } from '../../message.ts';
import type { Place } from '../../place.ts';
import type { Asker, Invocation } from '../platform.ts';
import type { Reach } from './ref-details.ts';
import { RESPONSE } from './response-calls.ts';

/** Discord's lifetime of an interaction's token. */
const TOKEN_LIFETIME_MS = 15 * 60_000;

export function whoAndWhere(
  interaction: BaseInteraction,
): Pick<Invocation, 'id' | 'isModerator'> & Asker {
  const { id, memberPermissions } = interaction;
  const isModerator = memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true;
  return {
    id: `discord:${id}`,
    ...askerOf(interaction),
    isModerator: () => Promise.resolve(isModerator),
  };
}

export function askerOf({ user, guildId, channelId }: BaseInteraction): Asker {
  return {
    person: { id: user.id, name: user.displayName },
    place: placeOf(guildId, user.id, channelId ?? ''),
  };
}

/** Who wrote a message, and where. */
export function authorOf({ author, guildId, channelId }: DiscordMessage): Asker {
  return {
    person: { id: author.id, name: author.displayName },
    place: placeOf(guildId, author.id, channelId),
  };
}

function placeOf(guildId: string | null, userId: string, channel: string): Place {
  return { platform: 'discord', tenant: guildId ?? `dm:${userId}`, channel };
}

/** `message` says which one where it is not the first response. */
export function responseRef(
  interaction: BaseInteraction,
  id: string,
  message = RESPONSE,
): MessageRef {
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
      message,
      expiresAt: expiresAt.toISOString(),
      reach: reachOf(interaction),
      fileLimit: String(interaction.attachmentSizeLimit),
    },
  };
}

export function reachOf(interaction: BaseInteraction): Reach {
  const { appPermissions, authorizingIntegrationOwners, channel, context } = interaction;
  if (context === InteractionContextType.BotDM) return 'posts';
  const isMember = interaction.guildId !== null && authorizingIntegrationOwners.guildId !== null;
  if (!isMember || !appPermissions.has(PermissionFlagsBits.ViewChannel)) return 'absent';
  const send = channel?.isThread()
    ? PermissionFlagsBits.SendMessagesInThreads
    : PermissionFlagsBits.SendMessages;
  return appPermissions.has([send, PermissionFlagsBits.AttachFiles]) ? 'posts' : 'edits';
}
