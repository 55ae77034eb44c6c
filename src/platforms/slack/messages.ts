/**
 * Which messages are meant for Easel. A mention arrives twice, as `app_mention` and as `message`,
 * and only the second reliably has the files: the two are one wish.
 */
import type { Clock } from '../../clock.ts';
import type { MessageEvent } from './payloads.ts';
import { mentions } from './typed-text.ts';

/** The rest are edits, deletions, joins and other bots' posts. */
const SPOKEN = new Set(['', 'file_share', 'thread_broadcast', 'me_message']);
/** How long a mention without files waits for its richer twin. */
const TWIN_WAIT_MS = 1000;
const REMEMBERED = 1000;

/** Answers true exactly once for each message that somebody addressed to Easel. */
export function createMessageFilter(
  botUserId: string,
  clock: Clock,
): (event: MessageEvent) => Promise<boolean> {
  const taken = new Set<string>();

  return async (event) => {
    if (!isSpoken(event) || !isAddressed(event, botUserId)) return false;
    const key = `${event.channel}:${event.ts}`;
    const mayHaveTwin = event.type === 'app_mention' && event.files.length === 0;
    if (mayHaveTwin && !taken.has(key)) await clock.sleep(TWIN_WAIT_MS);
    if (taken.has(key)) return false;
    taken.add(key);
    const [oldest] = taken;
    if (taken.size > REMEMBERED && oldest !== undefined) taken.delete(oldest);
    return true;
  };
}

export function isDirect(event: MessageEvent): boolean {
  return event.channel_type === 'im' || event.channel.startsWith('D');
}

/** Bots are never answered, so that two of them cannot talk to each other for ever. */
function isSpoken(event: MessageEvent): boolean {
  return (
    SPOKEN.has(event.subtype ?? '') &&
    event.hidden !== true &&
    event.bot_id === undefined &&
    event.user !== undefined
  );
}

function isAddressed(event: MessageEvent, botUserId: string): boolean {
  if (event.user === botUserId) return false;
  return event.type === 'app_mention' || isDirect(event) || mentions(event.text, botUserId);
}
