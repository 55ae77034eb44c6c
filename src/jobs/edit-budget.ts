/**
 * Platforms let a bot edit only so often. Progress is offered here: for each message only the
 * newest text waits, messages of one scope take turns, and what is overtaken is never sent.
 */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';

interface Edit {
  /** What shares one allowance: a message, a channel or a whole workspace. */
  readonly scope: string;
  /** The message; a newer edit replaces one that still waits. */
  readonly key: string;
  /** The least time between two edits of the scope. */
  readonly everyMs: number;
  /** What it shows: the same text is not sent twice in a row. */
  readonly text: string;
  readonly apply: () => Promise<void>;
}

export interface EditBudget {
  /** Never waits and never fails: progress is a courtesy. */
  offer(edit: Edit): void;
  /** Drops what waits for this message and lets an edit under way end: the last word comes next. */
  settle(key: string): Promise<void>;
  /** Drops everything that waits. */
  stop(): void;
}

/** The edits of one scope that wait for their turn, by message. */
type Line = Map<string, Edit>;

export function createEditBudget({ clock, log }: { clock: Clock; log: Logger }): EditBudget {
  const lines = new Map<string, Line>();
  const underWay = new Map<string, Promise<void>>();
  const newestText = new Map<string, string>();
  const stopped = new AbortController();

  async function work(scope: string, line: Line): Promise<void> {
    for (let edit = takeFirst(line); edit; edit = takeFirst(line)) {
      const applied = applyQuietly(edit, log);
      underWay.set(edit.key, applied);
      await applied;
      underWay.delete(edit.key);
      await clock.sleep(edit.everyMs, stopped.signal).catch(() => undefined);
    }
    lines.delete(scope);
  }

  return {
    offer(edit) {
      if (stopped.signal.aborted || newestText.get(edit.key) === edit.text) return;
      newestText.set(edit.key, edit.text);
      const line = lines.get(edit.scope) ?? new Map<string, Edit>();
      line.set(edit.key, edit);
      if (lines.has(edit.scope)) return;
      lines.set(edit.scope, line);
      void work(edit.scope, line);
    },
    async settle(key) {
      for (const line of lines.values()) line.delete(key);
      newestText.delete(key);
      await underWay.get(key);
    },
    stop() {
      stopped.abort();
      for (const line of lines.values()) line.clear();
    },
  };
}

async function applyQuietly({ key, apply }: Edit, log: Logger): Promise<void> {
  try {
    await apply();
  } catch (error) {
    log.debug({ error, key }, 'a progress edit was dropped');
  }
}

function takeFirst(line: Line): Edit | undefined {
  const [first] = line;
  if (first === undefined) return undefined;
  line.delete(first[0]);
  return first[1];
}
