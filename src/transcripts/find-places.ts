/** Where a wrong word stands, and what is written there instead. */
import { BLANKLESS } from './blanks.ts';
import type { Correction } from './parse-correction.ts';

interface Part {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One place, with what is written where. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  /** Word by word where there are as many right ones as wrong ones: each keeps its time. */
  readonly parts: readonly Part[];
}

/** Where words follow each other without blanks, none has an edge. */
const WORD_LETTER = `[[\\p{L}\\p{N}\\p{M}_]--[${BLANKLESS}]]`;
const EDGE_BEFORE = new RegExp(`^${WORD_LETTER}`, 'v');
const EDGE_AFTER = new RegExp(`${WORD_LETTER}$`, 'v');
/** Runs of blanks and both kinds of apostrophes are the same to whoever types. */
const BLANKS = /\s+/gu;
const APOSTROPHES = /['’]/gu;

/** Whole words only; where the right words stand already, nothing is to be done. */
export function findPlaces(text: string, { right, wrong }: Correction): readonly Edit[] {
  const isOnlyCase = right.toLowerCase() === wrong.toLowerCase();
  const done = [...text.matchAll(toPattern(right, 'gv'))].map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
  }));
  return [...text.matchAll(toPattern(wrong, isOnlyCase ? 'gv' : 'giv'))].flatMap((found) => {
    const start = found.index;
    const end = start + found[0].length;
    if (done.some((place) => place.start <= start && end <= place.end)) return [];
    return { start, end, parts: toParts(found[0], start, spell(found[0], { right, wrong })) };
  });
}

function toPattern(term: string, flags: string): RegExp {
  const composed = term.normalize('NFC');
  const spellings = new Set([composed, composed.normalize('NFD')].map(toSource));
  const before = EDGE_BEFORE.test(composed) ? `(?<!${WORD_LETTER})` : '';
  const after = EDGE_AFTER.test(composed) ? `(?!${WORD_LETTER})` : '';
  return new RegExp(`${before}(?:${[...spellings].join('|')})${after}`, flags);
}

function toSource(term: string): string {
  return term
    .replaceAll(/[$()*+.?[\\\]^{|}/]/gu, '\\$&')
    .replaceAll(BLANKS, '\\s+')
    .replaceAll(APOSTROPHES, "['’]");
}

/** As it is spelt, but in capitals where the wrong word is, against its own spelling. */
function spell(found: string, { right, wrong }: Correction): string {
  const isShouted = isUpper(found) && !isUpper(wrong);
  if (isShouted && found.length > 1) return right.toUpperCase();
  const first = right.slice(0, 1);
  const isBeginning = isUpper(found.slice(0, 1)) && !isUpper(wrong.slice(0, 1));
  return isBeginning ? `${first.toUpperCase()}${right.slice(1)}` : right;
}

function isUpper(text: string): boolean {
  return text !== text.toLowerCase() && text === text.toUpperCase();
}

function toParts(found: string, start: number, right: string): readonly Part[] {
  const words = [...found.matchAll(/\S+/gu)];
  const rights = right.split(BLANKS);
  if (words.length !== rights.length) return [{ start, end: start + found.length, text: right }];
  return words.map(({ index, 0: word }, at) => ({
    start: start + index,
    end: start + index + word.length,
    text: rights[at] ?? '',
  }));
}
