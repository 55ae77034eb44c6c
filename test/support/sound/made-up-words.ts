/** A word for each number: made up, easy to say, and no other number's. */

const SYLLABLES = 'bdfghklmnprstvz'
  .split('')
  .flatMap((consonant) => ['a', 'e', 'i', 'o', 'u'].map((vowel) => consonant + vowel));
const COUNT = SYLLABLES.length;
/** So that neighbours sound nothing alike; it shares no divisor with the number of all words. */
const STRIDE = 199_999;

/** Sentences of eight to twelve words, over and over: a number alone tells where in one it stands. */
const SENTENCES = [8, 11, 9, 12, 10];
const ENDS = new Set(SENTENCES.map((_, at) => sum(SENTENCES.slice(0, at + 1)) - 1));
const ROUND = sum(SENTENCES);

/** With a capital at the start of its sentence and a full stop at the end. */
export function toWord(number: number): string {
  const word = toBareWord(number);
  const start = startsSentence(number) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  return endsSentence(number) ? `${start}.` : start;
}

function toBareWord(number: number): string {
  const mixed = (number * STRIDE) % COUNT ** 3;
  return [mixed, Math.floor(mixed / COUNT), Math.floor(mixed / COUNT ** 2)]
    .map((part) => SYLLABLES[part % COUNT]!)
    .join('');
}

export function endsSentence(number: number): boolean {
  return ENDS.has(number % ROUND);
}

function startsSentence(number: number): boolean {
  return endsSentence(number + ROUND - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((whole, one) => whole + one, 0);
}
