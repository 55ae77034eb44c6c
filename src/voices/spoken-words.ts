/** Words as they are compared: however they are spelt, written or broken up by whoever writes down. */
import { toNumberWords } from './number-words.ts';

/** What people say while they read, and what is written for it. */
const FILLERS = new Set('um umm uh uhm er erm hm hmm mm mhm ah oh okay ok'.split(' '));
const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/\b(i)['’]m\b/gu, '$1 am'],
  [/\b(can)(?:['’]t|not)\b/gu, '$1 not'],
  [/n['’]t\b/gu, ' not'],
  [/['’]/gu, ''],
];

/** In one case, without accents and punctuation, numbers in words. */
export function toSpokenWords(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const long = SHORT_FORMS.reduce((words, [short, full]) => words.replaceAll(short, full), plain);
  const words = long.match(/\p{L}+|\p{N}+/gu) ?? [];
  return words.flatMap(toWords).filter((word) => !FILLERS.has(word));
}

function toWords(word: string): readonly string[] {
  return /^\d{1,3}$/u.test(word) ? toNumberWords(Number(word)).split(' ') : [word];
}
