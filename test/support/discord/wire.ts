import { AttachmentFlags, ChannelType, MessageFlags, PermissionFlagsBits } from 'discord.js';
import {
  everyonesPermissions,
  isBotIn,
  isInGuild,
  isThread,
  signLink,
  type Channel,
  type World,
} from './state.ts';
import type { JsonObject, ServerAttachment, ServerMessage, TestUser } from './types.ts';

export function toUserJson(user: TestUser): JsonObject {
  return { ...user, discriminator: '0', avatar: null, public_flags: 0 };
}

export function toMemberJson(user: TestUser): JsonObject {
  return {
    user: toUserJson(user),
    roles: [],
    nick: null,
    avatar: null,
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    deaf: false,
    mute: false,
    flags: 0,
  };
}

/** Whoever is told of a file gets a fresh address of it. */
export function toAttachmentJson(world: World, attachment: ServerAttachment): JsonObject {
  const url = signLink(world, new URL(attachment.url).pathname);
  return {
    id: attachment.id,
    filename: attachment.filename,
    size: attachment.bytes.length,
    url,
    proxy_url: url,
    content_type: attachment.contentType,
    ...(attachment.description !== undefined && { description: attachment.description }),
    ...(attachment.ephemeral && { ephemeral: true }),
    ...(attachment.voice && {
      duration_secs: attachment.voice.seconds,
      waveform: attachment.voice.waveform,
    }),
    ...(attachment.isSpoiler && { flags: AttachmentFlags.IsSpoiler }),
  };
}

/** A message as REST answers it and the gateway tells it. */
export function toMessageJson(world: World, message: ServerMessage): JsonObject {
  const isEdited = message.versions.length > 1;
  return {
    id: message.id,
    channel_id: message.channelId,
    author: toUserJson(message.author),
    tts: false,
    pinned: false,
    mention_everyone: message.pings.everyone,
    ...toContentJson(world, message),
    edited_timestamp: isEdited ? new Date(message.versions.at(-1)?.at ?? 0).toISOString() : null,
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...(message.by !== 'person' && { application_id: world.bot.id }),
    ...(message.by === 'interaction' && { webhook_id: world.bot.id }),
    ...(message.viaWebhook && { webhook_id: message.author.id }),
    ...toReplyJson(world, message),
    ...toForwardJson(world, message),
  };
}

/** What a forward keeps of a message: all but who wrote it. */
export function toContentJson(world: World, message: ServerMessage): JsonObject {
  return {
    type: message.repliesTo ? 19 : 0,
    content: message.content,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: null,
    mentions: message.pings.users.flatMap((id) => toKnownUser(world, id)),
    mention_roles: message.pings.roles,
    attachments: message.attachments.map((attachment) => toAttachmentJson(world, attachment)),
    embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
    components: message.components,
    flags: message.flags,
  };
}

function toForwardJson(world: World, { forwards }: ServerMessage): JsonObject {
  if (!forwards) return {};
  const { channelId, id } = forwards;
  return {
    message_reference: {
      type: 1,
      channel_id: channelId,
      message_id: id,
      ...inGuild(world, channelId),
    },
    message_snapshots: [{ message: toContentJson(world, forwards) }],
  };
}

function toReplyJson(world: World, message: ServerMessage): JsonObject {
  if (!message.repliesTo) return {};
  const repliedTo = world.messages.get(message.repliesTo);
  const isThere = repliedTo !== undefined && !repliedTo.deleted;
  return {
    message_reference: {
      type: 0,
      channel_id: message.channelId,
      message_id: message.repliesTo,
      ...inGuild(world, message.channelId),
    },
    referenced_message: isThere
      ? toMessageJson(world, { ...repliedTo, repliesTo: undefined })
      : null,
  };
}

function toKnownUser(world: World, id: string): JsonObject[] {
  const user = world.users.get(id);
  return user ? [toUserJson(user)] : [];
}

/** Message events carry the guild, REST answers do not. */
export function inGuild(world: World, channelId: string): JsonObject {
  const guildId = world.channels.get(channelId)?.guildId;
  return guildId ? { guild_id: guildId } : {};
}

const types = {
  guild: ChannelType.GuildText,
  closed: ChannelType.GuildText,
  foreign: ChannelType.GuildText,
  thread: ChannelType.PublicThread,
  'private-thread': ChannelType.PrivateThread,
  dm: ChannelType.DM,
  group: ChannelType.GroupDM,
} as const;

export function toChannelType(channel: Channel): ChannelType {
  return types[channel.kind];
}

export function toChannelJson(world: World, channel: Channel): JsonObject {
  const base = { id: channel.id, type: toChannelType(channel), last_message_id: null };
  if (channel.kind === 'dm' || channel.kind === 'group') {
    return { ...base, recipients: [toUserJson(world.person)], name: channel.name || null };
  }
  const named = { ...base, name: channel.name, guild_id: channel.guildId };
  if (isThread(channel)) return { ...named, ...toThreadParts(world, channel) };
  return {
    ...named,
    parent_id: null,
    position: 0,
    nsfw: false,
    topic: null,
    rate_limit_per_user: 0,
    permission_overwrites: toOverwrites(world, channel),
  };
}

/** For the bot, for the roleless everybody (whose role has the guild's id) and for single people. */
function toOverwrites(world: World, channel: Channel): JsonObject[] {
  const admitted = [...(world.admitted.get(channel.id) ?? [])].filter((id) => id !== world.bot.id);
  const view = PermissionFlagsBits.ViewChannel;
  const people = [...new Set([...world.powers.keys(), ...admitted])].map((id) => {
    const powers = world.powers.get(id) ?? 0n;
    return {
      id,
      type: 1,
      allow: String(admitted.includes(id) ? powers | view : powers),
      deny: '0',
    };
  });
  const isClosed = channel.kind === 'closed';
  const everybody = { id: world.ids.guild, type: 0, allow: '0', deny: String(view) };
  return [
    ...(isClosed ? [everybody] : []),
    { id: world.bot.id, type: 1, allow: String(world.permissions), deny: toDenied(world) },
    ...people,
  ];
}

function toDenied(world: World): string {
  const all = Object.values(PermissionFlagsBits).reduce((sum, bit) => sum | bit, 0n);
  return String(all & ~world.permissions);
}

function toThreadParts(world: World, channel: Channel): JsonObject {
  return {
    parent_id: channel.parentId,
    owner_id: world.person.id,
    message_count: 0,
    member_count: 1,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived: false,
      locked: false,
      auto_archive_duration: 1440,
      archive_timestamp: '2026-01-01T00:00:00.000000+00:00',
    },
  };
}

/** GUILD_CREATE's payload: a guild with one role, the bot, and the channels it lives in. */
export function toGuildJson(world: World): JsonObject {
  const channels = [...world.channels.values()].filter(isInGuild);
  const permissions = String(everyonesPermissions);
  const role = { id: world.ids.guild, name: '@everyone', permissions, position: 0 };
  return {
    id: world.ids.guild,
    name: 'Loopback',
    owner_id: world.ids.owner,
    unavailable: false,
    large: false,
    member_count: 2,
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    preferred_locale: 'en-US',
    premium_tier: 0,
    verification_level: 0,
    nsfw_level: 0,
    features: [],
    emojis: [],
    stickers: [],
    roles: [{ ...role, color: 0, hoist: false, managed: false, mentionable: false, flags: 0 }],
    members: [toMemberJson(world.bot)],
    channels: channels
      .filter((channel) => !isThread(channel))
      .map((channel) => toChannelJson(world, channel)),
    threads: channels.filter(isThread).map((channel) => toChannelJson(world, channel)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
  };
}

/** What the interaction payload says the app may do there; conversations know only three or four bits. */
export function toAppPermissions(world: World, channel: Channel): string {
  if (isInGuild(channel)) return String(world.permissions);
  const { AttachFiles, EmbedLinks, MentionEveryone, UseExternalEmojis } = PermissionFlagsBits;
  const usual = AttachFiles | EmbedLinks | MentionEveryone;
  return String(isBotIn(channel) ? usual | UseExternalEmojis : usual);
}

/** Discord shows nobody but the person an ephemeral message, not even the bot that wrote it. */
export function isVisibleToBot(message: ServerMessage): boolean {
  return !message.deleted && (message.flags & MessageFlags.Ephemeral) === 0;
}
