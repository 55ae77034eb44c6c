/** The right spellings of a workspace, newest first. */
import { toOneLine } from './blanks.ts';

/** A spelling, and who added it when. */
export interface GlossaryTerm {
  readonly term: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly at: Date;
}

const MOST_TERMS = 200;
const TERM_LENGTH = 80;
/** Whisper reads the last 224 tokens: in any script, so many bytes are about as many. */
const PROMPT_BYTES = 600;

/** Undefined for what is no term: empty, too long, or nothing but marks. */
export function toTerm(text: string): string | undefined {
  const term = toOneLine(text).normalize('NFC');
  return term.length <= TERM_LENGTH && /[\p{L}\p{N}]/u.test(term) ? term : undefined;
}

/** The newest spelling of a term replaces others of it; beyond 200, the oldest terms are forgotten. */
export function addTerms(
  terms: readonly GlossaryTerm[],
  added: readonly GlossaryTerm[],
): readonly GlossaryTerm[] {
  const tidy = added.flatMap((entry) => {
    const term = toTerm(entry.term);
    return term === undefined ? [] : { ...entry, term };
  });
  const newest = new Map<string, GlossaryTerm>();
  for (const entry of [...tidy, ...terms]) {
    const key = toKey(entry.term);
    if (!newest.has(key)) newest.set(key, entry);
  }
  return [...newest.values()].slice(0, MOST_TERMS);
}

/** However it is spelt. */
export function removeTerm(
  terms: readonly GlossaryTerm[],
  removed: string,
): readonly GlossaryTerm[] {
  return terms.filter(({ term }) => toKey(term) !== toKey(removed));
}

/**
 * What a model is told to listen for, such as “Easel, fal.ai, Kowalski.” The newest are last: where
 * a model reads less, it is the end that it reads.
 */
export function toPrompt(terms: readonly Pick<GlossaryTerm, 'term'>[]): string {
  const words = terms.map(({ term }) => term);
  const fitting = words.findIndex(
    (_, at) => Buffer.byteLength(toSentence(words.slice(0, at + 1))) > PROMPT_BYTES,
  );
  return toSentence(fitting === -1 ? words : words.slice(0, fitting));
}

function toSentence(newestFirst: readonly string[]): string {
  const list = newestFirst.toReversed().join(', ');
  return list === '' || list.endsWith('.') ? list : `${list}.`;
}

function toKey(term: string): string {
  return toOneLine(term).normalize('NFC').toLowerCase();
}
