import { GatewayIntentBits } from 'discord.js';
import { isBotIn, isInGuild, type GatewayEvent, type World } from './state.ts';
import type { JsonObject, ServerMessage } from './types.ts';
import {
  inGuild,
  isVisibleToBot,
  toChannelType,
  toContentJson,
  toMemberJson,
  toMessageJson,
} from './wire.ts';

type MessageEventType = 'MESSAGE_CREATE' | 'MESSAGE_UPDATE';

/** Tells the gateway of a message, unless the bot is not there to see it. */
export function tellMessage(world: World, message: ServerMessage, type: MessageEventType): void {
  const event = toMessageEvent(world, message, type);
  if (event) world.tell(event);
}

export function tellDeletion(world: World, message: ServerMessage): void {
  const channel = world.channels.get(message.channelId);
  if (!channel || !isBotIn(channel)) return;
  world.tell({
    type: 'MESSAGE_DELETE',
    intent: toIntent(isInGuild(channel)),
    payload: {
      id: message.id,
      channel_id: message.channelId,
      ...inGuild(world, message.channelId),
    },
  });
}

function toMessageEvent(
  world: World,
  message: ServerMessage,
  type: MessageEventType,
): GatewayEvent | undefined {
  const channel = world.channels.get(message.channelId);
  if (!channel || !isBotIn(channel) || !isVisibleToBot(message)) return undefined;
  const payload = {
    ...toMessageJson(world, message),
    ...inGuild(world, message.channelId),
    channel_type: toChannelType(channel),
    ...(isInGuild(channel) && !message.viaWebhook && { member: toMemberJson(message.author) }),
  };
  const withoutContent = { ...payload, ...toHidden(world, message) };
  return { type, intent: toIntent(isInGuild(channel)), payload, withoutContent };
}

/** A message as REST reads it back: without its nonce, and emptied where the app may not read it. */
export function toReadableJson(world: World, message: ServerMessage): JsonObject {
  const hidden = world.grantsMessageContent ? {} : toHidden(world, message);
  return { ...toMessageJson(world, message), nonce: undefined, ...hidden };
}

/** The message that it answers is held to the same rule by itself: it is not the one that mentions the app. */
function toHidden(world: World, message: ServerMessage): JsonObject {
  const answered = world.messages.get(message.repliesTo ?? '');
  const isAnsweredHidden = answered && !answered.deleted && !isReadable(world, answered);
  return {
    ...(!isReadable(world, message) && toEmptied(world, message)),
    ...(isAnsweredHidden && {
      referenced_message: { ...toMessageJson(world, answered), ...toEmptied(world, answered) },
    }),
  };
}

function toEmptied(world: World, { forwards }: ServerMessage): JsonObject {
  const snapshot = forwards && {
    message_snapshots: [{ message: { ...toContentJson(world, forwards), ...emptied } }],
  };
  return { ...emptied, ...snapshot };
}

const emptied = { content: '', embeds: [], attachments: [], components: [] };

/** What an app without MESSAGE_CONTENT still gets whole. */
function isReadable(world: World, message: ServerMessage): boolean {
  const isDirect = message.channelId === world.ids.dm;
  const isOwn = message.author.id === world.bot.id;
  return isDirect || isOwn || mentionsBot(world, message);
}

/** A ping by reply counts, but not one of an interaction's response. */
function mentionsBot(world: World, message: ServerMessage): boolean {
  const isNamed = new RegExp(`<@!?${world.bot.id}>`).test(message.content);
  const repliedTo = world.messages.get(message.repliesTo ?? '');
  const isOwnRegular = repliedTo?.author.id === world.bot.id && repliedTo.by === 'bot';
  return isNamed || (isOwnRegular && message.pings.users.includes(world.bot.id));
}

function toIntent(inGuild: boolean): number {
  return inGuild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages;
}
