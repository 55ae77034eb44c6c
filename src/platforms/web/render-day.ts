/** When something was made: it lies back, so it is told the same to everybody, wherever they are. */
import { html } from 'hono/html';
import type { Html } from './render-words.ts';

const DAY = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
const dayFormat = new Intl.DateTimeFormat('en-GB', DAY);
const momentFormat = new Intl.DateTimeFormat('en-GB', { ...DAY, ...TIME });

export function renderDay(moment: Date): Html {
  return renderTime(moment, dayFormat);
}

export function renderMoment(moment: Date): Html {
  return renderTime(moment, momentFormat);
}

function renderTime(moment: Date, format: Intl.DateTimeFormat): Html {
  return html`<time datetime="${moment.toISOString()}">${format.format(moment)}</time>`;
}
