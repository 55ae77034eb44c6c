/** From messages to HTML. `html` escapes every value, so prompts and file names stay text. */
import { html } from 'hono/html';
import type { Message } from '../../message.ts';
import { renderActions } from './render-actions.ts';
import { renderCards, renderFiles, wordFiles } from './render-files.ts';
import { renderAnswers } from './render-quote.ts';
import { renderTreeLink } from './render-tree-link.ts';
import { type Html, renderCopyButton, renderWords, toPlainText } from './render-words.ts';
import type { StatusRecord, StoredMessage } from './stored-message.ts';

export function renderMessage(message: StoredMessage): Html {
  return html`<li
    id="message-${message.id}"
    class="message by-${message.author} ${isUnderWay(message) ? 'under-way' : ''}"
  >
    <h2 class="visually-hidden">${message.author === 'person' ? 'You' : 'Easel'}</h2>
    ${renderBody(message)}
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
  const words = first?.parts.map(toPlainText).join('') ?? '';
  return files.length === 0 ? words : `${wordFiles(files)} ready. ${words}`;
}

function renderBody(message: StoredMessage): Html {
  switch (message.author) {
    case 'person':
      return html`${renderAnswers(message.answers)} ${renderFiles(message.pictures)}
      ${message.text === '' ? '' : html`<p class="words">${message.text}</p>`}
      ${renderActions(message)}`;
    case 'note':
      return html`${renderAnswers(message.answers)} ${renderWords(message.message)}
        ${renderCards(message.files)} ${renderActions(message)}
        <p class="small">Only you see this.</p>`;
    case 'easel':
      // Words before the picture while there is none yet, below it as a caption afterwards.
      return html`${renderAnswers(message.answers)} ${renderFiles(message.files)}
      ${renderSaying(message)}
      ${isUnderWay(message) ? html`<div class="canvas" aria-hidden="true"></div>` : ''}
      ${renderActions(message)} ${renderTreeLink(message)}`;
  }
}

/** Words that are the result themselves are there to be taken along. */
function renderSaying(message: StatusRecord): Html {
  const words = renderWords(withoutEcho(message));
  const isResult = message.delivered !== undefined && message.files.length === 0;
  if (!isResult) return words;
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
