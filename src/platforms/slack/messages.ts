/**
 * Which messages Easel acts on: those that are meant for it, and recordings in channels that want all
 * of them written down. A mention arrives twice, as `app_mention` and as `message`, and only the
 * second reliably has the files: the two are one wish.
 */
import type { Place } from '../../place.ts';
import { mayBeRecording } from './message-recordings.ts';
import type { MessageEvent } from './payloads.ts';
import type { SlackParts } from './slack-parts.ts';
import { isOurThread } from './threads.ts';
import { mentions } from './typed-text.ts';

/** Said to Easel, said below its pictures, or only overheard. */
export type Hearing = 'addressed' | 'answer' | 'overheard';

/** The rest are edits, deletions, joins and other bots' posts. */
const SPOKEN = new Set(['', 'file_share', 'thread_broadcast', 'me_message']);
/** How long a mention without files waits for its richer twin. */
const TWIN_WAIT_MS = 1000;
const REMEMBERED = 1000;

/** Tells once of each message how Easel comes to hear it; undefined where it shall not act. */
export function createMessageFilter(
  parts: SlackParts,
): (event: MessageEvent, place: Place) => Promise<Hearing | undefined> {
  const { clock } = parts;
  const taken = new Set<string>();

  return async (event, place) => {
    const hearing = await toHearing(event, place, parts);
    if (hearing === undefined) return undefined;
    const key = `${event.channel}:${event.ts}`;
    const mayHaveTwin = event.type === 'app_mention' && event.files.length === 0;
    if (mayHaveTwin && !taken.has(key)) await clock.sleep(TWIN_WAIT_MS);
    if (taken.has(key)) return undefined;
    taken.add(key);
    const [oldest] = taken;
    if (taken.size > REMEMBERED && oldest !== undefined) taken.delete(oldest);
    return hearing;
  };
}

export function isDirect(event: MessageEvent): boolean {
  return event.channel_type === 'im' || isDirectChannel(event.channel);
}

export function isDirectChannel(channel: string): boolean {
  return channel.startsWith('D');
}

async function toHearing(
  event: MessageEvent,
  place: Place,
  parts: SlackParts,
): Promise<Hearing | undefined> {
  const { userId } = parts.bot;
  if (!isSpoken(event) || event.user === userId) return undefined;
  if (isAddressed(event, userId)) return 'addressed';
  const mayHoldRecording = event.files.some(mayBeRecording);
  if (event.text.trim() === '' && !mayHoldRecording) return undefined;
  if (await isAnswer(event, place, parts)) return 'answer';
  if (!mayHoldRecording) return undefined;
  return (await parts.settingsOf(place)).voice === 'transcribe' ? 'overheard' : undefined;
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

/** Below Easel's pictures, in a channel that wants that answered without a mention. */
async function isAnswer(event: MessageEvent, place: Place, parts: SlackParts): Promise<boolean> {
  const { thread_ts: thread, ts } = event;
  if (thread === undefined || thread === ts) return false;
  if (!(await isOurThread({ ...event, thread }, parts))) return false;
  return (await parts.settingsOf(place)).replies === 'any';
}
