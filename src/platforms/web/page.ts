/** The two pages: the conversation with its composer, and the door before it. */
import { html } from 'hono/html';
import { type ComposerContent, renderComposer } from './composer.ts';
import type { MenuEntry } from './menu.ts';
import { HISTORY } from './picture-addresses.ts';
import { renderMessage } from './render.ts';
import type { Html } from './render-words.ts';
import type { StoredMessage } from './stored-message.ts';

const EXAMPLES = [
  'a lighthouse in fog, seen from the sea',
  'a fox asleep under a red maple, ink and watercolour',
  'a tiny greenhouse on the moon --ar 16:9',
];
/** No inline style and no evaluated script: the content security policy forbids both. */
const HTMX = JSON.stringify({
  includeIndicatorCSS: false,
  history: false,
  extensions: 'sse',
  // What somebody has unfolded stays so when the words around it change.
  morphIgnore: ['data-htmx-powered', 'open'],
});

export interface PageContent extends ComposerContent {
  readonly messages: readonly StoredMessage[];
  readonly menu: readonly MenuEntry[];
  readonly revision: string;
  /** Where the versioned assets are. */
  readonly assets: string;
  readonly canLogOut: boolean;
}

export function renderChatPage(content: PageContent): Html {
  return renderDocument(
    content.assets,
    html`<a class="skip" href="#text">Skip to the message box</a>
      <header>
        <p class="brand">
          <img src="${content.assets}/icon.svg" alt="" width="28" height="28" />Easel
        </p>
        <nav aria-label="Pages"><a href="${HISTORY}">History</a></nav>
        ${content.canLogOut ? renderLogout() : ''}
      </header>
      <main tabindex="-1" aria-label="Conversation">
        <div class="column">
          <ol id="messages" role="list">
            ${content.messages.map((message) => renderMessage(message, content.menu))}
          </ol>
          ${renderWelcome()}
        </div>
      </main>
      <div id="announcer" class="visually-hidden" role="status"></div>
      <div hx-sse:connect="/web/events?since=${content.revision}" hx-swap="none"></div>
      ${renderComposer(content)}
      <dialog id="options" aria-labelledby="option-title"></dialog>
      <dialog id="viewer" aria-label="Picture">
        <form method="dialog"><button aria-label="Close" autofocus>×</button></form>
        <img id="viewer-picture" src="data:," alt="" />
      </dialog>`,
  );
}

/** For browsers without scripts: the form of a command as a page of its own. */
export function renderOptionPage(assets: string, form: Html): Html {
  return renderDocument(assets, html`<main class="page">${form}</main>`);
}

export function renderLoginPage(assets: string, mistake: string): Html {
  return renderDocument(
    assets,
    html`<main class="door">
      <form method="post" action="/web/login">
        <img src="${assets}/icon.svg" alt="" width="56" height="56" />
        <h1>Easel</h1>
        <label for="token">Login token</label>
        <input
          id="token"
          name="token"
          type="password"
          autocomplete="current-password"
          required
          autofocus
          maxlength="500"
          aria-describedby="mistake"
        />
        <p id="mistake" class="mistake" role="alert">${mistake}</p>
        <button class="primary">Log in</button>
        <p class="small">It is the value of WEB_LOGIN_TOKEN where Easel runs.</p>
      </form>
    </main>`,
  );
}

/**
 * htmx is not deferred: a deferred htmx may set the page up before its extension has arrived, and
 * then no event ever comes.
 */
export function renderDocument(assets: string, body: Html, title = 'Easel'): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content="${HTMX}" />
        <link rel="icon" href="${assets}/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${assets}/chat.css" />
        <link rel="stylesheet" href="${assets}/results.css" />
        <link rel="stylesheet" href="${assets}/replies.css" />
        <link rel="stylesheet" href="${assets}/sound.css" />
        <link rel="stylesheet" href="${assets}/options.css" />
        <link rel="stylesheet" href="${assets}/pictures.css" />
        <script src="${assets}/htmx.min.js"></script>
        <script src="${assets}/hx-sse.min.js"></script>
        <script src="${assets}/chat.js" type="module"></script>
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

/** A link with the words in it fills the composer with and without scripts. */
function renderWelcome(): Html {
  return html`<section class="welcome">
    <h1>What shall we draw?</h1>
    <p>Say it in plain words, written or spoken, or type <kbd>/</kbd> to see what else there is.</p>
    <ul role="list">
      ${EXAMPLES.map(
        (example) => html`<li><a href="/?text=${encodeURIComponent(example)}">${example}</a></li>`,
      )}
    </ul>
  </section>`;
}

function renderLogout(): Html {
  return html`<form method="post" action="/web/logout">
    <button class="secondary">Log out</button>
  </form>`;
}
