/** One wish of one person on Slack, in neutral form, and the ways to answer it. */
import type { RespondFn } from '@slack/bolt';
import { UpstreamError } from '../../errors.ts';
import { line, message, type Message } from '../../message.ts';
import type { Person } from '../../place.ts';
import type { Invocation } from '../platform.ts';
import { isNotInside } from './errors.ts';
import { postOnce, QUIET, type Spot } from './post.ts';
import { toContent, toPages, type SlackContent } from './render.ts';
import { renderPartsOf, type SlackParts } from './slack-parts.ts';
import { openStatusMessage } from './status-message.ts';

/** Who spoke, where, and how to reach them. */
export interface Occasion extends Spot {
  /** Without the platform's name in front. */
  readonly id: string;
  readonly person: Person;
  readonly tenant: string;
  /** True in the conversation between the person and Easel, where everything is private. */
  readonly isDirect: boolean;
  /** Reaches the person where Easel is no member: for half an hour, five times. */
  readonly respond: RespondFn | undefined;
}

export type Wish = Pick<Invocation, 'commandName' | 'options' | 'attachments'>;

export function createInvocation(occasion: Occasion, wish: Wish, parts: SlackParts): Invocation {
  const { person, tenant, channel, thread } = occasion;
  const id = `slack:${occasion.id}`;
  return {
    ...wish,
    id,
    person,
    place: { platform: 'slack', tenant, channel, ...(thread !== undefined && { thread }) },
    readAnswered: () => Promise.resolve(undefined),
    isModerator: () => Promise.resolve(false),
    async acknowledge(status) {
      const key = keyOf(status) ?? id;
      const content = toContent(status, renderPartsOf(parts));
      try {
        return openStatusMessage(await postOnce({ channel, thread, content, key }, parts), parts);
      } catch (error) {
        if (!isNotInside(error)) throw error;
        return refuse(occasion, error, parts);
      }
    },
    answer: (words) => answer(words, occasion, parts),
  };
}

/** Says something to the person alone, each message of it by the first way that works. */
export async function answer(words: Message, occasion: Occasion, parts: SlackParts): Promise<void> {
  for (const page of toPages(words, renderPartsOf(parts))) await say(page, occasion, parts);
}

async function say(content: SlackContent, occasion: Occasion, parts: SlackParts): Promise<void> {
  for (const way of waysToAnswer(occasion, content, parts)) {
    try {
      await way();
      return;
    } catch (error) {
      parts.log.debug({ error, invocation: occasion.id }, 'one way to answer failed');
    }
  }
  throw new UpstreamError('slack', 'Slack let no answer through.', { retryable: false });
}

function waysToAnswer(
  { respond, isDirect, channel, thread, person }: Occasion,
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

/** Before anything is paid for: tells the person how to let Easel in. */
async function refuse(occasion: Occasion, cause: unknown, parts: SlackParts): Promise<never> {
  const invite = `/invite @${parts.bot.name}`;
  await answer(
    message(
      line(
        'Easel is not in this channel, so it cannot post here. Invite it with ',
        { kind: 'code', text: invite },
        ' and ask again, or write to it directly.',
      ),
    ),
    occasion,
    parts,
  );
  throw new UpstreamError('slack', `Easel is not in this channel: invite it with ${invite}.`, {
    retryable: false,
    cause,
  });
}

/** The card of a job is known by the job, so that a restarted Easel finds it again. */
function keyOf(status: Message): string | undefined {
  return status.buttons[0]?.job;
}
