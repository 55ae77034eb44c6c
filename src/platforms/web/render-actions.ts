/** What can be done with a message: answering it, linking to it, its buttons and its menu. */
import { html } from 'hono/html';
import type { Button } from '../../message.ts';
import { isSaid, type MenuEntry, menuOf } from './menu.ts';
import { filesOf, picturesOf, recordingsOf } from './quote.ts';
import type { Html } from './render-words.ts';
import type { StoredMessage } from './stored-message.ts';

/** On a phone, one row: the others are folded, so that pictures stay what one sees. */
const IN_FRONT = 2;

/** A button, or an entry of the menu, which is about the message itself. */
type Press = Omit<Button, 'job'> & { readonly job?: string };

export function renderActions(message: StoredMessage, menu: readonly MenuEntry[]): Html | string {
  if (isWordsOnly(message)) return '';
  const buttons = message.author === 'person' ? [] : message.message.buttons;
  const entries = menuOf(message, menu).map(toPress);
  const canBeAnswered = isAnswerable(message);
  if (buttons.length + entries.length === 0 && !canBeAnswered) return '';
  return html`<div class="actions">
    ${canBeAnswered ? renderReplyLink(message.id) : ''} ${renderPresses(buttons, entries, message)}
    ${canBeAnswered ? renderPermalink(message.id) : ''}
  </div>`;
}

/** Beside what somebody wrote, until it is looked for. */
export function renderMenu(message: StoredMessage, menu: readonly MenuEntry[]): Html | string {
  const entries = isWordsOnly(message) ? menuOf(message, menu) : [];
  if (entries.length === 0) return '';
  return html`<details class="menu">
    <summary aria-label="What can be done with this message" title="More"></summary>
    <div class="actions">${entries.map((entry) => renderPress(toPress(entry), message.id))}</div>
  </details>`;
}

function isWordsOnly(message: StoredMessage): boolean {
  return message.author === 'person' && filesOf(message).length === 0;
}

/** What a note hands out is for saving; the message that it comes from is what one talks about. */
function isAnswerable(message: StoredMessage): boolean {
  if (message.author === 'note') return false;
  return picturesOf(message).length + recordingsOf(message).length > 0 || isSaid(message);
}

function toPress({ command, label }: MenuEntry): Press {
  return { command, label, style: 'secondary' };
}

/** Without scripts it is a page whose composer answers that message. */
function renderReplyLink(id: string): Html {
  return html`<a
    class="button reply"
    href="/?reply=${id}"
    hx-get="/web/reply/${id}"
    hx-target="#reply"
    hx-swap="innerHTML"
    >Reply</a
  >`;
}

function renderPermalink(id: string): Html {
  return html`<a
    class="permalink"
    href="#message-${id}"
    data-link
    title="Link to this message"
    aria-label="Link to this message"
  ></a>`;
}

function renderPresses(
  buttons: readonly Press[],
  entries: readonly Press[],
  message: StoredMessage,
): Html {
  const isResult = message.author === 'easel' && message.delivered !== undefined;
  const sorted = [...buttons.toSorted((a, b) => rank(a) - rank(b)), ...entries];
  // Of the menu, nothing stands before what belongs to the result.
  const most = isResult ? Math.min(IN_FRONT, buttons.length) : Math.max(1, buttons.length);
  const [front, rest] = [sorted.slice(0, most), sorted.slice(most)];
  return html`${front.map((press) => renderPress(press, message.id))}
  ${
    rest.length === 0
      ? ''
      : html`<details class="more-actions">
          <summary class="button">More</summary>
          <div class="actions">${rest.map((press) => renderPress(press, message.id))}</div>
        </details>`
  }`;
}

function rank({ style }: Press): number {
  return style === 'primary' ? 0 : 1;
}

/** A second press while the first is on its way is the first. */
function renderPress({ command, job, style, label }: Press, messageId: string): Html {
  return html`<form
    method="post"
    action="/web/press"
    hx-post="/web/press"
    hx-target="#composer-note"
    hx-swap="innerHTML swapEmpty:true"
    hx-sync="this:drop"
    data-press
  >
    <input type="hidden" name="command" value="${command}" />
    ${job === undefined ? '' : html`<input type="hidden" name="job" value="${job}" />`}
    <input type="hidden" name="message" value="${messageId}" />
    <button class="${style}">${label}</button>
  </form>`;
}
