/** Messages as Slack keeps them: a single one, or a whole thread. */
import { z } from 'zod';
import { UserError } from '../../errors.ts';
import { codeOf, isNotInside } from './errors.ts';
import { slackMessage, type SlackMessage } from './message-pictures.ts';
import type { SlackParts } from './slack-parts.ts';

export interface MessageSpot {
  readonly channel: string;
  readonly ts: string;
  /** The root of the thread; undefined where nobody says whether there is one. */
  readonly thread: string | undefined;
}

interface ThreadSpot {
  readonly channel: string;
  readonly thread: string;
  /** Only what was there before this message. */
  readonly before: string | undefined;
}

/** Slack's limits: messages on a page, and far more pages than any thread has. */
const PAGE = 999;
const MOST_PAGES = 20;
const GONE = new Set(['thread_not_found', 'message_not_found']);

const listing = z.object({
  messages: z.array(slackMessage).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
});

/** What is no root is found in its thread alone. */
export async function readMessage(
  { channel, ts, thread }: MessageSpot,
  { calls }: SlackParts,
): Promise<SlackMessage | undefined> {
  const only = { channel, oldest: ts, latest: ts, inclusive: true, limit: 1 };
  const answer = await calls.surely((client) =>
    thread === undefined
      ? client.conversations.history(only)
      : client.conversations.replies({ ...only, ts: thread }),
  );
  return listing.parse(answer).messages.find((message) => message.ts === ts);
}

/** Newest first. Throws `UserError` where Easel may not read along. */
export async function readThread(
  spot: ThreadSpot,
  parts: SlackParts,
): Promise<readonly SlackMessage[]> {
  const { before } = spot;
  const shown = new Map<string, SlackMessage>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { messages, next } = await readPage({ ...spot, cursor }, parts);
    // Every page begins with the root.
    for (const message of messages) shown.set(message.ts, message);
    cursor = next;
    if (cursor === undefined) break;
  }
  return [...shown.values()]
    .filter(({ ts }) => before === undefined || ts < before)
    .toSorted((a, b) => (a.ts < b.ts ? 1 : -1));
}

async function readPage(
  { channel, thread: ts, before, cursor }: ThreadSpot & { readonly cursor: string | undefined },
  { calls }: SlackParts,
): Promise<{ readonly messages: readonly SlackMessage[]; readonly next: string | undefined }> {
  const answer = await calls
    .surely((client) =>
      client.conversations.replies({
        channel,
        ts,
        limit: PAGE,
        ...(before !== undefined && { latest: before }),
        ...(cursor !== undefined && { cursor }),
      }),
    )
    .catch(explain);
  const { messages, response_metadata: metadata } = listing.parse(answer);
  const next = metadata?.next_cursor ?? '';
  return { messages, next: next === '' ? undefined : next };
}

function explain(error: unknown): object {
  const code = codeOf(error) ?? '';
  if (GONE.has(code)) return {};
  if (code !== 'missing_scope' && !isNotInside(error)) throw error;
  throw new UserError(
    'Easel may not read this conversation, so it does not see what you mean: attach the picture or the recording to your message.',
    { cause: error },
  );
}
