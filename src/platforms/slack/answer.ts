/**
 * Says something to one person alone. What Slack shows to one person carries no files, so that
 * those go into their conversation with Easel.
 */
import type { RespondFn } from '@slack/bolt';
import { z } from 'zod';
import { explain, UpstreamError } from '../../errors.ts';
import { line, message, note, type Inline, type Message, type MessageRef } from '../../message.ts';
import type { Person } from '../../place.ts';
import type { DeliverableFile } from '../platform.ts';
import { deliver } from './deliver.ts';
import { FILE_LIMITS } from './limits.ts';
import { QUIET, toRef, type Spot } from './post.ts';
import { toPages, type SlackContent } from './render.ts';
import { renderPartsOf, type SlackParts } from './slack-parts.ts';

/** Somebody to be told something, and the ways to reach them. */
export interface Hearer extends Spot {
  /** Of what they said, without the platform's name in front. */
  readonly id: string;
  readonly person: Person;
  /** True in the conversation between the person and Easel, where everything is private. */
  readonly isDirect: boolean;
  /** Reaches the person where Easel is no member: for half an hour, five times. */
  readonly respond: RespondFn | undefined;
}

interface Answer {
  readonly words: Message;
  readonly files: readonly DeliverableFile[];
}

const posted = z.object({ channel: z.string(), ts: z.string() });

export async function answer(
  { words, files }: Answer,
  hearer: Hearer,
  parts: SlackParts,
): Promise<void> {
  const fitting = files.filter(({ bytes }) => bytes <= FILE_LIMITS.bytesPerFile);
  const missing = files.length - fitting.length;
  const said = missing === 0 ? words : withNote(words, wordMissing(missing));
  if (fitting.length === 0) return tell(said, hearer, parts);
  if (hearer.isDirect && said.buttons.length === 0) {
    return hand({ words: said, files: fitting }, hearer, parts);
  }
  await tell(await handDirectly({ words: said, files: fitting }, hearer, parts), hearer, parts);
}

/** Each message of it by the first way that works. */
async function tell(words: Message, hearer: Hearer, parts: SlackParts): Promise<void> {
  for (const page of toPages(words, renderPartsOf(parts))) await say(page, hearer, parts);
}

async function say(content: SlackContent, hearer: Hearer, parts: SlackParts): Promise<void> {
  for (const way of waysToAnswer(hearer, content, parts)) {
    try {
      await way();
      return;
    } catch (error) {
      parts.log.debug({ error, invocation: hearer.id }, 'one way to answer failed');
    }
  }
  throw new UpstreamError('slack', 'Slack let no answer through.', { retryable: false });
}

function waysToAnswer(
  { respond, isDirect, channel, thread, person }: Hearer,
  content: SlackContent,
  { calls }: SlackParts,
): (() => Promise<unknown>)[] {
  const inThread = { ...(thread !== undefined && { thread_ts: thread }) };
  const post = (to: string, where: { readonly thread_ts?: string }) => () =>
    calls.once((client) =>
      client.chat.postMessage({ ...QUIET, ...content, ...where, channel: to }),
    );
  const whisper = () =>
    calls.once((client) =>
      client.chat.postEphemeral({ ...QUIET, ...content, ...inThread, channel, user: person.id }),
    );
  return [
    ...(respond ? [() => respond({ ...content, response_type: 'ephemeral' as const })] : []),
    isDirect ? post(channel, inThread) : whisper,
    // A user's id as the channel means the conversation with Easel, which is always open.
    post(person.id, {}),
  ];
}

/** Posts files where nobody else is; what does not arrive is not tried again after a crash. */
async function hand({ words, files }: Answer, { id, ...spot }: Hearer, parts: SlackParts) {
  const checkpoint = { saved: undefined, save: () => Promise.resolve() };
  await deliver({ key: `answer:${id}`, caption: words, files, checkpoint }, spot, parts);
}

/** Resolves with what is left to say where they asked. */
async function handDirectly(
  { words, files }: Answer,
  hearer: Hearer,
  parts: SlackParts,
): Promise<Message> {
  try {
    const to = await openConversation(words, hearer, parts);
    const spot = { ...hearer, channel: to.channel, thread: undefined };
    await hand({ words: message(line('Only you see this.')), files }, spot, parts);
    return withNote(words, { kind: 'message-link', label: 'Sent to you directly', to });
  } catch (error) {
    parts.log.warn(
      { error, invocation: hearer.id },
      'files could not be sent to a person directly',
    );
    return withNote(words, `The files could not be sent to you directly. ${explain(error)}`);
  }
}

/** Writing to somebody is what opens the conversation: asking for it takes another permission. */
async function openConversation(
  words: Message,
  { person }: Hearer,
  { calls, ...parts }: SlackParts,
): Promise<MessageRef> {
  const [content] = toPages({ ...words, buttons: [] }, renderPartsOf({ calls, ...parts }));
  const to = { ...QUIET, ...(content ?? { text: 'Easel' }), channel: person.id };
  const { channel, ts } = posted.parse(await calls.once((client) => client.chat.postMessage(to)));
  return toRef({ channel, thread: undefined }, ts);
}

function withNote({ blocks, buttons }: Message, part: Inline): Message {
  return { blocks: [...blocks, note(part)], buttons };
}

function wordMissing(count: number): string {
  return count === 1 ? 'A file is too large for Slack.' : `${count} files are too large for Slack.`;
}
