/**
 * Text as several messages one after the other: nothing is cut off. Pages end where lines end; a
 * line is broken only where it is longer than a page, and then between words.
 */
import type { Line } from './markup.ts';

/** A long line that would have less room than this begins on the next page instead. */
const LEAST_ROOM = 400;
/** What would be markup where a broken line goes on. */
const OPENING = /^[#>-]$/u;

/** At least one page; each at most `room` characters long. */
export function toPages(lines: readonly Line[], room: number): readonly string[] {
  const pages: string[] = [];
  let page: string | undefined;
  const leftRoom = () => (page === undefined ? room : room - page.length - 1);

  function write(text: string): void {
    if (text.length > leftRoom()) {
      pages.push(page ?? '');
      page = undefined;
    }
    page = page === undefined ? text : `${page}\n${text}`;
  }

  for (const line of lines) {
    const first = leftRoom() < LEAST_ROOM ? room : leftRoom();
    for (const piece of breakLine(line, { first, room })) write(piece);
  }
  const written = [...pages, page ?? ''].filter((text) => text.trim() !== '');
  return written.length === 0 ? [''] : written;
}

/** The line itself where it fits a page. */
function breakLine(
  { prefix, tokens }: Line,
  { first, room }: { first: number; room: number },
): readonly string[] {
  const whole = `${prefix}${tokens.join('')}`;
  if (whole.length <= room) return [whole];
  const pieces: string[] = [];
  let rest = tokens;
  while (rest.length > 0) {
    const end = findBreak(rest, (pieces.length === 0 ? first : room) - prefix.length);
    pieces.push(`${prefix}${rest.slice(0, end).join('')}`);
    rest = asLineStart(rest.slice(end));
  }
  return pieces;
}

/** After the last word that fits; after the last token where that would leave much room unused. */
function findBreak(tokens: readonly string[], room: number): number {
  let length = 0;
  const tooMuch = tokens.findIndex((token) => {
    length += token.length;
    return length > room;
  });
  if (tooMuch === -1) return tokens.length;
  const afterWord = tokens.lastIndexOf(' ', tooMuch) + 1;
  return afterWord > tooMuch / 2 ? Math.min(afterWord, tooMuch) : Math.max(1, tooMuch);
}

function asLineStart(tokens: readonly string[]): readonly string[] {
  const start = tokens.findIndex((token) => token !== ' ');
  const [first = '', ...others] = start === -1 ? [] : tokens.slice(start);
  if (first === '') return [];
  return [OPENING.test(first) ? `\\${first}` : first, ...others];
}
