/** What the pages about earlier pictures have around them. */
import { html } from 'hono/html';
import { renderDocument } from './page.ts';
import { HISTORY } from './picture-addresses.ts';
import type { Html } from './render-words.ts';

interface Frame {
  readonly assets: string;
  readonly title: string;
  readonly here: 'history' | 'picture';
}

export function renderGalleryPage({ assets, title, here }: Frame, content: Html): Html {
  return renderDocument(
    assets,
    html`<a class="skip" href="#content">Skip to the content</a>
      <header>
        <a class="brand" href="/">
          <img src="${assets}/icon.svg" alt="" width="28" height="28" />Easel
        </a>
        <nav aria-label="Pages">
          <a href="/">Conversation</a>
          <a href="${HISTORY}" ${here === 'history' ? html`aria-current="page"` : ''}>History</a>
        </nav>
      </header>
      <main id="content" class="gallery" tabindex="-1">${content}</main>`,
    `${title} · Easel`,
  );
}
