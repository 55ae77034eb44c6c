import { nearest } from '../nearest.ts';
import { textOf, type Transcript } from './transcript.ts';

const MOST = 3;

/** What somebody may have meant who wants words mended that are not there: likest first. */
export function findNearWords(transcript: Transcript, wrong: string): readonly string[] {
  const words = toWords(textOf(transcript));
  const count = toWords(wrong).length;
  // A name may have been heard as two words, or two as one.
  const sizes = [count, count + 1, count - 1].filter((size) => size > 0);
  let known = [...new Set(sizes.flatMap((size) => groupWords(words, size)))];
  const near: string[] = [];
  while (near.length < MOST) {
    const found = nearest(wrong, known);
    if (found === undefined) return near;
    near.push(found);
    const taken = new Set(found.split(' '));
    known = known.filter((other) => !other.split(' ').some((word) => taken.has(word)));
  }
  return near;
}

function groupWords(words: readonly string[], size: number): readonly string[] {
  return words.slice(size - 1).map((_, at) => words.slice(at, at + size).join(' '));
}

function toWords(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+(?:['’.-][\p{L}\p{N}\p{M}]+)*/gu) ?? [];
}
