/** A message in a line, above what answers it and in the composer of whoever is about to. */
import { html } from 'hono/html';
import { toMessageAddress } from './message-link.ts';
import type { Html } from './render-words.ts';
import type { Quoted, ShownFile } from './stored-message.ts';

const DELETED = 'A message that was deleted';

/** Above a message: what it answers, and the way there. */
export function renderAnswers(quoted: Quoted | undefined): Html | string {
  if (!quoted) return '';
  if (quoted.words === '') return html`<p class="answers small">${DELETED}</p>`;
  return html`<a class="answers small" href="${toMessageAddress(quoted.id)}" data-message>
    <span class="visually-hidden">In answer to</span>
    ${renderQuoted(quoted)}
  </a>`;
}

/** In the composer; empty where no message is answered. */
export function renderReply(quoted: Quoted | undefined): Html | string {
  if (!quoted) return '';
  return html`<p class="replying">
      ${renderThumbnail(quoted.thumbnail)}
      <span class="quoted-words"
        ><span class="small">Replying to</span> ${quoted.words} ${renderCount(quoted)}</span
      >
    </p>
    <a class="cancel" href="/" data-cancel aria-label="Cancel the reply">×</a>
    ${
      quoted.pictures > 1
        ? html`<p class="small reply-hint">
            Begin with a number to mean one of them, such as <kbd>2: make it night</kbd>
          </p>`
        : ''
    }
    <input type="hidden" name="reply" value="${quoted.id}" />`;
}

/**
 * The pictures that a form is about, with the numbers that they have in their message; `choice` is
 * the field that says which one, where the form has it.
 */
export function renderSubjects(
  pictures: readonly ShownFile[],
  choice: { readonly name: string; readonly value: string } | undefined,
): Html | string {
  if (pictures.length === 0) return '';
  return html`<fieldset class="subjects">
    <legend class="${choice ? '' : 'visually-hidden'}">
      ${choice ? 'Which picture?' : 'What it is about'}
    </legend>
    ${pictures.map(
      (file, at) =>
        html`<label>
          ${choice ? renderRadio(choice, String(at + 1)) : ''}
          <img
            src="/web/files/${file.id}"
            alt="${file.altText}"
            class="${file.isSpoiler ? 'veiled' : ''}"
          />
          ${pictures.length > 1 ? renderNumber(at + 1) : ''}
        </label>`,
    )}
  </fieldset>`;
}

/** Which of several it is: what people say to mean it. */
export function renderNumber(number: number): Html {
  return html`<span class="number"><span class="visually-hidden">Picture </span>${number}</span>`;
}

function renderRadio({ name, value }: { name: string; value: string }, number: string): Html {
  return html`<input
    type="radio"
    name="${name}"
    value="${number}"
    ${value === number ? 'checked' : ''}
  />`;
}

function renderQuoted(quoted: Quoted): Html {
  return html`${renderThumbnail(quoted.thumbnail)}
    <span class="quoted-words">${quoted.words} ${renderCount(quoted)}</span>`;
}

function renderThumbnail(id: string | undefined): Html | string {
  return id === undefined ? '' : html`<img src="/web/files/${id}" alt="" class="thumbnail" />`;
}

function renderCount({ pictures }: Quoted): Html | string {
  return pictures > 1 ? html`<span class="small">(${pictures} pictures)</span>` : '';
}
