/** From messages to HTML. `html` escapes every value, so prompts and file names stay text. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Block, Button, Inline, Message } from '../../message.ts';
import type { ShownFile, StatusRecord, StoredMessage } from './stored-message.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

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
  const pictures = message.author === 'easel' ? message.files.length : 0;
  const first = message.message.blocks.find((block) => block.kind === 'line');
  const words = first?.parts.map(toPlainText).join('') ?? '';
  if (pictures === 0) return words;
  return `${pictures === 1 ? 'The picture is' : `${pictures} pictures are`} ready. ${words}`;
}

function renderBody(message: StoredMessage): Html {
  switch (message.author) {
    case 'person':
      return html`${renderFiles(message.pictures)}
      ${message.text === '' ? '' : html`<p class="words">${message.text}</p>`}`;
    case 'note':
      return html`${renderContent(message.message)}
        <p class="small">Only you see this.</p>`;
    case 'easel':
      // Words before the picture while there is none yet, below it as a caption afterwards.
      return html`${renderFiles(message.files)} ${renderContent(withoutEcho(message))}
      ${isUnderWay(message) ? html`<div class="canvas" aria-hidden="true"></div>` : ''}
      ${renderButtons(message)}`;
  }
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

function renderContent(message: Message): Html {
  return html`<div class="words">${message.blocks.map(renderBlock)}</div>`;
}

function renderBlock(block: Block): Html {
  switch (block.kind) {
    case 'line':
      return html`<p>${block.parts.map(renderInline)}</p>`;
    case 'note':
      return html`<p class="small">${block.parts.map(renderInline)}</p>`;
    case 'quote':
      return html`<blockquote>${block.text}</blockquote>`;
  }
}

function renderInline(part: Inline): Html | string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'strong':
      return html`<strong>${part.text}</strong>`;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'moment':
      return html`<time datetime="${part.at.toISOString()}" data-moment
        >${toPlainText(part)}</time
      >`;
    case 'message-link':
      return html`<a href="#message-${part.to.id}">${part.label}</a>`;
  }
}

function toPlainText(part: Inline): string {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'strong':
    case 'code':
      return part.text;
    case 'moment':
      return `at ${part.at.toISOString().slice(11, 19)} UTC`;
    case 'message-link':
      return part.label;
  }
}

function renderFiles(files: readonly ShownFile[]): Html | string {
  if (files.length === 0) return '';
  return html`<ul class="pictures count-${Math.min(files.length, 4)}" role="list">
    ${files.map((file) => html`<li>${renderFile(file)}</li>`)}
  </ul>`;
}

function renderFile(file: ShownFile): Html {
  const address = `/web/files/${file.id}`;
  if (!file.contentType.startsWith('image/')) {
    return html`<a class="file" href="${address}" download="${file.fileName}">${file.fileName}</a>`;
  }
  return html`<a href="${address}" target="_blank" rel="noopener" data-picture>
      <img
        src="${address}"
        alt="${file.altText}"
        width="${file.width ?? ''}"
        height="${file.height ?? ''}"
        decoding="async"
      />
    </a>
    <a class="save" href="${address}" download="${file.fileName}" aria-label="Save ${file.fileName}"
      >Save</a
    >`;
}

function renderButtons(message: StatusRecord): Html | string {
  if (message.message.buttons.length === 0) return '';
  return html`<div class="actions">
    ${message.message.buttons.map((button) => renderButton(button, message.id))}
  </div>`;
}

function renderButton(button: Button, messageId: string): Html {
  return html`<form
    method="post"
    action="/web/press"
    hx-post="/web/press"
    hx-target="#composer-note"
  >
    <input type="hidden" name="command" value="${button.command}" />
    <input type="hidden" name="job" value="${button.job}" />
    <input type="hidden" name="message" value="${messageId}" />
    <button class="${button.style}">${button.label}</button>
  </form>`;
}
