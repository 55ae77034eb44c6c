/** What people write to mend a transcript. */
import { toOneLine } from './blanks.ts';

export interface Correction {
  readonly right: string;
  readonly wrong: string;
}

const LONGEST = 80;

/** What people say before the right words. */
const LEAD =
  "(?:(?:(?:it|that|this)(?:['’]s|\\s+is|\\s+should\\s+(?:be|read))|i\\s+(?:said|meant)|" +
  '(?:the|his|her|my|their)\\s+(?:\\p{L}+\\s+)?(?:name|word)\\s+is)\\s+)?';
/** Sentences such as “Kowalski, not Kovalsky”: the first that fits counts. */
const FORMS: readonly RegExp[] = [
  /^s\/(?<wrong>[^/]+)\/(?<right>[^/]+)\/?[gi]*$/u,
  /^(?<wrong>.+?)\s*(?:→|⇒|[-=]+>)\s*(?<right>.+)$/u,
  new RegExp(`^${LEAD}not\\s+(?<wrong>.+?),?\\s+but\\s+(?<right>.+)$`, 'iu'),
  new RegExp(`^${LEAD}(?<right>.+?)(?:,|\\s[-–—])\\s*not\\s+(?<wrong>.+)$`, 'iu'),
  new RegExp(`^${LEAD}(?<right>.+?)\\s*\\(not\\s+(?<wrong>[^()]+)\\)$`, 'iu'),
  /^(?<wrong>.+?)\s+(?:should\s+(?:be|read|have\s+been)|must\s+be)\s+(?<right>.+)$/iu,
];
/** “It should be brighter” is about something else than words. */
const POINTING = /^(?:this|that|it|these|those|they|he|she|you|we|i|there|what|which)$/iu;
const POLITE = /,?\s*(?:please|thanks|thank you)[.!]*$/iu;
const QUOTED = /^["'“”„‟‘’‚«»‹›「『](?<inner>.+)["'“”„‟‘’«»‹›」』]$/u;

/** One correction a line, or several between semicolons. Undefined where anything is none. */
export function parseCorrection(words: string): readonly Correction[] | undefined {
  const pieces = words
    .split(/[\n;]/u)
    .map(toOneLine)
    .filter((piece) => piece !== '');
  const corrections = pieces.flatMap((piece) => parsePiece(piece) ?? []);
  const isAll = pieces.length > 0 && corrections.length === pieces.length;
  return isAll ? corrections : undefined;
}

function parsePiece(piece: string): Correction | undefined {
  const sentence = piece.replace(POLITE, '').replace(/(?<=[^.!])[.!]$/u, '');
  const groups = FORMS.map((form) => form.exec(sentence)?.groups).find(Boolean);
  const right = unquote(groups?.['right'] ?? '');
  const wrong = unquote(groups?.['wrong'] ?? '');
  return isTerm(right) && isTerm(wrong) && right !== wrong && !POINTING.test(wrong)
    ? { right, wrong }
    : undefined;
}

function unquote(text: string): string {
  const term = text.trim();
  return QUOTED.exec(term)?.groups?.['inner']?.trim() ?? term;
}

function isTerm(text: string): boolean {
  return text.length <= LONGEST && /[\p{L}\p{N}]/u.test(text) && !/→|[-=]>/u.test(text);
}
