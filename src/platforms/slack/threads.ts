/** Which threads are Easel's: those below its cards, and those in which it has delivered something. */
import type { SlackParts } from './slack-parts.ts';

const COLLECTION = 'slack-threads';

interface Reply {
  readonly channel: string;
  readonly thread: string;
  /** Who wrote the root. */
  readonly parent_user_id?: string | undefined;
}

export async function isOurThread(
  { channel, thread, parent_user_id: author }: Reply,
  { bot, records }: SlackParts,
): Promise<boolean> {
  if (author === bot.userId) return true;
  return (await records.read(COLLECTION, toKey(channel, thread))) !== undefined;
}

export async function rememberThread(
  { channel, thread }: Reply,
  { records }: SlackParts,
): Promise<void> {
  await records.claim(COLLECTION, toKey(channel, thread), {});
}

function toKey(channel: string, thread: string): string {
  return `${channel}:${thread}`;
}
