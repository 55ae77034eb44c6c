/** From messages to HTML. `html` escapes every value, so prompts and file names stay text. */
import { html } from 'hono/html';
import type { Message } from '../../message.ts';
import { cutText } from '../../cut-text.ts';
import { isSaid, type MenuEntry } from './menu.ts';
import { renderActions, renderMenu } from './render-actions.ts';
import { isSeenOrHeard, renderCards, renderFiles, wordFiles } from './render-files.ts';
import { renderAnswers } from './render-quote.ts';
import { renderTreeLink } from './render-tree-link.ts';
import {
  type Html,
  isLong,
  renderCopyButton,
  renderFolded,
  renderWords,
  toPlainText,
} from './render-words.ts';
import type { StatusRecord, StoredMessage } from './stored-message.ts';

/** What is announced interrupts whoever listens. */
const LONGEST_ANNOUNCEMENT = 300;

export function renderMessage(message: StoredMessage, menu: readonly MenuEntry[]): Html {
  return html`<li
    id="message-${message.id}"
    class="message by-${message.author} ${isUnderWay(message) ? 'under-way' : ''}"
  >
    <h2 class="visually-hidden">${message.author === 'person' ? 'You' : 'Easel'}</h2>
    ${renderBody(message, menu)}
  </li>`;
}

/** A piece of an answer that htmx puts where it belongs; the closing tag must stay in one piece. */
export function renderPartial(target: string, swap: string, content: Html | Html[]): Html {
  return html`<hx-partial hx-target="${target}" hx-swap="${swap}">${content}</hx-partial>`;
}

/** The message in a few words, for people who do not see the page change. */
export function toAnnouncement(message: StoredMessage): string {
  if (message.author === 'person') return '';
  const files = message.author === 'easel' ? message.files : [];
  const first = message.message.blocks.find((block) => block.kind === 'line');
  const words = cutText(first?.parts.map(toPlainText).join('') ?? '', LONGEST_ANNOUNCEMENT);
  return files.length === 0 ? words : `${wordFiles(files)} ready. ${words}`;
}

function renderBody(message: StoredMessage, menu: readonly MenuEntry[]): Html {
  switch (message.author) {
    case 'person':
      return html`${renderAnswers(message.answers)} ${renderFiles(message.pictures)}
      ${renderTyped(message.text, renderMenu(message, menu))} ${renderActions(message, menu)}`;
    case 'note':
      return html`${renderAnswers(message.answers)} ${renderWords(message.message)}
        ${renderCards(message.files)} ${renderActions(message, menu)}
        <p class="small">Only you see this.</p>`;
    case 'easel':
      // Words before the picture while there is none yet, below it as a caption afterwards.
      return html`${renderAnswers(message.answers)} ${renderFiles(message.files)}
      ${renderSaying(message)}
      ${isUnderWay(message) ? html`<div class="canvas" aria-hidden="true"></div>` : ''}
      ${renderActions(message, menu)} ${renderTreeLink(message)}`;
  }
}

function renderTyped(text: string, menu: Html | string): Html | string {
  if (text === '') return '';
  const typed = html`<p class="words">${text}</p>`;
  const words = isLong(text) ? renderFolded(typed) : typed;
  return menu === '' ? words : html`<div class="said">${words} ${menu}</div>`;
}

/** Words that are the result themselves are there to be taken along. */
function renderSaying(message: StatusRecord): Html {
  const words = renderWords(withoutEcho(message));
  if (!isSaid(message) || message.files.some(isSeenOrHeard)) return words;
  return html`<div class="copyable result">${words}${renderCopyButton('the text', 'Copy')}</div>`;
}

/** A job that can still be stopped is still being worked on. */
function isUnderWay(message: StoredMessage): boolean {
  return (
    message.author === 'easel' &&
    message.files.length === 0 &&
    message.message.buttons.some((button) => button.command === 'cancel')
  );
}

/** The person's own words stand right above: quoting them again says nothing. */
function withoutEcho({ message, question }: StatusRecord): Message {
  const blocks = message.blocks.filter(
    (block) => block.kind !== 'quote' || !question.includes(block.text),
  );
  return { ...message, blocks };
}
