/** When each word is said. */
import type { HeardWord } from './hearing.ts';

export interface TimedWord {
  readonly text: string;
  /** In seconds. */
  readonly from: number;
  /** Null where nobody can tell. */
  readonly to: number | null;
  readonly speaker: string | undefined;
}

export function toWords(text: string): readonly HeardWord[] {
  return text
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => ({ text: word }));
}

/** Words without times share what lies between their neighbours evenly. */
export function layOut(words: readonly HeardWord[], seconds: number): readonly TimedWord[] {
  const starts = findStarts(words, seconds);
  return words.map(({ text, to, speaker }, at) => ({
    text,
    from: toTime(starts[at] ?? 0),
    to: to === null ? null : toTime(to ?? starts[at + 1] ?? seconds),
    speaker,
  }));
}

function findStarts(words: readonly HeardWord[], seconds: number): readonly number[] {
  const starts: number[] = [];
  while (starts.length < words.length) {
    const at = starts.length;
    const told = words[at]?.from;
    if (told === undefined) starts.push(...spread(words, starts, seconds));
    else starts.push(told);
  }
  return starts;
}

/** The starts of the words without times that come next. */
function spread(
  words: readonly HeardWord[],
  starts: readonly number[],
  seconds: number,
): readonly number[] {
  const first = starts.length;
  const next = words.findIndex(({ from }, at) => at > first && from !== undefined);
  const end = words[next]?.from ?? seconds;
  const count = (next < 0 ? words.length : next) - first;
  const begin = first === 0 ? 0 : words[first - 1]?.to;
  if (typeof begin === 'number') return share(begin, end, count);
  // The word before has no end: it takes its share with them.
  return share(starts[first - 1] ?? 0, end, count + 1).slice(1);
}

function share(begin: number, end: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => begin + ((end - begin) * at) / count);
}

function toTime(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
