/**
 * A family tree for whoever holds a signed address of it: to be looked at only. It needs no script, no
 * cookie and nothing of the web chat, and leads nowhere but to the pictures in it.
 */
import { html } from 'hono/html';
import { cutText } from '../../cut-text.ts';
import type { FamilyTree } from '../../pictures/gallery.ts';
import type { Picture } from '../../pictures/picture.ts';
import type { SignedAddresses } from '../../pictures/signed-address.ts';
import { renderFamilyTree, type TreeAddresses } from './family-tree.ts';
import { wordStep } from './relatives.ts';
import { renderMoment } from './render-day.ts';
import type { Html } from './render-words.ts';

const TITLE_LENGTH = 90;

export interface SharedTreeContent {
  readonly tree: FamilyTree;
  /** The one that was asked for. */
  readonly picture: Picture;
  readonly addresses: TreeAddresses;
  /** When the page’s address ends. */
  readonly end: Date;
  readonly assets: string;
}

export function renderSharedTree(content: SharedTreeContent): Html {
  const { tree, picture, addresses, end, assets } = content;
  const title = cutText(wordStep(picture), TITLE_LENGTH);
  return renderSharedPage(
    { title, assets },
    html`<div class="family is-shared">
      <div class="about">
        <h1>${title}</h1>
        <p class="small">
          How this picture came to be. Each picture leads to its original. Whoever has the address
          of this page can open it, until ${renderMoment(end)}.
        </p>
      </div>
      ${renderFamilyTree(tree, addresses)}
    </div>`,
  );
}

/** Where there is nothing to be seen, and what to do then. */
export function renderSharedRefusal(title: string, words: string, assets: string): Html {
  return renderSharedPage(
    { title, assets },
    html`<div class="column nothing">
      <h1>${title}</h1>
      <p>${words}</p>
    </div>`,
  );
}

/** Good for as long as the page itself is. What a safety check marked is not shown to guests. */
export function toSharedAddresses(
  { toPath }: Pick<SignedAddresses, 'toPath'>,
  until: string,
): TreeAddresses {
  return {
    thumbnailOf: ({ id, isSpoiler }) =>
      isSpoiler ? undefined : toPath({ kind: 'thumbnail', picture: id }, until),
    pageOf: ({ id }) => toPath({ kind: 'original', picture: id }, until),
  };
}

function renderSharedPage(
  { title, assets }: { readonly title: string; readonly assets: string },
  content: Html,
): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title} · Easel</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="${assets}/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${assets}/chat.css" />
        <link rel="stylesheet" href="${assets}/pictures.css" />
      </head>
      <body>
        <header>
          <p class="brand"><img src="${assets}/icon.svg" alt="" width="28" height="28" />Easel</p>
        </header>
        <main class="gallery" tabindex="-1">${content}</main>
      </body>
    </html>`;
}
