/**
 * A family of pictures, step by step: as pictures with arrows, and the same in words. Knows no
 * routes: whoever shows it says where pictures are.
 */
import { html } from 'hono/html';
import { cutText } from '../../cut-text.ts';
import type { FamilyTree } from '../../pictures/gallery.ts';
import type { Picture } from '../../pictures/picture.ts';
import { layOutFamily, type FamilyLayout } from '../../pictures/lay-out-family.ts';
import { findWay, toNumbers, toRelatives, wordModel, wordOrigin, wordStep } from './relatives.ts';
import type { Relative, SeenRelative, UnseenRelative } from './relatives.ts';
import { renderThumbnail } from './render-thumbnail.ts';
import type { Html } from './render-words.ts';
import { renderArrows, renderFreeLanes } from './tree-arrows.ts';

export interface TreeAddresses {
  /** Of the small copy of a picture; undefined for one of which only the place is shown. */
  thumbnailOf(picture: Picture): string | undefined;
  /** Of what shows a picture large: a page on which it is the one that is asked for, or its file. */
  pageOf(picture: Picture): string;
}

/** What fits below a small picture; the style sheet cuts it to the line. */
const LABEL_LENGTH = 120;
const WORDS_LENGTH = 600;

export function renderFamilyTree(tree: FamilyTree, addresses: TreeAddresses): Html {
  const relatives = toRelatives(tree);
  const numbers = toNumbers(relatives);
  const view = { tree, relatives, numbers, addresses, way: findWay(tree.id, relatives) };
  return html`<section class="tree" aria-labelledby="tree-title">
      <h2 id="tree-title">Family tree</h2>
      <a class="skip" href="#steps">Skip to the same in words</a>
      <div class="tree-frame" role="group" aria-labelledby="tree-title" tabindex="0">
        ${renderGraph(view)}
      </div>
    </section>
    <section class="in-words" id="steps" tabindex="-1" aria-labelledby="steps-title">
      <h2 id="steps-title">Step by step</h2>
      <ol role="list">
        ${relatives.map((relative) => (relative.picture ? renderStep(relative, view) : ''))}
      </ol>
    </section>`;
}

interface View {
  readonly tree: FamilyTree;
  readonly relatives: readonly Relative[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly addresses: TreeAddresses;
  readonly way: ReadonlySet<string>;
}

function renderGraph(view: View): Html {
  const layout = layOutFamily(view.relatives);
  const { way } = view;
  return html`<div class="tree-canvas">
    ${renderArrows(layout, ({ from, to }) => way.has(from) && way.has(to))}
    ${toLayers(view.relatives, layout).map((cards) => renderLayer(cards, view))}
  </div>`;
}

interface Card {
  readonly relative: Relative;
  readonly lane: number;
}

function toLayers(relatives: readonly Relative[], { layers, spots }: FamilyLayout): Card[][] {
  const columns = Array.from({ length: layers }, (): Card[] => []);
  for (const relative of relatives) {
    const { layer, lane } = spots.get(relative.id) ?? { layer: 0, lane: 0 };
    columns[layer]?.push({ relative, lane });
  }
  return columns.map((cards) => cards.toSorted((a, b) => a.lane - b.lane));
}

function renderLayer(cards: readonly Card[], view: View): Html {
  return html`<div class="layer">
    ${cards.map(({ relative, lane }, at) => {
      const before = cards[at - 1]?.lane ?? -1;
      const card = relative.picture ? renderRelative(relative, view) : renderUnseen(relative);
      return html`${renderFreeLanes(lane - before - 1)}${card}`;
    })}
  </div>`;
}

function renderUnseen({ id, words }: UnseenRelative): Html {
  return html`<div class="relative is-gone" data-relative="${id}">
    <span class="relative-picture"><span>Not shown here</span></span>
    <span class="relative-words">${words}</span>
  </div>`;
}

/** One without its picture leads nowhere; what is known of it stays for what came from it. */
function renderRelative(relative: SeenRelative, view: View): Html {
  const { id, picture } = relative;
  const isAsked = id === view.tree.id;
  const classes = [
    'relative',
    ...(view.way.has(id) ? ['on-the-way'] : []),
    ...(isAsked ? ['is-asked'] : []),
  ];
  const small = findThumbnail(picture, view.addresses);
  if (small === undefined) {
    return html`<div class="${classes.join(' ')} is-gone" data-relative="${id}">
      ${renderLabelled(relative, html`<span>${picture.deletedAt ? 'Deleted' : 'Hidden'}</span>`, view)}
    </div>`;
  }
  const image = renderThumbnail(picture, small);
  return html`<a
    class="${classes.join(' ')}"
    href="${view.addresses.pageOf(picture)}"
    data-relative="${id}"
    ${isAsked ? CURRENT : ''}
    >${renderLabelled(relative, image, view)}</a
  >`;
}

function findThumbnail(picture: Picture, addresses: TreeAddresses): string | undefined {
  return picture.deletedAt ? undefined : addresses.thumbnailOf(picture);
}

const CURRENT = html`aria-current="true"`;

function renderLabelled({ picture, number }: SeenRelative, image: Html, { numbers }: View): Html {
  return html`<span class="relative-picture"
      ><span class="relative-number">${number}</span>${image}</span
    >
    <span class="relative-words">${cutText(wordStep(picture), LABEL_LENGTH)}</span>
    <span class="relative-model">${wordModel(picture)}</span>
    <span class="visually-hidden">${wordOrigin(picture, numbers)}</span>`;
}

function renderStep({ id, picture, number }: SeenRelative, { tree, numbers, addresses }: View) {
  const words = cutText(wordStep(picture), WORDS_LENGTH);
  const isAsked = id === tree.id;
  const facts = [wordModel(picture), wordOrigin(picture, numbers)];
  return html`<li class="${isAsked ? 'is-asked' : ''}">
    <span class="step-number">${number}</span>
    <div>
      ${
        findThumbnail(picture, addresses) === undefined
          ? html`<p>
              ${words} <span class="small">(${picture.deletedAt ? 'deleted' : 'hidden'})</span>
            </p>`
          : html`<p>
              <a href="${addresses.pageOf(picture)}" ${isAsked ? CURRENT : ''}>${words}</a>
            </p>`
      }
      <p class="small">${facts.filter((fact) => fact !== '').join(' · ')}</p>
    </div>
  </li>`;
}
