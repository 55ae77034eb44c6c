/**
 * Posts one message, never two. Slack takes no idempotency key, so each post carries its key as
 * metadata, and a post whose outcome is unknown is looked for before it is repeated.
 */
import type { ChatPostMessageArguments } from '@slack/web-api';
import { z } from 'zod';
import type { MessageRef } from '../../message.ts';
import { isNotInside, isUncertain } from './errors.ts';
import type { SlackContent } from './render.ts';
import type { SlackParts } from './slack-parts.ts';

export interface Spot {
  readonly channel: string;
  /** The root of the thread; undefined for a message of the channel itself. */
  readonly thread: string | undefined;
}

export interface Post extends Spot {
  readonly content: SlackContent;
  /** What the message is about; members of the channel can read it. */
  readonly key: string;
}

/** Nothing in our texts may ping, unfurl or be read as markup that we did not write. */
export const QUIET = { parse: 'none', link_names: false } as const;
const EVENT_TYPE = 'easel_job';
/** Slack's history can lag a little behind a post. */
const HISTORY_LAG_MS = 1000;
/** A post is looked for among the newest messages of this long. */
const SEARCH_BACK_MS = 24 * 3_600_000;
/** Slack's limit; of a thread it lists the oldest ones first. */
const SEARCH_LIMIT = 999;

const posted = z.object({ ts: z.string() });
const listing = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_payload: z.object({ key: z.string().optional() }).optional() })
        .optional(),
    }),
  ),
});

/** Posts, joining a public channel first where the bot is not in it. */
export async function postOnce(post: Post, parts: SlackParts): Promise<MessageRef> {
  try {
    return await tryPost(post, parts);
  } catch (error) {
    if (!isNotInside(error) || !(await hasJoined(post.channel, parts))) throw error;
    return tryPost(post, parts);
  }
}

/** The message that was posted under this key before, if any. */
export async function findPost(
  { channel, thread, key }: Spot & { readonly key: string },
  { calls, clock }: SlackParts,
): Promise<MessageRef | undefined> {
  const oldest = String(Math.floor((clock.now().getTime() - SEARCH_BACK_MS) / 1000));
  const page = { channel, oldest, limit: SEARCH_LIMIT, include_all_metadata: true };
  const answer = await calls.surely((client) =>
    thread === undefined
      ? client.conversations.history(page)
      : client.conversations.replies({ ...page, ts: thread }),
  );
  const found = listing
    .parse(answer)
    .messages.find(({ metadata }) => metadata?.event_payload?.key === key);
  return found && toRef({ channel, thread }, found.ts);
}

async function tryPost(post: Post, parts: SlackParts): Promise<MessageRef> {
  try {
    return await send(post, parts);
  } catch (error) {
    if (!isUncertain(error)) throw error;
    parts.log.warn({ error }, 'Slack did not say whether it took a post; looking for it');
    await parts.clock.sleep(HISTORY_LAG_MS);
    return (await findPost(post, parts)) ?? send(post, parts);
  }
}

async function send(post: Post, { calls }: SlackParts): Promise<MessageRef> {
  const message: ChatPostMessageArguments = {
    ...QUIET,
    channel: post.channel,
    ...post.content,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: EVENT_TYPE, event_payload: { key: post.key } },
    ...(post.thread !== undefined && { thread_ts: post.thread }),
  };
  const { ts } = posted.parse(await calls.once((client) => client.chat.postMessage(message)));
  return toRef(post, ts);
}

export function toRef({ channel, thread }: Spot, ts: string): MessageRef {
  return { platform: 'slack', channel, id: ts, details: { thread: thread ?? ts } };
}

/** Bots may join public channels by themselves; every refusal means: this one is not public. */
export async function hasJoined(channel: string, { calls, log }: SlackParts): Promise<boolean> {
  try {
    await calls.surely((client) => client.conversations.join({ channel }));
    return true;
  } catch (error) {
    log.debug({ error, channel }, 'could not join a channel');
    return false;
  }
}
