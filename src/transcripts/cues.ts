/** A transcript as subtitles: short cues that follow each other. */
import { toOneLine } from './blanks.ts';
import { layOut } from './lay-out-lines.ts';
import { endsClause, endsSentence } from './sentences.ts';
import { spreadTimes, type TimedWord } from './spread-times.ts';
import type { Transcript } from './transcript.ts';
import { LINE_WIDTH, widthOf } from './word-pieces.ts';

const LONGEST_SECONDS = 7;
const MOST_WIDTH = 2 * LINE_WIDTH;
/** Between words: a cue does not go on over a longer one. */
const PAUSE_SECONDS = 1;
/** How far from its best place a cue may be cut, as a share of the text, to end with a sentence. */
const SENTENCE_BONUS = 0.15;
const CLAUSE_BONUS = 0.07;

export interface Cue {
  /** In whole milliseconds. */
  readonly from: number;
  readonly to: number;
  /** One or two. */
  readonly lines: readonly string[];
  readonly speaker: string | undefined;
}

interface Word extends TimedWord {
  readonly speaker: string | undefined;
  readonly width: number;
  /** How welcome the end of a cue is after it. */
  readonly bonus: number;
}

/**
 * Cues rise and do not overlap, and none is empty; undefined where there are no words or no times.
 * `toPrefix` is what is written before the words of a speaker.
 */
export function toCues(
  transcript: Transcript,
  toPrefix: (speaker: string | undefined) => string,
): readonly Cue[] | undefined {
  const words = toWords(transcript);
  if (words.length === 0) return undefined;
  const groups = groupWords(words, transcript.level === 'word');
  return groups.flatMap((group) => {
    const prefix = toPrefix(group[0]?.speaker);
    return splitGroup(group, prefix).map((part) => toCue(part, prefix));
  });
}

function toWords(transcript: Transcript): readonly Word[] {
  const { segments } = transcript;
  const words = spreadTimes(transcript) ?? [];
  return words.map((word) => ({
    ...word,
    speaker: segments[word.segment]?.speaker,
    width: widthOf(word.text),
    bonus: bonusOf(word.text),
  }));
}

/** Words that may share a cue: those of a segment, or what is said without a pause. */
function groupWords(words: readonly Word[], isByWord: boolean): readonly (readonly Word[])[] {
  const groups: Word[][] = [];
  let before: Word | undefined;
  for (const word of words) {
    const group = groups.at(-1);
    if (group && before && goesOn(before, word, isByWord)) group.push(word);
    else groups.push([word]);
    before = word;
  }
  return groups;
}

function goesOn(before: Word, word: Word, isByWord: boolean): boolean {
  const isSame = isByWord ? before.speaker === word.speaker : before.segment === word.segment;
  return isSame && word.from - before.to < PAUSE_SECONDS;
}

/** Cut where sentences end, if that is near; into as few cues of about the same length as fit. */
function splitGroup(words: readonly Word[], prefix: string): readonly (readonly Word[])[] {
  if (words.length < 2 || isCue(words, prefix)) return [words];
  const cut = findCut(words, prefix);
  return [...splitGroup(words.slice(0, cut), prefix), ...splitGroup(words.slice(cut), prefix)];
}

function isCue(words: readonly Word[], prefix: string): boolean {
  const fits = secondsOf(words) <= LONGEST_SECONDS && words.length <= MOST_WIDTH;
  return fits && layOut(`${prefix}${joinWords(words)}`) !== undefined;
}

function findCut(words: readonly Word[], prefix: string): number {
  const total = words.reduce((sum, { width }) => sum + width, 0);
  const cues = Math.max(
    2,
    Math.ceil(total / (MOST_WIDTH - widthOf(prefix))),
    Math.ceil(secondsOf(words) / LONGEST_SECONDS),
  );
  const best = Math.floor(cues / 2) / cues;
  let done = 0;
  let cut = 1;
  let least = Infinity;
  words.slice(0, -1).forEach(({ width, bonus }, at) => {
    done += width;
    const cost = Math.abs(done / total - best) - bonus;
    if (cost >= least) return;
    least = cost;
    cut = at + 1;
  });
  return cut;
}

function bonusOf(text: string): number {
  if (endsSentence(text)) return SENTENCE_BONUS;
  return endsClause(text) ? CLAUSE_BONUS : 0;
}

function toCue(words: readonly Word[], prefix: string): Cue {
  const text = `${prefix}${joinWords(words)}`;
  const from = toMilliseconds(words[0]?.from ?? 0);
  const to = toMilliseconds(words.at(-1)?.to ?? 0);
  return {
    from,
    to: Math.min(to, from + LONGEST_SECONDS * 1000),
    lines: layOut(text) ?? [text],
    speaker: words[0]?.speaker,
  };
}

function joinWords(words: readonly Word[]): string {
  return toOneLine(words.map(({ text }) => text).join(''));
}

function secondsOf(words: readonly Word[]): number {
  return (words.at(-1)?.to ?? 0) - (words[0]?.from ?? 0);
}

function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000);
}
