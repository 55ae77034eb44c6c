/** One earlier picture among its relatives, large, with what can be done with it. */
import { html } from 'hono/html';
import { cutText } from '../../cut-text.ts';
import type { FamilyTree } from '../../pictures/gallery.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { Asker } from '../platform.ts';
import { renderFamilyTree } from './family-tree.ts';
import { renderGalleryPage } from './gallery-page.ts';
import { toMessageAddress } from './message-link.ts';
import { HISTORY, originalOf, pageOf, thumbnailOf, TREE_ADDRESSES } from './picture-addresses.ts';
import { toNumbers, toRelatives, wordModel, wordStep, wordUnseen } from './relatives.ts';
import { renderMoment } from './render-day.ts';
import type { Html } from './render-words.ts';
import { wordFile } from './word-file.ts';

/** Longer words are a paragraph rather than a heading. */
const TITLE_LENGTH = 90;

export interface PicturePageContent {
  readonly tree: FamilyTree;
  readonly picture: Picture;
  readonly asker: Asker;
  /** The message that shows it; undefined where it is gone. */
  readonly message: string | undefined;
  readonly assets: string;
}

export function renderPicturePage(content: PicturePageContent): Html {
  const { tree, picture, assets } = content;
  const title = cutText(wordStep(picture), TITLE_LENGTH);
  return renderGalleryPage(
    { assets, title, here: 'picture' },
    html`<div class="family">
        <article class="asked" aria-labelledby="picture-title">
          ${renderLarge(picture)}
          <div class="asked-words">
            <h1 id="picture-title">${title}</h1>
            ${
              title === wordStep(picture)
                ? ''
                : html`<details class="fold">
                    <summary>All the words</summary>
                    <p class="all-words">${picture.prompt}</p>
                  </details>`
            }
            ${renderFacts(content)} ${renderActions(content)}
          </div>
        </article>
        ${renderFamilyTree(tree, TREE_ADDRESSES)}
      </div>
      <script src="${assets}/tree.js" type="module"></script>`,
  );
}

export function renderNoPicture(assets: string): Html {
  return renderGalleryPage(
    { assets, title: 'No such picture', here: 'picture' },
    html`<div class="column nothing">
      <h1>There is no such picture here</h1>
      <p class="small">It may never have been, or it is kept where you are not.</p>
      <p><a href="${HISTORY}">All earlier pictures</a></p>
    </div>`,
  );
}

function renderLarge(picture: Picture): Html {
  if (picture.deletedAt) return html`<p class="large is-gone">This picture was deleted.</p>`;
  if (!picture.isSpoiler) return html`<div class="large">${renderImageLink(picture)}</div>`;
  return html`<details class="large spoiler">
    <summary>
      <img
        src="${thumbnailOf(picture.id)}"
        alt=""
        width="${picture.width ?? ''}"
        height="${picture.height ?? ''}"
      />
      <span class="reveal">Show the hidden picture</span>
      <span class="hide">Hide</span>
    </summary>
    ${renderImageLink(picture)}
  </details>`;
}

function renderImageLink({ id, altText, width, height }: Picture): Html {
  return html`<a href="${originalOf(id)}" target="_blank" rel="noopener" title="Full size"
    ><img
      src="${originalOf(id)}"
      alt="${altText}"
      width="${width ?? ''}"
      height="${height ?? ''}"
      decoding="async"
  /></a>`;
}

function renderFacts(content: PicturePageContent): Html {
  const { picture, tree, asker } = content;
  const { width, height, madeAt, parents } = picture;
  const children = tree.pictures.filter((one) => one.parents.includes(picture.id));
  const facts: readonly (readonly [string, Html | string])[] = [
    ['Model', wordModel(picture)],
    ['Size', width && height ? `${width}×${height}` : ''],
    ['File', picture.deletedAt ? '' : wordFile(picture)],
    [
      picture.origin === 'given' ? 'Given' : 'Asked',
      html`by ${wordPerson(picture, asker)}, ${renderMoment(madeAt)}`,
    ],
    ['From', parents.length === 0 ? '' : renderLinks(parents, tree)],
    [
      'Became',
      children.length === 0
        ? ''
        : renderLinks(
            children.map(({ id }) => id),
            tree,
          ),
    ],
  ];
  return html`<dl class="facts">
    ${facts.map(([name, value]) =>
      value === ''
        ? ''
        : html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
    )}
  </dl>`;
}

/** In the web chat everybody is “you” to themselves. */
function wordPerson({ person }: Picture, asker: Asker): string {
  if (person.id === asker.person.id) return 'you';
  return person.name === asker.person.name ? 'somebody else here' : person.name;
}

function renderLinks(ids: readonly string[], tree: FamilyTree): Html {
  const numbers = toNumbers(toRelatives(tree));
  const links = [...new Set(ids)].map((id) => {
    const number = numbers.get(id);
    if (number === undefined) return html`<li>${wordUnseen(id)}</li>`;
    return html`<li><a href="${pageOf(id)}" aria-label="Picture ${number}">${number}</a></li>`;
  });
  return html`<ul role="list">
    ${links}
  </ul>`;
}

function renderActions({ picture, tree, message }: PicturePageContent): Html | string {
  const { id, origin, parents, deletedAt, fileName } = picture;
  if (deletedAt) return '';
  const button = (label: string, command: string, style = 'secondary'): Html =>
    html`<form method="post" action="/web/press">
      <input type="hidden" name="command" value="${command}" />
      <input type="hidden" name="job" value="${id}" />
      <input type="hidden" name="message" value="${message ?? ''}" />
      <button class="${style}">${label}</button>
    </form>`;
  const before = tree.pictures.find((one) => one.id === parents[0]);
  const isMade = origin === 'made';
  return html`<div class="actions">
      ${button('Edit', 'edit', 'primary')}
      ${isMade && before && !before.deletedAt ? button('Back to the one before', 'undo') : ''}
      ${isMade && parents.length > 0 ? button('Replay the steps', 'replay') : ''}
      ${isMade ? button('Details', 'details') : ''}
    </div>
    <p class="ways">
      ${message === undefined ? '' : html`<a href="${toMessageAddress(message)}">In the conversation</a>`}
      <a href="${originalOf(id)}" download="${fileName}">Save</a>
    </p>`;
}
