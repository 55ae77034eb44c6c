import { z } from 'zod';
import { defineMethod, flag, requireScope, SlackRefusal } from '../method.ts';
import { findJoinedChannel, findVisibleChannel, toScope } from '../places.ts';
import { identity, openDirectMessage, type State } from '../state.ts';
import type { SlackMessage } from '../slack-types.ts';
import { toWireChannel, toWireMessage } from '../wire.ts';

const paging = {
  latest: z.string().optional(),
  oldest: z.string().optional(),
  inclusive: flag.optional(),
  limit: z.coerce.number().int().min(1).max(999).optional(),
  cursor: z.string().optional(),
  include_all_metadata: flag.optional(),
};
interface Paging {
  readonly latest?: string | undefined;
  readonly oldest?: string | undefined;
  readonly inclusive?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly include_all_metadata?: boolean | undefined;
}

export const conversationMethods = {
  'conversations.info': defineMethod({
    scope: '',
    args: {
      channel: z.string(),
      include_locale: flag.optional(),
      include_num_members: flag.optional(),
    },
    run(args, { state }) {
      const channel = findVisibleChannel(state, args.channel);
      requireScope(state.scopes, toScope(channel, 'read'));
      return { channel: toWireChannel(channel) };
    },
  }),

  'conversations.join': defineMethod({
    scope: 'channels:join',
    args: { channel: z.string() },
    run(args, { state }) {
      const channel = findVisibleChannel(state, args.channel);
      if (channel.kind !== 'channel') {
        throw new SlackRefusal('method_not_supported_for_channel_type');
      }
      channel.members.add(identity.botUserId);
      return { channel: toWireChannel(channel) };
    },
  }),

  'conversations.open': defineMethod({
    scope: 'im:write',
    args: {
      users: z.string().optional(),
      channel: z.string().optional(),
      return_im: flag.optional(),
      prevent_creation: flag.optional(),
    },
    run(args, { state }) {
      if (args.channel !== undefined)
        return { channel: toWireChannel(findVisibleChannel(state, args.channel)) };
      if (args.users === undefined) throw new SlackRefusal('users_list_not_supplied');
      if (!state.users.has(args.users)) throw new SlackRefusal('user_not_found');
      const channel = openDirectMessage(state, args.users);
      return { channel: args.return_im === true ? toWireChannel(channel) : { id: channel.id } };
    },
  }),

  'conversations.history': defineMethod({
    scope: '',
    args: { channel: z.string(), ...paging },
    run(args, { state }) {
      const channel = findJoinedChannel(state, args.channel);
      requireScope(state.scopes, toScope(channel, 'history'));
      const roots = state.messages.filter(
        ({ channelId, threadTs, ts }) =>
          channelId === args.channel && (threadTs === undefined || threadTs === ts),
      );
      return toPage(state, roots.toReversed(), args);
    },
  }),

  'conversations.replies': defineMethod({
    scope: '',
    args: { channel: z.string(), ts: z.string(), ...paging },
    run(args, { state }) {
      const channel = findJoinedChannel(state, args.channel);
      requireScope(state.scopes, toScope(channel, 'history'));
      const thread = state.messages.filter(
        ({ channelId, threadTs, ts }) =>
          channelId === args.channel && (ts === args.ts || threadTs === args.ts),
      );
      const [root, ...replies] = thread;
      if (root === undefined) throw new SlackRefusal('thread_not_found');
      const page = toPage(state, replies, args);
      // Slack puts the root first on every page, whatever the page was asked for.
      return { ...page, messages: [toListed(state, root, args), ...page.messages] };
    },
  }),

  'conversations.members': defineMethod({
    scope: '',
    args: {
      channel: z.string(),
      limit: z.coerce.number().int().min(1).max(1000).optional(),
      cursor: z.string().optional(),
    },
    run(args, { state }) {
      const channel = findVisibleChannel(state, args.channel);
      requireScope(state.scopes, toScope(channel, 'read'));
      const members = [...channel.members];
      const from = Number(args.cursor ?? 0);
      const until = from + Math.min(args.limit ?? 100, state.membersPerPage);
      const next = until < members.length ? String(until) : '';
      return { members: members.slice(from, until), response_metadata: { next_cursor: next } };
    },
  }),
};

function toPage(state: State, messages: readonly SlackMessage[], page: Paging) {
  const wanted = messages.filter(({ ts }) => isWithin(ts, page));
  const from = Number(page.cursor ?? 0);
  const until = from + (page.limit ?? 100);
  const hasMore = until < wanted.length;
  return {
    messages: wanted.slice(from, until).map((message) => toListed(state, message, page)),
    has_more: hasMore,
    response_metadata: { next_cursor: hasMore ? String(until) : '' },
  };
}

function toListed(state: State, message: SlackMessage, page: Paging): Record<string, unknown> {
  return {
    ...toWireMessage(state, message),
    ...(page.include_all_metadata === true &&
      message.metadata !== undefined && { metadata: message.metadata }),
  };
}

/** Timestamps are digits of equal length, so that their order is that of their letters. */
function isWithin(ts: string, { oldest, latest, inclusive }: Paging): boolean {
  if (inclusive === true && (ts === oldest || ts === latest)) return true;
  return (oldest === undefined || ts > oldest) && (latest === undefined || ts < latest);
}
