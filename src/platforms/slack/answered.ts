/** What somebody means who says something in a thread, or about a message. */
import { UserError } from '../../errors.ts';
import type { AnsweredMessage } from '../platform.ts';
import { aboutMessage, type About, type AboutMessage } from './about.ts';
import { readAnsweredThread } from './answered-thread.ts';
import { createTellFile, toPictureRefs, toRecordingRefs, type TellFile } from './file-refs.ts';
import { isUnseen } from './errors.ts';
import type { SlackMessage } from './message-pictures.ts';
import { textOf } from './message-text.ts';
import { hasJoined, toRef, type Spot } from './post.ts';
import { readMessage } from './read-message.ts';
import type { SlackParts } from './slack-parts.ts';

export async function readAbout(
  about: About,
  { channel, thread }: Spot,
  parts: SlackParts,
): Promise<AnsweredMessage | undefined> {
  const tell = createTellFile(parts);
  switch (about.kind) {
    case 'nothing':
      return undefined;
    case 'thread':
      if (thread === undefined) return undefined;
      return readAnsweredThread({ channel, thread, before: about.before }, tell, parts);
    case 'message': {
      const meant = await readOne(about, { channel, thread }, { ...parts, tell });
      if (!about.isOwn || meant.files.length > 0 || thread === undefined) return meant;
      const whole = { channel, thread, before: undefined };
      return withThread(meant, await readAnsweredThread(whole, tell, parts));
    }
  }
}

/** A message that was found by its link. */
export async function readFound(
  message: SlackMessage,
  channel: string,
  parts: SlackParts,
): Promise<AnsweredMessage | undefined> {
  const thread = message.thread_ts ?? message.ts;
  return readAbout(aboutMessage(message, channel, parts.bot), { channel, thread }, parts);
}

async function readOne(
  about: AboutMessage,
  spot: Spot,
  parts: SlackParts & { readonly tell: TellFile },
): Promise<AnsweredMessage> {
  const { ts, pictures, recordings } = about;
  const [files, sounds] = await readInside(spot.channel, parts, async () => [
    await toPictureRefs(pictures, parts.tell),
    await toRecordingRefs(recordings, parts.tell),
  ]);
  const text = about.text ?? (await readText(ts, spot, parts));
  return { message: toRef(spot, ts), files, recordings: sounds, text, nearer: [] };
}

/** The pictures below a card are known by the message that shows them. */
function withThread(card: AnsweredMessage, thread: AnsweredMessage): AnsweredMessage {
  const recordings = card.recordings.length > 0 ? card.recordings : thread.recordings;
  if (thread.files.length === 0) return { ...card, recordings };
  return { ...thread, recordings, text: card.text, nearer: [card.message] };
}

/** A public channel shows its files to who joins it, and bots may do so by themselves. */
async function readInside<Found>(
  channel: string,
  parts: SlackParts,
  read: () => Promise<Found>,
): Promise<Found> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UserError) || !(await hasJoined(channel, parts))) throw error;
    return read();
  }
}

async function readText(ts: string, spot: Spot, parts: SlackParts): Promise<string> {
  const message = await readMessage({ ...spot, ts }, parts).catch((error: unknown) => {
    if (!isUnseen(error)) throw error;
    return undefined;
  });
  return message ? textOf(message, spot.channel, parts.bot.userId) : '';
}
