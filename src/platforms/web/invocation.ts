/** From a posted form to a neutral invocation. */
import { randomUUID } from 'node:crypto';
import type { Person } from '../../place.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AnsweredMessage, Invocation } from '../platform.ts';
import { openStatus, WEB_PLACE } from './status-message.ts';
import type { WebChat } from './web-chat.ts';

/** What a form asks for, once it has been read. */
export interface Wish {
  readonly id: string;
  readonly person: Person;
  readonly commandName: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly attachments: readonly AttachmentRef[];
  /** The message that this one answers. */
  readonly answered: AnsweredMessage | undefined;
  /** The person's words as they stand in the conversation; empty for a pressed button. */
  readonly text: string;
}

/** `onAnswered` is called once the page has something to show for the wish. */
export function toInvocation(wish: Wish, chat: WebChat, onAnswered: () => void): Invocation {
  const { text, answered, ...request } = wish;
  return {
    ...request,
    place: WEB_PLACE,
    readAnswered: () => Promise.resolve(answered),
    // Whoever is let in runs the place.
    isModerator: () => Promise.resolve(true),
    async acknowledge(message) {
      const status = await openStatus({ key: wish.id, message, question: text }, chat);
      onAnswered();
      return status;
    },
    async answer(message) {
      const id = randomUUID();
      await chat.conversation.add({ author: 'note', id, at: chat.clock.now(), message });
      onAnswered();
    },
  };
}
