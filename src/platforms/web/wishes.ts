/** Hands each wish to the core once, and waits only until there is something to show. */
import type { Logger } from 'pino';
import type { Invocation, RecordStore } from '../platform.ts';
import { toInvocation, type Wish } from './invocation.ts';
import type { WebChat } from './web-chat.ts';

/** A form is answered by then, whatever the core is doing. */
const LONGEST_WAIT_MS = 3000;

export interface Wishes {
  /** Resolves when the page has something to show; the wish itself goes on. */
  send(wish: Wish): Promise<void>;
  /** False when this form has come before. */
  isFirst(submission: string): Promise<boolean>;
  start(onInvocation: (invocation: Invocation) => Promise<void>): void;
  isOpen(): boolean;
  /** Takes no further wishes and waits for those under way. */
  stop(): Promise<void>;
}

export function createWishes(
  chat: WebChat,
  { records, log }: { records: RecordStore; log: Logger },
): Wishes {
  let receive: ((invocation: Invocation) => Promise<void>) | undefined;
  const running = new Set<Promise<void>>();

  function run(wish: Wish, onAnswered: () => void): void {
    const finished = Promise.resolve(receive?.(toInvocation(wish, chat, onAnswered)))
      .catch((error: unknown) => log.error({ error, wish: wish.id }, 'a web wish failed'))
      .finally(() => {
        running.delete(finished);
        onAnswered();
      });
    running.add(finished);
  }

  return {
    async send(wish) {
      const answered = new AbortController();
      run(wish, () => answered.abort());
      await chat.clock.sleep(LONGEST_WAIT_MS, answered.signal).catch(() => undefined);
    },
    isFirst: (submission) => records.claim('submissions', submission, {}),
    start: (onInvocation) => void (receive = onInvocation),
    isOpen: () => receive !== undefined,
    async stop() {
      receive = undefined;
      await Promise.allSettled(running);
    },
  };
}
