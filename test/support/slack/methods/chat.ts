import { z } from 'zod';
import { messageBlocks } from '../block-limits.ts';
import { editMessage, readContent, removeMessage } from '../content.ts';
import { defineMethod, flag, json, SlackRefusal } from '../method.ts';
import { checkThread, findPostableChannel, findVisibleChannel, isMember } from '../places.ts';
import { addEphemeral, addMessage, findMessage, identity, type State } from '../state.ts';
import type { SlackBlock, SlackMessage } from '../slack-types.ts';
import { toPermalink, toWireMessage } from '../wire.ts';

const ts = z.string().regex(/^\d{10}\.\d{6}$/u, { error: 'is no timestamp of a message' });
const metadata = json(
  z.strictObject({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }),
);
const content = {
  text: z.string().optional(),
  blocks: json(messageBlocks).optional(),
  metadata: metadata.optional(),
  attachments: json(z.array(z.unknown())).optional(),
  parse: z.enum(['none', 'full']).optional(),
  link_names: flag.optional(),
};
const unfurling = { unfurl_links: flag.optional(), unfurl_media: flag.optional() };

export const chatMethods = {
  'chat.postMessage': defineMethod({
    scope: 'chat:write',
    args: {
      channel: z.string(),
      ...content,
      ...unfurling,
      thread_ts: ts.optional(),
      reply_broadcast: flag.optional(),
      mrkdwn: flag.optional(),
    },
    run(args, { state, events }) {
      const channel = findPostableChannel(state, args.channel);
      checkThread(state, {
        channelId: channel.id,
        threadTs: args.thread_ts,
        method: 'chat.postMessage',
      });
      const { text, blocks } = readContent(state, args, 'chat.postMessage');
      if (text.length > 40_000) state.violations.push('chat.postMessage: text is cut at 40000');
      const message = addMessage(state, {
        channelId: channel.id,
        threadTs: args.thread_ts,
        userId: identity.botUserId,
        text: text.slice(0, 40_000),
        blocks,
        metadata: args.metadata,
      });
      events.sendMessageEvent(message);
      return { channel: channel.id, ts: message.ts, message: toWireMessage(state, message) };
    },
  }),

  'chat.update': defineMethod({
    scope: 'chat:write',
    args: {
      channel: z.string(),
      ts,
      ...content,
      as_user: flag.optional(),
      file_ids: json(z.array(z.string())).optional(),
      reply_broadcast: flag.optional(),
    },
    run(args, { state, events }) {
      const message = findOwnMessage(state, args.channel, args.ts);
      const { text, blocks } = readContent(state, args, 'chat.update');
      if (text.length > 4000) {
        state.violations.push('chat.update: text is longer than 4000');
        throw new SlackRefusal('msg_too_long');
      }
      if (isMismatch(message, args.blocks)) throw new SlackRefusal('block_mismatch');
      editMessage(state, message, { text: args.text === undefined ? message.text : text, blocks });
      message.metadata = args.metadata ?? message.metadata;
      events.sendChange(message, 'message_changed');
      return {
        channel: args.channel,
        ts: args.ts,
        text: message.text,
        message: toWireMessage(state, message),
      };
    },
  }),

  'chat.delete': defineMethod({
    scope: 'chat:write',
    args: { channel: z.string(), ts, as_user: flag.optional() },
    run(args, { state, events }) {
      const message = findOwnMessage(state, args.channel, args.ts);
      removeMessage(state, message);
      events.sendChange(message, 'message_deleted');
      return { channel: args.channel, ts: args.ts };
    },
  }),

  'chat.postEphemeral': defineMethod({
    scope: 'chat:write',
    args: { channel: z.string(), user: z.string(), ...content, thread_ts: ts.optional() },
    run(args, { state }) {
      const channel = findVisibleChannel(state, args.channel);
      if (!isMember(channel)) throw new SlackRefusal('not_in_channel');
      if (!channel.members.has(args.user)) throw new SlackRefusal('user_not_in_channel');
      checkThread(state, {
        channelId: channel.id,
        threadTs: args.thread_ts,
        method: 'chat.postEphemeral',
      });
      const { text, blocks } = readContent(state, args, 'chat.postEphemeral');
      const ts = addEphemeral(state, {
        channelId: channel.id,
        userId: args.user,
        threadTs: args.thread_ts,
        text,
        blocks,
        by: 'chat.postEphemeral',
      });
      return { message_ts: ts };
    },
  }),

  'chat.getPermalink': defineMethod({
    scope: '',
    args: { channel: z.string(), message_ts: ts },
    run(args, { state }) {
      findVisibleChannel(state, args.channel);
      if (findMessage(state, args.channel, args.message_ts) === undefined) {
        throw new SlackRefusal('message_not_found');
      }
      return {
        channel: args.channel,
        permalink: toPermalink(state, args.channel, args.message_ts),
      };
    },
  }),
};

/** Slack does not exchange rich text for other blocks. */
function isMismatch(message: SlackMessage, next: readonly SlackBlock[] | undefined): boolean {
  return next !== undefined && hasRichText(message.blocks) && !hasRichText(next);
}

function hasRichText(blocks: readonly SlackBlock[]): boolean {
  return blocks.some(({ type }) => type === 'rich_text');
}

function findOwnMessage(state: State, channelId: string, messageTs: string): SlackMessage {
  findVisibleChannel(state, channelId);
  const message = findMessage(state, channelId, messageTs);
  if (message === undefined) throw new SlackRefusal('message_not_found');
  if (!message.fromBot) throw new SlackRefusal('cant_update_message');
  return message;
}
