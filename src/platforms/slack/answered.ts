/**
 * Which pictures somebody means who says something in a thread, or about a message: Slack knows no
 * answer to one message, so in a thread the newest pictures before the wish count, whoever posted
 * them.
 */
import { z } from 'zod';
import { UserError } from '../../errors.ts';
import type { MessageRef } from '../../message.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AnsweredMessage } from '../platform.ts';
import { readFile, toAttachmentRef, toOutsideRef } from './attachments.ts';
import { codeOf, isNotInside } from './errors.ts';
import {
  isPicture,
  isUnknown,
  picturesIn,
  slackMessage,
  type MessagePicture,
  type SlackMessage,
} from './message-pictures.ts';
import { hasJoined } from './post.ts';
import type { SlackParts } from './slack-parts.ts';

/** What a wish is about, as far as Slack tells. */
export type About =
  | { readonly kind: 'nothing' }
  /** Whatever was shown last in its thread. */
  | { readonly kind: 'thread'; readonly before: string | undefined }
  | {
      readonly kind: 'message';
      readonly ts: string;
      readonly pictures: readonly MessagePicture[];
    };

export interface ThreadSpot {
  readonly channel: string;
  readonly thread: string | undefined;
}

/** Slack's limits: messages on a page, and far more pages than any thread has. */
const PAGE = 999;
const MOST_PAGES = 20;
const GONE = new Set(['thread_not_found', 'message_not_found']);

const listing = z.object({
  messages: z.array(slackMessage).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
});

export async function readAbout(
  about: About,
  { channel, thread }: ThreadSpot,
  parts: SlackParts,
): Promise<AnsweredMessage | undefined> {
  switch (about.kind) {
    case 'nothing':
      return undefined;
    case 'thread':
      if (thread === undefined) return undefined;
      return readThread({ channel, thread, before: about.before }, parts);
    case 'message': {
      const files = await readInside(about.pictures, channel, parts);
      return {
        message: toRef(channel, about.ts, thread),
        files,
        recordings: [],
        text: '',
        nearer: [],
      };
    }
  }
}

/** A message with its pictures; one of Easel's own cards stands for what was posted below it. */
export async function readPictures(
  message: SlackMessage,
  channel: string,
  parts: SlackParts,
): Promise<AnsweredMessage | undefined> {
  const { ts } = message;
  const thread = message.thread_ts ?? ts;
  return readAbout(aboutMessage(message, channel, parts), { channel, thread }, parts);
}

export function aboutMessage(message: SlackMessage, channel: string, { bot }: SlackParts): About {
  const pictures = picturesIn(message, channel);
  const isOwn = message.user === bot.userId || message.bot_id === bot.botId;
  if (pictures.length === 0 && isOwn) return { kind: 'thread', before: undefined };
  return { kind: 'message', ts: message.ts, pictures };
}

async function readThread(
  { channel, thread, before }: ThreadSpot & { thread: string; before: string | undefined },
  parts: SlackParts,
): Promise<AnsweredMessage> {
  const shown: SlackMessage[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { messages, next } = await readPage({ channel, thread, before, cursor }, parts);
    shown.push(...messages.filter(({ ts }) => before === undefined || ts < before));
    cursor = next;
    if (cursor === undefined) break;
  }
  // Every page begins with the root.
  const newestFirst = shown.toSorted((a, b) => (a.ts < b.ts ? 1 : -1));
  // Whoever speaks below a picture and a link seldom means the link's preview.
  const candidates = [false, true].flatMap((withPreviews) =>
    newestFirst.map((message) => ({
      ts: message.ts,
      pictures: picturesIn(message, channel).filter(
        ({ kind }) => withPreviews || kind !== 'preview',
      ),
    })),
  );
  for (const { ts, pictures } of candidates) {
    const files = await toRefs(pictures, parts);
    if (files.length > 0)
      return { message: toRef(channel, ts, thread), files, recordings: [], text: '', nearer: [] };
  }
  return {
    message: toRef(channel, thread, thread),
    files: [],
    recordings: [],
    text: '',
    nearer: [],
  };
}

async function readPage(
  page: ThreadSpot & { thread: string; before: string | undefined; cursor: string | undefined },
  { calls }: SlackParts,
): Promise<{ readonly messages: readonly SlackMessage[]; readonly next: string | undefined }> {
  const { channel, thread: ts, before, cursor } = page;
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
    'Easel may not read this conversation, so it does not see which picture you mean: attach the picture to your message.',
    { cause: error },
  );
}

/** A public channel shows its files to who joins it, and bots may do so by themselves. */
async function readInside(
  pictures: readonly MessagePicture[],
  channel: string,
  parts: SlackParts,
): Promise<readonly AttachmentRef[]> {
  try {
    return await toRefs(pictures, parts);
  } catch (error) {
    if (!(error instanceof UserError) || !(await hasJoined(channel, parts))) throw error;
    return toRefs(pictures, parts);
  }
}

async function toRefs(
  pictures: readonly MessagePicture[],
  parts: SlackParts,
): Promise<readonly AttachmentRef[]> {
  const refs: AttachmentRef[] = [];
  for (const picture of pictures) {
    if (picture.kind !== 'file') {
      refs.push(toOutsideRef(picture.url, picture.name));
      continue;
    }
    const { file } = picture;
    const known = isUnknown(file) ? await readFile(file, parts) : file;
    if (isPicture(known) && !isUnknown(known)) refs.push(toAttachmentRef(known));
  }
  return refs;
}

function toRef(channel: string, ts: string, thread: string | undefined): MessageRef {
  return { platform: 'slack', channel, id: ts, details: { thread: thread ?? ts } };
}
