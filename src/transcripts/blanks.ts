/** Blanks between words: where they belong, and where they would be wrong. */

/** Scripts that are written without blanks between words, and their punctuation. */
export const BLANKLESS =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Bopomofo}\\p{sc=Yi}\\p{sc=Thai}\\p{sc=Lao}' +
  '\\p{sc=Khmer}\\p{sc=Myanmar}\\p{sc=Tibetan}\\u3000-\\u30ff\\uff00-\\uffef';
const BLANKLESS_LETTER = new RegExp(`[${BLANKLESS}]`, 'u');
const BLANKLESS_START = new RegExp(`^[${BLANKLESS}]`, 'u');
const BLANKLESS_END = new RegExp(`[${BLANKLESS}]$`, 'u');

/** Languages in those scripts: a foreign word in them needs no blank either. */
const BLANKLESS_LANGUAGES: ReadonlySet<string> = new Set(
  'zh yue wuu nan ja th lo km my bo dz ii'.split(' '),
);

export interface Edge {
  readonly text: string;
  readonly language?: string | undefined;
}

/** What belongs between two texts that follow each other: a blank, or nothing. */
export function blankBetween(before: Edge, after: Edge): '' | ' ' {
  if (/(?:^|\s)$/u.test(before.text) || /^(?:\s|$)/u.test(after.text)) return '';
  const isBefore = BLANKLESS_END.test(before.text);
  const isAfter = BLANKLESS_START.test(after.text);
  const needsNone =
    (isBefore && (isAfter || isBlankless(after))) || (isAfter && isBlankless(before));
  return needsNone ? '' : ' ';
}

function isBlankless({ language }: Edge): boolean {
  return language !== undefined && BLANKLESS_LANGUAGES.has(language.split('-')[0] ?? '');
}

/** True where words in it may follow each other without a blank. */
export function hasBlanklessLetters(text: string): boolean {
  return BLANKLESS_LETTER.test(text);
}

/** On one line, with single blanks, without control characters. */
export function toOneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}
