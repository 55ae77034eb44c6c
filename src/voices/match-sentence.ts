/**
 * Whether a transcript is a reading of a sentence: forgiving of what machines mishear, not of another
 * text. What allows, and the words that nobody could know before, must be in it.
 */
import { align } from './align-words.ts';
import { ALLOWING_WORDS, type Sentence } from './sentence.ts';
import { toSpokenWords } from './spoken-words.ts';

/** Of the sentence's words, how many may be wrong, missing or too many. */
const MOST_WRONG = 0.2;
/** Of the random words, how many must be there. */
const LEAST_RANDOM = 0.75;
/** Whoever says one of these allows something else, or nothing. */
const DENIALS = new Set('not never no dont refuse deny forbid without nothing'.split(' '));
/** Nobody needs so many words for the sentence, and comparing takes its time. */
const MOST_WORDS = 400;

export type Match =
  | { readonly isSame: true }
  | { readonly isSame: false; /** In words for the person. */ readonly reason: string };

export function matchSentence(sentence: Sentence, transcript: string): Match {
  const expected = toSpokenWords(sentence.text);
  const heard = toSpokenWords(transcript);
  if (heard.length === 0) return other('Nothing was heard in that recording.');
  if (heard.length > MOST_WORDS) return other('That was far more than the sentence.');
  const known = new Set(expected);
  if (heard.some((word) => DENIALS.has(word) && !known.has(word))) {
    return other('That says something else than the sentence.');
  }
  const { errors, found } = align(expected, heard);
  const isThere = (word: string): boolean => found.has(toSpokenWords(word)[0] ?? '');
  if (!ALLOWING_WORDS.every(isThere)) return other('What the sentence allows was not heard.');
  if (sentence.words.filter(isThere).length < sentence.words.length * LEAST_RANDOM) {
    return other('Those are not the words of this sentence.');
  }
  const isClose = errors <= expected.length * MOST_WRONG;
  return isClose ? { isSame: true } : other('Too many words are different.');
}

function other(reason: string): Match {
  return { isSame: false, reason };
}
