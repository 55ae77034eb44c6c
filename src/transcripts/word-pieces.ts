/** Words between which a text may be broken, in scripts with and without blanks. */
import { hasBlanklessLetters } from './blanks.ts';

/** As many columns as a line of a subtitle has. */
export const LINE_WIDTH = 42;

const words = new Intl.Segmenter('und', { granularity: 'word' });
const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Letters of East Asia: Hangul, Han with kana and marks, and full-width forms. */
const WIDE = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xff01, 0xff60],
] as const;

/** In columns: letters of East Asia are twice as wide as others. */
export function widthOf(text: string): number {
  let width = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= WIDE[0][0] && WIDE.some(([from, to]) => from <= code && code <= to)) width += 1;
  }
  return width;
}

/** Put together, they are the text; none is wider than a line. Blanks stand before a word. */
export function toWordPieces(text: string): readonly string[] {
  const found = text.match(/\s*\S+/gu) ?? [];
  const pieces = found.flatMap((word) =>
    hasBlanklessLetters(word) || widthOf(word.trim()) > LINE_WIDTH ? breakWord(word) : word,
  );
  const rest = text.slice(found.join('').length);
  const last = pieces.pop();
  return last === undefined ? [] : [...pieces, `${last}${rest}`];
}

/** Marks stay with the word before them, and brackets and quotes with the one that they open. */
function breakWord(word: string): string[] {
  const pieces: string[] = [];
  let isOpen = true;
  for (const { segment, isWordLike } of words.segment(word)) {
    const opens = /^[\p{Ps}\p{Pi}\s]+$/u.test(segment);
    const last = pieces.at(-1);
    if (last === undefined || (!isOpen && (isWordLike === true || opens))) pieces.push(segment);
    else pieces[pieces.length - 1] = `${last}${segment}`;
    isOpen = opens || (isOpen && last === undefined && !isWordLike);
  }
  return pieces.flatMap(breakLong);
}

function breakLong(piece: string): readonly string[] {
  if (widthOf(piece.trim()) <= LINE_WIDTH) return [piece];
  const parts: string[] = [];
  for (const { segment } of characters.segment(piece)) {
    const last = parts.at(-1);
    const hasRoom = last !== undefined && widthOf(`${last}${segment}`.trim()) <= LINE_WIDTH;
    if (hasRoom) parts[parts.length - 1] = `${last}${segment}`;
    else parts.push(segment);
  }
  return parts;
}
