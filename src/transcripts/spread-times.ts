/** Times for every word: those that are known, and in between in proportion to the letters. */
import type { Segment, Transcript } from './transcript.ts';
import { toWordPieces } from './word-pieces.ts';

export interface TimedWord {
  /** With the blanks around it. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Which segment it belongs to. */
  readonly segment: number;
}

/** A place in the text, counted in letters, and when it is reached. */
interface Anchor {
  readonly letters: number;
  readonly seconds: number;
}

/** Nobody speaks faster: times that say so are not believed. */
const LEAST_SECONDS_PER_LETTER = 0.002;
/** How long the end of a text takes whose end is not known. */
const SECONDS_PER_LETTER = 1 / 15;

/** Times rise and no word is without any; undefined where no time at all is known. */
export function spreadTimes({ segments, seconds }: Transcript): readonly TimedWord[] | undefined {
  const isTimed = segments.some(({ from, to }) => from !== undefined || to !== undefined);
  if (!isTimed && seconds === undefined) return undefined;
  const words = countWords(segments);
  const known = words.flatMap((word, at) =>
    findKnown(word, segments, [words[at - 1], words[at + 1]]),
  );
  const place = createPlacer(bindEnd(toAnchors(known), words.at(-1)?.end ?? 0, seconds));
  return words.map(({ text, segment, start, end }) => ({
    text,
    segment,
    from: place.start(start),
    to: place.end(end),
  }));
}

interface CountedWord {
  readonly text: string;
  readonly segment: number;
  /** In letters of the whole text. */
  readonly start: number;
  readonly end: number;
}

function countWords(segments: readonly Segment[]): readonly CountedWord[] {
  let letters = 0;
  return segments.flatMap(({ text }, segment) =>
    toWordPieces(text).map((word) => {
      const start = letters;
      letters += word.trim().length;
      return { text: word, segment, start, end: letters };
    }),
  );
}

/** The time of a segment belongs to its first word or its last one. */
function findKnown(
  { segment, start, end }: CountedWord,
  segments: readonly Segment[],
  [before, after]: readonly (CountedWord | undefined)[],
): readonly Anchor[] {
  const { from, to } = segments[segment] ?? {};
  const isFirst = before?.segment !== segment && from !== undefined;
  const isLast = after?.segment !== segment && to !== undefined;
  return [
    ...(isFirst ? [{ letters: start, seconds: from }] : []),
    ...(isLast ? [{ letters: end, seconds: to }] : []),
  ];
}

/** Without what leaves no time for the words before it. */
function toAnchors(known: readonly Anchor[]): Anchor[] {
  const anchors: Anchor[] = [{ letters: 0, seconds: 0 }];
  for (const anchor of known) {
    if (isPossible(anchors.at(-1), anchor)) anchors.push(anchor);
  }
  return anchors;
}

function isPossible(before: Anchor | undefined, anchor: Anchor): boolean {
  const { letters, seconds } = before ?? { letters: 0, seconds: 0 };
  return anchor.seconds - seconds >= (anchor.letters - letters) * LEAST_SECONDS_PER_LETTER;
}

/** The last word ends when it is known to, or in its own time, but not after the recording. */
function bindEnd(
  anchors: readonly Anchor[],
  letters: number,
  length = Infinity,
): readonly Anchor[] {
  const last = anchors.at(-1) ?? { letters: 0, seconds: 0 };
  const spoken = last.seconds + (letters - last.letters) * SECONDS_PER_LETTER;
  const isUntimed = anchors.length === 1 && length !== Infinity;
  const seconds = isUntimed ? length : Math.min(length, spoken);
  const end = { letters, seconds: Math.max(seconds, letters * LEAST_SECONDS_PER_LETTER) };
  const kept = anchors.findLastIndex((anchor) => isPossible(anchor, end));
  return [...anchors.slice(0, kept + 1), end];
}

interface Placer {
  /** When a word begins or ends: between two words, the first may end before the second begins. */
  start(letters: number): number;
  end(letters: number): number;
}

/** To be asked in the order of the text. */
function createPlacer(anchors: readonly Anchor[]): Placer {
  let at = 0;
  function between(letters: number): number {
    const before = anchors[at] ?? { letters: 0, seconds: 0 };
    const after = anchors[at + 1];
    if (!after || after.letters === before.letters) return before.seconds;
    const share = (letters - before.letters) / (after.letters - before.letters);
    return before.seconds + share * (after.seconds - before.seconds);
  }
  return {
    start(letters) {
      while ((anchors[at + 1]?.letters ?? Infinity) <= letters) at += 1;
      return between(letters);
    },
    end(letters) {
      while ((anchors[at + 1]?.letters ?? Infinity) < letters) at += 1;
      return between(letters);
    },
  };
}
