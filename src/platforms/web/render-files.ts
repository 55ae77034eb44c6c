/** What came along with a message: pictures to look at, players, and cards for everything else. */
import { html } from 'hono/html';
import { isRaster } from '../../media.ts';
import { renderNumber } from './render-quote.ts';
import { type Html, renderCopyButton } from './render-words.ts';
import type { ShownFile } from './stored-message.ts';
import { wordFile } from './word-file.ts';

const SVG = 'image/svg+xml';
/** An SVG is shown as a picture, where no script in it can run, and never as part of the page. */
const PICTURES = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
  SVG,
]);

export function renderFiles(files: readonly ShownFile[]): Html | string {
  if (files.length === 0) return '';
  // A drawing comes with its picture: seeing it twice says nothing, but having it does.
  const isDrawn = files.some((file) => isPicture(file) && file.contentType !== SVG);
  const pictures = files.filter(
    (file) => isPicture(file) && !(isDrawn && file.contentType === SVG),
  );
  const others = files.filter((file) => !pictures.includes(file));
  const numbered = files.filter(isRaster);
  const numberOf = (file: ShownFile): number | undefined =>
    numbered.length > 1 && isRaster(file) ? numbered.indexOf(file) + 1 : undefined;
  return html`${
    pictures.length === 0
      ? ''
      : html`<ul class="pictures count-${Math.min(pictures.length, 4)}" role="list">
          ${pictures.map((file) => html`<li>${renderPicture(file)}${toBadge(numberOf(file))}</li>`)}
        </ul>`
  }
  ${
    others.length === 0
      ? ''
      : html`<ul class="files" role="list">
          ${others.map((file) => html`<li>${renderOther(file)}</li>`)}
        </ul>`
  }`;
}

/** Files that are there to be saved rather than looked at. */
export function renderCards(files: readonly ShownFile[]): Html | string {
  if (files.length === 0) return '';
  return html`<ul class="files" role="list">
    ${files.map((file) => html`<li>${renderSaved(file)}</li>`)}
  </ul>`;
}

/** For people who do not see the page change, such as `2 pictures are`. */
export function wordFiles(files: readonly ShownFile[]): string {
  const noun = files.every(isPicture) ? 'picture' : nounOf(files);
  return files.length === 1 ? `The ${noun} is` : `${files.length} ${noun}s are`;
}

function toBadge(number: number | undefined): Html | string {
  return number === undefined ? '' : renderNumber(number);
}

function nounOf(files: readonly ShownFile[]): string {
  const families = new Set(files.map(({ contentType }) => contentType.split('/', 1)[0]));
  if (families.size > 1) return 'file';
  if (families.has('audio')) return 'recording';
  return families.has('video') ? 'video' : 'file';
}

/** What a page shows or plays by itself. */
export function isSeenOrHeard({ contentType }: ShownFile): boolean {
  return /^(?:image|audio|video)\//u.test(contentType);
}

function isPicture({ contentType }: ShownFile): boolean {
  return PICTURES.has(contentType);
}

/** The blurred picture is the button itself; nothing of it needs a script. */
function renderPicture(file: ShownFile): Html {
  if (!file.isSpoiler) return renderOpenPicture(file);
  return html`<details class="spoiler">
    <summary>
      ${renderImage({ ...file, altText: '' })}
      <span class="reveal">Show the hidden picture</span>
      <span class="hide">Hide</span>
    </summary>
    ${renderOpenPicture(file)}
  </details>`;
}

function renderOpenPicture(file: ShownFile): Html {
  const address = addressOf(file);
  return html`<a href="${address}" target="_blank" rel="noopener" data-picture>
      ${renderImage(file)}
    </a>
    <a class="save" href="${address}" download="${file.fileName}" aria-label="Save ${file.fileName}"
      >Save</a
    >`;
}

function renderImage(file: ShownFile): Html {
  return html`<img
    src="${addressOf(file)}"
    alt="${file.altText}"
    width="${file.width ?? ''}"
    height="${file.height ?? ''}"
    decoding="async"
  />`;
}

function renderOther(file: ShownFile): Html {
  if (!file.isSpoiler) return renderOpenOther(file);
  return html`<details class="spoiler">
    <summary>
      <span class="reveal">Show the hidden ${nounOf([file])}</span>
      <span class="hide">Hide</span>
    </summary>
    ${renderOpenOther(file)}
  </details>`;
}

function renderOpenOther(file: ShownFile): Html {
  const address = addressOf(file);
  if (file.contentType.startsWith('audio/')) {
    return html`<figure class="sound">
      <audio controls preload="metadata" src="${address}" aria-label="${file.altText}"></audio>
      ${renderCard(file)}
    </figure>`;
  }
  if (file.contentType.startsWith('video/')) {
    return html`<figure class="video">
      <video
        controls
        playsinline
        preload="metadata"
        src="${address}"
        aria-label="${file.altText}"
      ></video>
      ${renderCard(file)}
    </figure>`;
  }
  return renderSaved(file);
}

function renderSaved(file: ShownFile): Html {
  return html`${renderCard(file)}${renderText(file)}`;
}

function renderCard(file: ShownFile): Html {
  return html`<a class="card" href="${addressOf(file)}" download="${file.fileName}"
    ><span class="card-name">${file.fileName}</span> <span class="small">${wordFile(file)}</span></a
  >`;
}

function renderText({ text, isBeginning }: ShownFile): Html | string {
  if (text === undefined) return '';
  return html`<details class="fold copyable">
    <summary>${isBeginning ? 'See how it begins' : 'Read it here'}</summary>
    ${isBeginning ? '' : renderCopyButton('the text', 'Copy')}
    <pre class="copied" tabindex="0">${isBeginning ? `${text}…` : text}</pre>
  </details>`;
}

function addressOf({ id }: ShownFile): string {
  return `/web/files/${id}`;
}
