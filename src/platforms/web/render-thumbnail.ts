/** A small picture among others. */
import { html } from 'hono/html';
import type { Picture } from '../../pictures/picture.ts';
import type { Html } from './render-words.ts';

/** Veiled where a safety check marked it: its own page shows it to who asks. */
export function renderThumbnail(
  { altText, isSpoiler, width, height }: Picture,
  address: string,
): Html {
  return html`<img
      src="${address}"
      alt="${isSpoiler ? 'A hidden picture' : altText}"
      class="${isSpoiler ? 'veiled' : ''}"
      width="${width ?? ''}"
      height="${height ?? ''}"
      loading="lazy"
      decoding="async"
    />${isSpoiler ? html`<span class="veil" aria-hidden="true">Hidden</span>` : ''}`;
}
