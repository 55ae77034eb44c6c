/** What can be done with a message: answering it, linking to it, and its buttons. */
import { html } from 'hono/html';
import type { Button } from '../../message.ts';
import { picturesOf } from './quote.ts';
import type { Html } from './render-words.ts';
import type { StoredMessage } from './stored-message.ts';

/** On a phone, one row: the others are folded, so that pictures stay what one sees. */
const IN_FRONT = 2;

export function renderActions(message: StoredMessage): Html | string {
  const buttons = message.author === 'person' ? [] : message.message.buttons;
  // What a note hands out is for saving; the message that it comes from is what one talks about.
  const isAnswerable = message.author !== 'note' && picturesOf(message).length > 0;
  if (buttons.length === 0 && !isAnswerable) return '';
  return html`<div class="actions">
    ${isAnswerable ? renderReplyLink(message.id) : ''} ${renderButtons(buttons, message)}
    ${isAnswerable ? renderPermalink(message.id) : ''}
  </div>`;
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

function renderButtons(buttons: readonly Button[], message: StoredMessage): Html {
  const sorted = buttons.toSorted((a, b) => rank(a) - rank(b));
  const isResult = message.author === 'easel' && message.delivered !== undefined;
  const front = isResult ? sorted.slice(0, IN_FRONT) : sorted;
  const rest = sorted.slice(front.length);
  return html`${front.map((button) => renderButton(button, message.id))}
  ${
    rest.length === 0
      ? ''
      : html`<details class="more-actions">
          <summary class="button">More</summary>
          <div class="actions">${rest.map((button) => renderButton(button, message.id))}</div>
        </details>`
  }`;
}

function rank({ style }: Button): number {
  return style === 'primary' ? 0 : 1;
}

/** A second press while the first is on its way is the first. */
function renderButton(button: Button, messageId: string): Html {
  return html`<form
    method="post"
    action="/web/press"
    hx-post="/web/press"
    hx-target="#composer-note"
    hx-swap="innerHTML swapEmpty:true"
    hx-sync="this:drop"
    data-press
  >
    <input type="hidden" name="command" value="${button.command}" />
    <input type="hidden" name="job" value="${button.job}" />
    <input type="hidden" name="message" value="${messageId}" />
    <button class="${button.style}">${button.label}</button>
  </form>`;
}
