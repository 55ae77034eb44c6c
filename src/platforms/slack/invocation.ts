/** One wish of one person on Slack, in neutral form. */
import { UpstreamError } from '../../errors.ts';
import { line, message, type Message } from '../../message.ts';
import type { Place } from '../../place.ts';
import type { Invocation } from '../platform.ts';
import { answer, type Hearer } from './answer.ts';
import type { About } from './about.ts';
import { readAbout } from './answered.ts';
import { isNotInside } from './errors.ts';
import { postOnce } from './post.ts';
import { toContent } from './render.ts';
import { renderPartsOf, type SlackParts } from './slack-parts.ts';
import { openStatusMessage } from './status-message.ts';

/** Who spoke, where, about what, and how to reach them. */
export interface Occasion extends Hearer {
  readonly tenant: string;
  readonly about: About;
}

export type Wish = Pick<Invocation, 'commandName' | 'options' | 'attachments'>;

export function createInvocation(occasion: Occasion, wish: Wish, parts: SlackParts): Invocation {
  const { person, channel, thread } = occasion;
  const id = `slack:${occasion.id}`;
  return {
    ...wish,
    id,
    person,
    place: toPlace(occasion),
    readAnswered: () => readAbout(occasion.about, occasion, parts),
    isModerator: () => parts.isModerator(person.id),
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
    answer: (words, files = []) => answer({ words, files }, occasion, parts),
  };
}

export function toPlace({ tenant, channel, thread }: Omit<Occasion, 'about'>): Place {
  return { platform: 'slack', tenant, channel, ...(thread !== undefined && { thread }) };
}

/** Before anything is paid for: tells the person how to let Easel in. */
async function refuse(occasion: Occasion, cause: unknown, parts: SlackParts): Promise<never> {
  const invite = `/invite @${parts.bot.name}`;
  const words = line(
    'Easel is not in this channel, so it cannot post here. Invite it with ',
    { kind: 'code', text: invite },
    ' and ask again, or write to it directly.',
  );
  await answer({ words: message(words), files: [] }, occasion, parts);
  throw new UpstreamError('slack', `Easel is not in this channel: invite it with ${invite}.`, {
    retryable: false,
    cause,
  });
}

/** The card of a job is known by the job, so that a restarted Easel finds it again. */
function keyOf(status: Message): string | undefined {
  return status.buttons[0]?.job;
}
