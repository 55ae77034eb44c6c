/**
 * Platforms let a bot edit only so often. Progress is offered here: for each message only the
 * newest text waits, messages of one scope take turns, and what is never due is never sent.
 */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

export interface Edit {
  /** What shares one allowance: a message, a channel or a whole workspace. */
  readonly scope: string;
  /** The message; a newer edit replaces one that still waits. */
  readonly key: string;
  /** The least time between two edits of the scope. */
  readonly everyMs: number;
  /** What it shows: the same text is not sent twice in a row. */
  readonly text: string;
  apply(): Promise<void>;
}

export interface EditBudget {
  /** Never waits and never fails: progress is a courtesy. */
  offer(edit: Edit): void;
  /** Drops what waits for this message and lets an edit under way end: the last word comes next. */
  settle(key: string): Promise<void>;
  /** Drops everything that waits. */
  stop(): void;
}

export function createEditBudget({ clock, log }: { clock: Clock; log: Logger }): EditBudget {
  const waiting = new Map<string, Map<string, Edit>>();
  const underWay = new Map<string, Promise<void>>();
  const newestText = new Map<string, string>();
  const stopped = new AbortController();

  async function spend(scope: string, queue: Map<string, Edit>): Promise<void> {
    for (let edit = takeFirst(queue); edit; edit = takeFirst(queue)) {
      const { key, everyMs } = edit;
      const applied = edit.apply().catch((error: unknown) => {
        log.debug({ error, key }, 'a progress edit was dropped');
      });
      underWay.set(key, applied);
      await applied;
      underWay.delete(key);
      await clock.sleep(everyMs, stopped.signal);
    }
    waiting.delete(scope);
  }

  return {
    offer(edit) {
      if (stopped.signal.aborted || newestText.get(edit.key) === edit.text) return;
      newestText.set(edit.key, edit.text);
      const queue = waiting.get(edit.scope);
      if (queue) {
        queue.set(edit.key, edit);
        return;
      }
      const fresh = new Map([[edit.key, edit]]);
      waiting.set(edit.scope, fresh);
      spend(edit.scope, fresh).catch((error: unknown) => {
        if (!stopped.signal.aborted) log.error({ error }, 'the edit budget failed');
        waiting.delete(edit.scope);
      });
    },
    async settle(key) {
      for (const queue of waiting.values()) queue.delete(key);
      newestText.delete(key);
      await underWay.get(key);
    },
    stop() {
      stopped.abort();
      waiting.clear();
      newestText.clear();
    },
  };
}

function takeFirst(queue: Map<string, Edit>): Edit | undefined {
  const [first] = queue;
  if (first === undefined) return undefined;
  queue.delete(first[0]);
  return first[1];
}
