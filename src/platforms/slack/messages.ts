/**
 * Which messages are meant for Easel. A mention arrives twice, as `app_mention` and as `message`,
 * and only the second reliably has the files: the two are one wish.
 */
import type { Place } from '../../place.ts';
import type { MessageEvent } from './payloads.ts';
import type { SlackParts } from './slack-parts.ts';
import { isOurThread } from './threads.ts';
import { mentions } from './typed-text.ts';

/** The rest are edits, deletions, joins and other bots' posts. */
const SPOKEN = new Set(['', 'file_share', 'thread_broadcast', 'me_message']);
/** How long a mention without files waits for its richer twin. */
const TWIN_WAIT_MS = 1000;
const REMEMBERED = 1000;

/** Answers true exactly once for each message that is meant for Easel. */
export function createMessageFilter(
  parts: SlackParts,
): (event: MessageEvent, place: Place) => Promise<boolean> {
  const { clock } = parts;
  const taken = new Set<string>();

  return async (event, place) => {
    if (!(await isMeant(event, place, parts))) return false;
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
  return event.channel_type === 'im' || isDirectChannel(event.channel);
}

export function isDirectChannel(channel: string): boolean {
  return channel.startsWith('D');
}

async function isMeant(event: MessageEvent, place: Place, parts: SlackParts): Promise<boolean> {
  const { userId } = parts.bot;
  if (!isSpoken(event) || event.user === userId) return false;
  return isAddressed(event, userId) || isAnswer(event, place, parts);
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
  return event.type === 'app_mention' || isDirect(event) || mentions(event.text, botUserId);
}

/** Words below Easel's pictures, in a channel that wants them answered without a mention. */
async function isAnswer(event: MessageEvent, place: Place, parts: SlackParts): Promise<boolean> {
  const { thread_ts: thread, ts, text } = event;
  if (thread === undefined || thread === ts || text.trim() === '') return false;
  if (!(await isOurThread({ ...event, thread }, parts))) return false;
  return (await parts.settingsOf(place)).replies === 'any';
}
