/**
 * The one conversation of the web chat: kept in memory as far as a page shows it, written through
 * to the store, and announced to every open page.
 */
import { randomUUID } from 'node:crypto';
import { UpstreamError } from '../../errors.ts';
import type { RecordStore } from '../platform.ts';
import { type StatusRecord, type StoredMessage, storedMessageSchema } from './stored-message.ts';

const COLLECTION = 'messages';
/** Older messages stay in the store; a page that listed them all would load for ever. */
const SHOWN = 200;

export interface Change {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly message: StoredMessage;
}

type Rewrite = (message: StatusRecord) => StatusRecord;

export interface Conversation {
  /** The newest messages, oldest first. */
  list(): readonly StoredMessage[];
  read(id: string): Promise<StoredMessage | undefined>;
  /** Appends a message; one whose id is known already is left as it is. */
  add(message: StoredMessage): Promise<void>;
  /** Rewrites a status message. Throws `UpstreamError` when there is none of that id. */
  change(id: string, rewrite: Rewrite): Promise<void>;
  /** Takes a message away, and out of what quotes it; undefined where there is none of that id. */
  remove(id: string): Promise<StoredMessage | undefined>;
  /** Changes whenever anything visible does: what a page has seen, in one word. */
  revision(): string;
  /** Tells of every change from now on; call the result to stop. */
  follow(listener: (change: Change) => void): () => void;
}

export async function openConversation(records: RecordStore): Promise<Conversation> {
  const board = createBoard(await readNewest(records));

  async function read(id: string): Promise<StoredMessage | undefined> {
    return board.find(id) ?? storedMessageSchema.safeParse(await records.read(COLLECTION, id)).data;
  }

  return {
    list: board.list,
    revision: board.revision,
    follow: board.follow,
    read,
    async add(message) {
      const isNew = await records.claim(COLLECTION, message.id, message);
      if (isNew) board.show({ kind: 'added', message });
    },
    ...createChanges(records, board, read),
  };
}

function createChanges(
  records: RecordStore,
  board: Board,
  read: Conversation['read'],
): Pick<Conversation, 'change' | 'remove'> {
  /** One after the other: a late edit must not undo a delivery that it has not seen. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  }

  async function write(message: StoredMessage): Promise<void> {
    await records.write(COLLECTION, message.id, message);
    board.show({ kind: 'changed', message });
  }

  async function change(id: string, rewrite: Rewrite): Promise<void> {
    const before = await read(id);
    if (before?.author !== 'easel') {
      throw new UpstreamError('web', 'The message is no longer there.', { retryable: false });
    }
    await write(rewrite(before));
  }

  async function remove(id: string): Promise<StoredMessage | undefined> {
    const message = await read(id);
    if (!message) return undefined;
    await records.remove(COLLECTION, id);
    board.show({ kind: 'removed', message });
    const quoting = board.list().filter(({ answers }) => answers?.id === id);
    for (const other of quoting) await write(withoutQuote(other, id));
    return message;
  }

  return {
    change: (id, rewrite) => inTurn(() => change(id, rewrite)),
    remove: (id) => inTurn(() => remove(id)),
  };
}

function withoutQuote(message: StoredMessage, id: string): StoredMessage {
  return { ...message, answers: { id, words: '', pictures: 0 } };
}

type Board = ReturnType<typeof createBoard>;

/** What every open page shows. */
function createBoard(shown: Map<string, StoredMessage>) {
  const listeners = new Set<(change: Change) => void>();
  const epoch = randomUUID();
  let changes = 0;
  return {
    list: () => [...shown.values()],
    find: (id: string) => shown.get(id),
    revision: () => `${epoch}.${changes}`,
    follow: (listener: (change: Change) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    show(change: Change) {
      const { kind, message } = change;
      if (kind !== 'added' && !shown.has(message.id)) return;
      changes += 1;
      if (kind === 'removed') shown.delete(message.id);
      else shown.set(message.id, message);
      const [oldest] = shown.keys();
      if (shown.size > SHOWN && oldest !== undefined) shown.delete(oldest);
      for (const listener of listeners) listener(change);
    },
  };
}

async function readNewest(records: RecordStore): Promise<Map<string, StoredMessage>> {
  const newest = await records.list(COLLECTION, SHOWN);
  const messages = newest.flatMap(({ value }) => storedMessageSchema.safeParse(value).data ?? []);
  return new Map(messages.map((message) => [message.id, message]));
}
