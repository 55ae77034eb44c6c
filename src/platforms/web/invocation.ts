/** From a posted form to a neutral invocation. */
import { randomUUID } from 'node:crypto';
import type { Person } from '../../place.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AnsweredMessage, Invocation } from '../platform.ts';
import { toQuoted } from './quote.ts';
import type { Quoted } from './stored-message.ts';
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
  /** The id of the message whose button was pressed, where nothing else shows what it is about. */
  readonly pressedOn: string | undefined;
  /** The person's words as they stand in the conversation; empty for a pressed button. */
  readonly text: string;
}

/** `onAnswered` is called once the page has something to show for the wish. */
export function toInvocation(wish: Wish, chat: WebChat, onAnswered: () => void): Invocation {
  const { text, answered, pressedOn, ...request } = wish;
  /** Read at the last moment: it may just have been deleted. */
  async function quote(): Promise<{ answers?: Quoted }> {
    const message = pressedOn === undefined ? undefined : await chat.conversation.read(pressedOn);
    return message ? { answers: toQuoted(message) } : {};
  }
  return {
    ...request,
    place: WEB_PLACE,
    readAnswered: () => Promise.resolve(answered),
    // Behind the door all are alike: on this machine alone it is whoever runs Easel, and the login
    // token is the operator's own. Somebody who lost the cookie could else never delete anything.
    isModerator: () => Promise.resolve(true),
    async acknowledge(message) {
      const opening = { key: wish.id, message, question: text, ...(await quote()) };
      const status = await openStatus(opening, chat);
      onAnswered();
      return status;
    },
    async answer(message, given = []) {
      const files = await Promise.all(given.map((file) => chat.shelf.show(file)));
      const note = { author: 'note', id: randomUUID(), at: chat.clock.now() } as const;
      await chat.conversation.add({ ...note, message, files, ...(await quote()) });
      onAnswered();
    },
  };
}
