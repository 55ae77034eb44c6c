/** A text for a model that speaks, in pieces that it can say at once. */
import { listTypes, type Endpoint } from '../endpoint.ts';
import { speaks } from '../speaks.ts';
import { findWordsField } from './words-field.ts';

/** Where the schema names no limit: models that speak lose the thread of what is much longer. */
const USUAL_LONGEST = 2000;
/** Dia wants a whole turn of a speaker, begun with the speaker's mark. */
const TURN = /(?=\[S\d+\])/u;
const DIALOGUE = /^\s*\[S\d+\]/u;
/** Where to end a piece: the earlier the better, as long as it is not too short. */
const ENDS = [
  /\n\s*\n/gu,
  /\n/gu,
  /[.!?…。！？]+["”’»)\]]*(?:\s+|(?<=[。！？]))/gu,
  /[,;:،、]\s*/gu,
  /\s+/gu,
];
/** Of the longest piece: a piece should not end earlier for the sake of a better end. */
const SHORTEST_SHARE = 0.4;

/** The text itself for an endpoint that can say it at once, or that says nothing. */
export function splitWords(endpoint: Endpoint, text: string): readonly string[] {
  if (!speaks(endpoint)) return [text];
  return splitText(text, longestText(endpoint));
}

/** Every letter is in one of the pieces, in order; only blanks between pieces are left out. */
export function splitText(text: string, longest: number): readonly string[] {
  if (text.length <= longest) return [text];
  return DIALOGUE.test(text) ? splitDialogue(text, longest) : splitPlain(text, longest);
}

function longestText(endpoint: Endpoint): number {
  const types = listTypes(findWordsField(endpoint)?.type ?? { kind: 'anything' });
  const limits = types.flatMap((type) => (type.kind === 'text' ? (type.maxLength ?? []) : []));
  return Math.min(...limits, limits.length === 0 ? USUAL_LONGEST : Infinity);
}

/** Turns go together as far as they fit; a turn that is too long goes on under the same mark. */
function splitDialogue(text: string, longest: number): readonly string[] {
  const turns = text.split(TURN).filter((turn) => turn.trim() !== '');
  const pieces: string[] = [];
  for (const turn of turns.flatMap((one) => splitTurn(one, longest))) {
    const last = pieces.at(-1);
    const joined = last === undefined ? turn : `${last.trimEnd()} ${turn}`;
    if (last !== undefined && joined.length <= longest) pieces[pieces.length - 1] = joined;
    else pieces.push(turn);
  }
  return pieces.map((piece) => piece.trim());
}

function splitTurn(turn: string, longest: number): readonly string[] {
  const [, mark = ''] = /^\s*(\[S\d+\])/u.exec(turn) ?? [];
  const words = turn.trimStart().slice(mark.length).trim();
  return splitPlain(words, longest - mark.length - 1).map((piece) => `${mark} ${piece}`);
}

function splitPlain(text: string, longest: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const end = findEnd(rest, longest);
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/** The last good place within reach: paragraphs before lines before sentences before words. */
function findEnd(text: string, longest: number): number {
  const reach = text.slice(0, longest + 1);
  for (const end of ENDS) {
    const places = [...reach.matchAll(end)].map((match) => match.index + match[0].trimEnd().length);
    const last = places.findLast((place) => place <= longest);
    if (last !== undefined && last >= longest * SHORTEST_SHARE) return last;
  }
  return wholeCharacters(text, longest);
}

/** Never between the two halves of a character. */
function wholeCharacters(text: string, end: number): number {
  const code = text.codePointAt(end - 1) ?? 0;
  return code > 0xff_ff ? end - 1 : end;
}
