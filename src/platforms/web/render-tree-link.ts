/** The way from a result to its pictures' family tree. */
import { html } from 'hono/html';
import { pageOf } from './picture-addresses.ts';
import { parseTarget, toPictureId } from '../../pictures/picture.ts';
import type { Html } from './render-words.ts';
import type { StatusRecord } from './stored-message.ts';

/** What can be edited is a picture of Easel's own; the button knows which. */
export function renderTreeLink({ message, files }: StatusRecord): Html | string {
  const button = message.buttons.find(({ command }) => command === 'edit');
  if (!button || files.length === 0) return '';
  const { job, number = 1 } = parseTarget(button.job);
  return html`<p class="small tree-link">
    <a href="${pageOf(toPictureId(job, number))}">Family tree</a>
  </p>`;
}
