/**
 * The stream of server-sent events behind an open page. Each event is a piece of HTML that htmx
 * puts in its place. A page that missed something gets the whole list again, so nothing is lost.
 */
import { html } from 'hono/html';
import type { SSEStreamingApi } from 'hono/streaming';
import type { Clock } from '../../clock.ts';
import type { Change, Conversation } from './conversation.ts';
import { renderMessage, renderPartial, toAnnouncement } from './render.ts';
import type { Html } from './render-words.ts';
import type { WebChat } from './web-chat.ts';

/** Proxies close connections that say nothing for a minute. */
const HEARTBEAT_MS = 20_000;

export interface EventStream {
  readonly stream: SSEStreamingApi;
  /** The revision that the page shows. */
  readonly since: string | undefined;
  /** Aborted when the platform stops. */
  readonly stopping: AbortSignal;
}

export async function streamConversation(
  { stream, since, stopping }: EventStream,
  { conversation, clock, menu }: WebChat,
): Promise<void> {
  const backlog = createBacklog(conversation, clock);
  const announce = createAnnouncer();
  const isOver = (): boolean => stream.aborted || stopping.aborted;
  stream.onAbort(backlog.wake);
  stopping.addEventListener('abort', backlog.wake);
  try {
    await stream.write(': open\n\n');
    if (since !== conversation.revision()) await writeAll();
    while (!isOver()) {
      await writeChanges(await backlog.take());
    }
  } finally {
    stopping.removeEventListener('abort', backlog.wake);
    backlog.close();
  }

  async function writeAll(): Promise<void> {
    backlog.clear();
    const list = conversation.list().map((message) => renderMessage(message, menu));
    await write(renderPartial('#messages', 'innerMorph', list));
  }

  async function writeChanges(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) await stream.write(': still here\n\n');
    else
      await write(html`${changes.map((change) => renderChange(change, menu))}${announce(changes)}`);
  }

  /** The revision is read before anything is awaited: it belongs to what was just rendered. */
  async function write(fragment: Html): Promise<void> {
    const id = conversation.revision();
    await stream.writeSSE({ id, data: String(await fragment) });
  }
}

/** Changes that a page has not seen; for each message only the newest, however slow the page. */
function createBacklog(conversation: Conversation, clock: Clock) {
  const pending = new Map<string, Change>();
  let rest = new AbortController();
  const wake = (): void => rest.abort();
  const close = conversation.follow((change) => {
    const earlier = pending.get(change.message.id)?.kind;
    if (change.kind !== 'removed') {
      pending.set(change.message.id, { ...change, kind: earlier ?? change.kind });
    } else if (earlier === 'added') pending.delete(change.message.id);
    else pending.set(change.message.id, change);
    wake();
  });

  return {
    wake,
    close,
    clear: () => pending.clear(),
    /** Waits for something new; empty when it was quiet for a while. */
    async take(): Promise<readonly Change[]> {
      if (pending.size === 0) await clock.sleep(HEARTBEAT_MS, rest.signal).catch(() => undefined);
      rest = new AbortController();
      const changes = [...pending.values()];
      pending.clear();
      return changes;
    },
  };
}

/** A countdown in a sentence is not worth saying again. */
function createAnnouncer(): (changes: readonly Change[]) => Html | string {
  const said = new Map<string, string>();
  return (changes) => {
    const news = changes.flatMap(({ kind, message }) => {
      const words = kind === 'removed' ? '' : toAnnouncement(message);
      const gist = words.replaceAll(/\d+/gu, '');
      if (words === '' || said.get(message.id) === gist) return [];
      said.set(message.id, gist);
      return [words];
    });
    if (news.length === 0) return '';
    const words = news.join(' ');
    return renderPartial('#announcer', 'innerHTML', html`<p>${words}</p>`);
  };
}

function renderChange({ kind, message }: Change, menu: WebChat['menu']): Html {
  if (kind === 'added')
    return renderPartial('#messages', 'beforeend', renderMessage(message, menu));
  const target = `#message-${message.id}`;
  return kind === 'removed'
    ? renderPartial(target, 'delete', html``)
    : renderPartial(target, 'outerMorph', renderMessage(message, menu));
}
