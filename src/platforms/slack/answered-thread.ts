/**
 * What a thread showed last: Slack knows no answer to one message, so that the newest pictures before
 * a wish count, and the newest recordings and words, whoever posted them.
 */
import { UserError } from '../../errors.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AnsweredMessage } from '../platform.ts';
import { isByEasel } from './about.ts';
import { toPictureRefs, toRecordingRefs, type TellFile } from './file-refs.ts';
import { filesIn, picturesIn, type SlackMessage } from './message-pictures.ts';
import { mayBeRecording } from './message-recordings.ts';
import { textOf } from './message-text.ts';
import { toRef } from './post.ts';
import { readThread } from './read-message.ts';
import type { SlackParts } from './slack-parts.ts';
import { mentions } from './typed-text.ts';

/** Nobody means what so many others followed. */
const NEARER = 100;

export interface AnsweredThread {
  readonly channel: string;
  readonly thread: string;
  /** The message that answers it; undefined for all of the thread. */
  readonly before: string | undefined;
}

/** Its messages, newest first, and how to find out about their files. */
interface Shown {
  readonly channel: string;
  readonly messages: readonly SlackMessage[];
  readonly tell: TellFile;
}

/** Throws `UserError` where Easel may not read along. */
export async function readAnsweredThread(
  thread: AnsweredThread,
  tell: TellFile,
  parts: SlackParts,
): Promise<AnsweredMessage> {
  const { channel } = thread;
  const messages = await readThread(thread, parts);
  const shown = { channel, messages, tell };
  const newest = await findPictures(shown);
  const toThreadRef = (ts: string) => toRef({ channel, thread: thread.thread }, ts);
  const { ts, files } = newest ?? { ts: thread.thread, files: [] };
  return {
    message: toThreadRef(ts),
    files,
    recordings: await findRecordings(shown),
    text: findText(shown, parts),
    nearer: messages
      .filter((message) => message.ts > ts && isByEasel(message, parts.bot))
      .slice(0, NEARER)
      .map((message) => toThreadRef(message.ts)),
  };
}

/** Whoever speaks below a picture and a link seldom means the link's preview. */
async function findPictures({
  channel,
  messages,
  tell,
}: Shown): Promise<{ readonly ts: string; readonly files: readonly AttachmentRef[] } | undefined> {
  const candidates = [false, true].flatMap((withPreviews) =>
    messages.map((message) => ({
      ts: message.ts,
      pictures: picturesIn(message, channel).filter(
        ({ kind }) => withPreviews || kind !== 'preview',
      ),
    })),
  );
  for (const { ts, pictures } of candidates) {
    const files = await toPictureRefs(pictures, tell);
    if (files.length > 0) return { ts, files };
  }
  return undefined;
}

/** What Easel may not read is passed over: the pictures may be what is meant. */
async function findRecordings({
  channel,
  messages,
  tell,
}: Shown): Promise<readonly AttachmentRef[]> {
  for (const message of messages) {
    const files = filesIn(message, channel).filter(mayBeRecording);
    const refs = await toRecordingRefs(files, tell).catch(ignoreUnreadable);
    if (refs.length > 0) return refs;
  }
  return [];
}

/** What people said to each other, rather than to Easel or what it said itself. */
function findText({ channel, messages }: Shown, { bot }: SlackParts): string {
  const texts = messages.map((message) => ({
    text: textOf(message, channel, bot.userId),
    isAside: isByEasel(message, bot) || mentions(message.text ?? '', bot.userId),
  }));
  const found = [false, true].flatMap((withAsides) =>
    texts.filter(({ text, isAside }) => text !== '' && (withAsides || !isAside)),
  );
  return found[0]?.text ?? '';
}

function ignoreUnreadable(error: unknown): readonly AttachmentRef[] {
  if (!(error instanceof UserError)) throw error;
  return [];
}
