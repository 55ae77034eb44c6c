import { MessageFlags } from 'discord.js';
import type { Context } from 'hono';
import { tellDeletion, tellMessage, toReadableJson } from './events.ts';
import type { MessageBody } from './message-limits.ts';
import { createMessage, defaultFileLimit, editMessage } from './messages.ts';
import type { RateLimits } from './rate-limits.ts';
import { refuse, refuseForm } from './refusals.ts';
import type { Rest, RestEnvironment, RestParts } from './rest.ts';
import { isBotIn, isInGuild, isThread, may, type Channel, type World } from './state.ts';
import type { RecordedRequest, ServerMessage } from './types.ts';
import { isVoice } from './voice-rules.ts';
import { isVisibleToBot, toChannelJson, toMessageJson } from './wire.ts';

const minutes = 60_000;
const nonceMemoryMs = 5 * minutes;

/** What the bot does with its own token in channels it is in. */
export function addChannelRoutes(rest: Rest, { world, limits }: RestParts): void {
  rest.get('/channels/:channel', (context) =>
    context.json(toChannelJson(world, enterChannel(world, context))),
  );
  rest.get('/channels/:channel/messages', (context) => {
    const channel = enterChannel(world, context);
    if (isInGuild(channel) && !may(world, 'ReadMessageHistory')) return context.json([]);
    const page = selectPage(listVisible(world, channel), context.req.query());
    return context.json(page.map((message) => toReadableJson(world, message)));
  });
  rest.get('/channels/:channel/messages/:message', (context) => {
    const channel = enterChannel(world, context);
    if (isInGuild(channel) && !may(world, 'ReadMessageHistory')) throw refuse('missingAccess');
    return context.json(toReadableJson(world, findMessage(world, context)));
  });
  rest.post('/channels/:channel/messages', (context) => {
    const channel = enterChannel(world, context);
    return context.json(toMessageJson(world, postMessage(world, channel, context.get('request'))));
  });
  rest.patch('/channels/:channel/messages/:message', (context) => {
    const message = patchMessage({ world, limits }, context);
    return context.json(toReadableJson(world, message));
  });
  rest.delete('/channels/:channel/messages/:message', (context) => {
    enterChannel(world, context);
    const message = findMessage(world, context);
    const isOwn = message.author.id === world.bot.id;
    if (!isOwn && !may(world, 'ManageMessages')) throw refuse('missingPermissions');
    message.deleted = true;
    tellDeletion(world, message);
    return context.body(null, 204);
  });
  rest.get('/channels/:channel/thread-members/:user', (context) => {
    const { id } = enterChannel(world, context);
    const user_id = context.req.param('user');
    const isMember = world.admitted.get(id)?.has(user_id) ?? false;
    if (!isMember) throw refuse('unknownMember');
    return context.json({ id, user_id, join_timestamp: '2026-01-01T00:00:00+00:00', flags: 0 });
  });
  rest.post('/channels/:channel/typing', (context) => {
    requireSending(world, enterChannel(world, context));
    return context.body(null, 204);
  });
  rest.post('/channels/:channel/messages/:message/threads', (context) => {
    const channel = enterChannel(world, context);
    return context.json(toChannelJson(world, startThread(world, channel, context)), 201);
  });
  rest.post('/users/@me/channels', (context) =>
    context.json(toChannelJson(world, world.channels.get(world.ids.dm)!)),
  );
}

function enterChannel(world: World, context: Context<RestEnvironment>): Channel {
  const channel = world.channels.get(context.req.param('channel') ?? '');
  if (!channel) throw refuse('unknownChannel');
  if (!isBotIn(channel)) throw refuse('missingAccess');
  if (isInGuild(channel) && !may(world, 'ViewChannel')) throw refuse('missingAccess');
  return channel;
}

/** An ephemeral message does not exist for the bot's token. */
function findMessage(world: World, context: Context<RestEnvironment>): ServerMessage {
  const message = world.messages.get(context.req.param('message') ?? '');
  const isHere = message?.channelId === context.req.param('channel');
  if (!message || !isHere || !isVisibleToBot(message)) throw refuse('unknownMessage');
  return message;
}

function listVisible(world: World, channel: Channel): ServerMessage[] {
  return [...world.messages.values()].filter(
    (message) => message.channelId === channel.id && isVisibleToBot(message),
  );
}

/** Newest first, as Discord pages; `after` begins at the oldest that fits. */
function selectPage(
  messages: readonly ServerMessage[],
  query: Record<string, string>,
): ServerMessage[] {
  const limit = Number(query['limit'] ?? 50);
  if (!(limit >= 1 && limit <= 100)) {
    const problem = { code: 'NUMBER_TYPE_RANGE', message: 'Must be between 1 and 100.' };
    throw refuseForm([{ path: 'limit', ...problem }]);
  }
  const { before, after, around } = query;
  const older = (id: string) => messages.filter((message) => BigInt(message.id) < BigInt(id));
  const newer = (id: string) => messages.filter((message) => BigInt(message.id) > BigInt(id));
  if (around) {
    const half = Math.floor(limit / 2);
    const middle = messages.filter(({ id }) => id === around);
    const page = [...older(around).slice(-half), ...middle, ...newer(around).slice(0, half)];
    return page.toReversed();
  }
  if (after) return newer(after).slice(0, limit).toReversed();
  return (before ? older(before) : messages).slice(-limit).toReversed();
}

function postMessage(world: World, channel: Channel, request: RecordedRequest): ServerMessage {
  const body = (request.body ?? {}) as MessageBody;
  requireSending(world, channel);
  if (isVoice(body.flags)) requireSpeaking(world, channel);
  else requireAttaching(world, channel, request);
  requireReference(world, channel, body);
  const nonce = body.enforce_nonce && body.nonce ? String(body.nonce) : undefined;
  const earlier = nonce === undefined ? undefined : world.nonces.get(nonce);
  if (earlier && world.now() - earlier.at < nonceMemoryMs) return earlier.message;
  const message = createMessage(
    world,
    { channelId: channel.id, author: world.bot },
    {
      body: { ...body, flags: (body.flags ?? 0) & ~MessageFlags.Ephemeral },
      files: request.files,
      by: 'bot',
      fileLimit: defaultFileLimit,
    },
  );
  if (nonce !== undefined) world.nonces.set(nonce, { at: world.now(), message });
  tellMessage(world, message, 'MESSAGE_CREATE');
  return message;
}

function patchMessage(
  { world, limits }: { world: World; limits: RateLimits },
  context: Context<RestEnvironment>,
): ServerMessage {
  const channel = enterChannel(world, context);
  const message = findMessage(world, context);
  const request = context.get('request');
  if (message.author.id !== world.bot.id) throw refuse('editsOthersMessage');
  if (isVoice(message.flags)) throw refuse('voiceEdited');
  if (world.now() - message.createdAt > 60 * minutes) limits.takeOldEdit(channel.id);
  requireAttaching(world, channel, request);
  const body = (request.body ?? {}) as MessageBody;
  editMessage(world, message, {
    body,
    files: request.files,
    by: 'bot',
    fileLimit: defaultFileLimit,
  });
  tellMessage(world, message, 'MESSAGE_UPDATE');
  return message;
}

function requireSending(world: World, channel: Channel): void {
  if (!isInGuild(channel)) return;
  const needed = isThread(channel) ? 'SendMessagesInThreads' : 'SendMessages';
  if (!may(world, needed)) throw refuse('missingPermissions');
}

/** Instead of the permission to attach files. */
function requireSpeaking(world: World, channel: Channel): void {
  if (isInGuild(channel) && !may(world, 'SendVoiceMessages')) throw refuse('voiceForbidden');
}

export function requireAttaching(world: World, channel: Channel, request: RecordedRequest): void {
  const isHeld = isInGuild(channel) && !may(world, 'AttachFiles');
  if (request.files.length > 0 && isHeld) throw refuse('missingPermissions');
}

function requireReference(world: World, channel: Channel, body: MessageBody): void {
  const reference = body.message_reference;
  if (!reference) return;
  if (isInGuild(channel) && !may(world, 'ReadMessageHistory')) throw refuse('noHistory');
  const message = world.messages.get(reference.message_id);
  const isThere = message?.channelId === channel.id && !message.deleted;
  if (isThere || reference.fail_if_not_exists === false) return;
  const problem = { code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', message: 'Unknown message' };
  throw refuseForm([{ path: 'message_reference', ...problem }]);
}

/** A thread has the id of the message it hangs on, and a message has one at most. */
function startThread(world: World, channel: Channel, context: Context<RestEnvironment>): Channel {
  const message = findMessage(world, context);
  const { name } = context.get('request').body as { name: string };
  if (channel.kind !== 'guild') throw refuse('wrongChannelType');
  if (!may(world, 'CreatePublicThreads')) throw refuse('missingPermissions');
  if (world.channels.has(message.id)) throw refuse('threadExists');
  const thread: Channel = {
    id: message.id,
    kind: 'thread',
    name,
    guildId: channel.guildId,
    parentId: channel.id,
  };
  world.channels.set(thread.id, thread);
  world.tell({ type: 'THREAD_CREATE', intent: 1, payload: toChannelJson(world, thread) });
  return thread;
}
