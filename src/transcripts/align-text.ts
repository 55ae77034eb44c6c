/**
 * Finds the pieces that a model heard in the text that it wrote. The two should be the same, but
 * where they are not it is the text that counts: nothing of it is lost.
 */

/** A stretch of the text and the pieces that stand for it: none where none does. */
export interface Stretch {
  readonly text: string;
  readonly first: number;
  /** The one after the last. */
  readonly end: number;
}

/** Letters by which a piece may be off, for each letter that is looked for. */
const SLACK = 10;
const LEAST_SLACK = 20;
/** The same for each letter that was not found before it. */
const WAITING_SLACK = 3;
/** No piece is looked for further away. */
const MOST_SLACK = 5000;

/** The stretches, put together, are `text`. */
export function alignText(text: string, pieces: readonly string[]): readonly Stretch[] {
  const letters = toLetters(text);
  const stretches: Stretch[] = [];
  let done = 0;
  let first = 0;
  let waiting = 0;

  /** What stands before the next piece that was found: for the pieces that were not. */
  function takeGap(to: number, end: number): void {
    const gap = text.slice(letters.endOf(done), letters.endOf(to));
    const last = stretches.at(-1);
    const isBare = !/[\p{L}\p{N}]/u.test(gap);
    // Bare punctuation is no stretch of its own: it goes with what stands before it, else after it.
    if (isBare && last) stretches[stretches.length - 1] = { ...last, text: last.text + gap };
    else if (!isBare || to === letters.text.length) take(to, end);
    if (!isBare || last) done = to;
    first = end;
  }

  function take(to: number, end: number): void {
    const part = text.slice(letters.endOf(done), letters.endOf(to));
    if (part !== '') stretches.push({ text: part, first, end });
    done = to;
    first = end;
    waiting = 0;
  }

  pieces.forEach((piece, at) => {
    const wanted = toLetters(piece).text;
    const slack = wanted.length * SLACK + LEAST_SLACK + waiting * WAITING_SLACK;
    const end = done + Math.min(slack, MOST_SLACK) + wanted.length;
    const found = letters.text.slice(done, end).indexOf(wanted);
    waiting += wanted.length;
    if (found === -1) return;
    const start = done + found;
    takeGap(start, at);
    take(start + wanted.length, at + 1);
  });
  takeGap(letters.text.length, pieces.length);
  return stretches;
}

interface Letters {
  /** The text without its blanks. */
  readonly text: string;
  /** Where so many letters end in the text with blanks. */
  readonly endOf: (count: number) => number;
}

function toLetters(text: string): Letters {
  const places = [...text.matchAll(/\S+/gu)].flatMap(({ index, 0: word }) =>
    Array.from({ length: word.length }, (_, at) => index + at + 1),
  );
  return {
    text: text.replaceAll(/\s+/gu, ''),
    endOf: (count) => (count === 0 ? 0 : (places[count - 1] ?? text.length)),
  };
}
