/** Where the bot may write, and under which message. */
import { findMessage, identity, openDirectMessage, type Channel, type State } from './state.ts';
import { SlackRefusal } from './method.ts';

/** A private channel without the bot does not even exist for it. */
export function findVisibleChannel(state: State, id: string): Channel {
  const channel = state.channels.get(id);
  if (channel === undefined || isHidden(channel)) throw new SlackRefusal('channel_not_found');
  return channel;
}

/** Public channels take messages from a bot outside of them, given `chat:write.public`. */
export function findPostableChannel(state: State, id: string): Channel {
  if (state.users.has(id)) return openDirectMessage(state, id);
  const channel = findVisibleChannel(state, id);
  if (!isMember(channel) && !state.scopes.includes('chat:write.public')) {
    throw new SlackRefusal('not_in_channel');
  }
  return channel;
}

export function findJoinedChannel(state: State, id: string): Channel {
  const channel = findVisibleChannel(state, id);
  if (!isMember(channel)) throw new SlackRefusal('not_in_channel');
  return channel;
}

export function isMember(channel: Channel): boolean {
  return channel.members.has(identity.botUserId);
}

/** A thread hangs on its first message; naming a reply instead tears the thread apart. */
export function checkThread(
  state: State,
  place: {
    readonly channelId: string;
    readonly threadTs: string | undefined;
    readonly method: string;
  },
): void {
  if (place.threadTs === undefined) return;
  const root = findMessage(state, place.channelId, place.threadTs);
  if (root === undefined) {
    state.violations.push(`${place.method}: thread_ts ${place.threadTs} names no message`);
    throw new SlackRefusal('thread_not_found');
  }
  if (root.threadTs !== undefined && root.threadTs !== root.ts) {
    state.violations.push(`${place.method}: thread_ts ${place.threadTs} is a reply, not a root`);
  }
}

/** Such as `groups:history`. */
export function toScope({ kind }: Channel, what: 'read' | 'history'): string {
  const families = { channel: 'channels', group: 'groups', im: 'im' } as const;
  return `${families[kind]}:${what}`;
}

function isHidden(channel: Channel): boolean {
  return channel.kind !== 'channel' && !isMember(channel);
}
