/** Earlier pictures, a page at a time, and the form that searches them. */
import { html } from 'hono/html';
import { cutText } from '../../cut-text.ts';
import type { Picture } from '../../pictures/picture.ts';
import { renderGalleryPage } from './gallery-page.ts';
import { type HistoryQuery, toAddress } from './history-query.ts';
import { toMessageAddress } from './message-link.ts';
import { HISTORY, pageOf, thumbnailOf } from './picture-addresses.ts';
import { wordStep } from './relatives.ts';
import { renderDay } from './render-day.ts';
import { renderThumbnail } from './render-thumbnail.ts';
import type { Html } from './render-words.ts';

export const PAGE_SIZE = 24;
const WORDS_LENGTH = 160;

/** A picture, and the message that shows it where it is still there. */
interface ShownPicture {
  readonly picture: Picture;
  readonly message: string | undefined;
}

export interface HistoryContent {
  readonly query: HistoryQuery;
  /** What is wrong with the query; empty where nothing is. */
  readonly mistake: string;
  readonly pictures: readonly ShownPicture[];
  readonly total: number;
  readonly assets: string;
}

export function renderHistoryPage(content: HistoryContent): Html {
  const { pictures, assets } = content;
  return renderGalleryPage(
    { assets, title: 'History', here: 'history' },
    html`<div class="history">
      <h1>Earlier pictures</h1>
      ${renderSearch(content)}
      <p class="small count" role="status">${wordCount(content)}</p>
      <ol class="thumbnails" role="list">
        ${pictures.map(renderShown)}
      </ol>
      ${renderPages(content)}
    </div>`,
  );
}

/** A form that asks by `get`: what was searched is in the address, so it can be kept and passed on. */
function renderSearch({ query, mistake }: HistoryContent): Html {
  return html`<form class="search" action="${HISTORY}" role="search">
    <label class="for-words"
      ><span>Words</span>
      <input type="search" name="words" value="${query.words}" maxlength="200" />
    </label>
    <label
      ><span>Model</span>
      <input type="search" name="model" value="${query.model}" maxlength="100" />
    </label>
    <label
      ><span>Whose</span>
      <select name="whose">
        ${WHOSE.map(
          ([value, label]) =>
            html`<option value="${value}" ${value === query.whose ? 'selected' : ''}>
              ${label}
            </option>`,
        )}
      </select>
    </label>
    ${renderDayField('From', 'since', query.since, mistake)}
    ${renderDayField('To', 'until', query.until, mistake)}
    <button class="primary">Search</button>
    <p id="search-mistake" class="mistake" role="alert">${mistake}</p>
  </form>`;
}

const WHOSE = [
  ['mine', 'Mine'],
  ['all', 'All here'],
  ['saved', 'Saved'],
] as const satisfies readonly (readonly [HistoryQuery['whose'], string])[];

function renderDayField(label: string, name: string, value: string, mistake: string): Html {
  return html`<label
    ><span>${label}</span>
    <input
      type="date"
      name="${name}"
      value="${value}"
      ${mistake === '' ? '' : html`aria-invalid="true" aria-describedby="search-mistake"`}
    />
  </label>`;
}

function wordCount({ total, mistake, query }: HistoryContent): string {
  if (mistake !== '') return '';
  if (total === 0) {
    return query.whose === 'saved'
      ? 'Nothing saved that fits. The button “Save” below a picture keeps it here.'
      : 'There are no such pictures.';
  }
  const pages = pagesOf(total);
  const pictures = total === 1 ? '1 picture' : `${total} pictures`;
  return pages === 1 ? pictures : `${pictures}, page ${query.page} of ${pages}`;
}

function renderShown({ picture, message }: ShownPicture): Html {
  const { id, model, madeAt, prompt } = picture;
  return html`<li>
    <a class="thumbnail-link" href="${pageOf(id)}">
      <span class="relative-picture">${renderThumbnail(picture, thumbnailOf(id))}</span>
      <span class="relative-words">${cutText(wordStep(picture), WORDS_LENGTH)}</span>
    </a>
    <p class="small facts-line">
      ${prompt === '' ? '' : html`<span>${model}</span>`} ${renderDay(madeAt)}
    </p>
    <p class="small ways">
      <a href="${pageOf(id)}">Family tree</a>
      ${message === undefined ? '' : html`<a href="${toMessageAddress(message)}">In the conversation</a>`}
    </p>
  </li>`;
}

function renderPages({ query, total }: HistoryContent): Html | string {
  const pages = pagesOf(total);
  if (pages <= 1 && query.page === 1) return '';
  const { page } = query;
  return html`<nav class="pages" aria-label="Pages of the history">
    ${page > 1 ? html`<a rel="prev" href="${toAddress(query, Math.min(page - 1, Math.max(pages, 1)))}">Newer</a>` : html`<span></span>`}
    ${page < pages ? html`<a rel="next" href="${toAddress(query, page + 1)}">Older</a>` : ''}
  </nav>`;
}

function pagesOf(total: number): number {
  return Math.ceil(total / PAGE_SIZE);
}
