/** Heard words in pieces, as speech-to-text endpoints tell them. */
import type { TimedWord } from './timing.ts';

type Timestamp = readonly [start: number, end: number | null];
export type Piece = readonly TimedWord[];

export interface Chunk {
  readonly timestamp: Timestamp;
  readonly text: string;
}

/** No sentence is told in one piece when it has more words. */
const MOST_WORDS = 16;
const PAUSE_SECONDS = 0.5;

/** `byVoice`: another speaker begins another piece. */
export function cut(
  words: readonly TimedWord[],
  level: 'none' | 'segment' | 'word',
  byVoice = false,
): readonly Piece[] {
  if (level === 'word') return words.map((word) => [word]);
  if (level === 'none') return words.length === 0 ? [] : [words];
  return group(words, (piece, word) => {
    const last = piece.at(-1);
    if (!last || piece.length >= MOST_WORDS || /[.!?…]["'”’)]*$/u.test(last.text)) return false;
    const isOther = byVoice && last.speaker !== word.speaker;
    return !isOther && word.from - (last.to ?? word.from) < PAUSE_SECONDS;
  });
}

/** Pieces of at most so many seconds: longer ones are cut between words, and shorter ones joined if wished. */
export function fit(
  pieces: readonly Piece[],
  { seconds, join }: { seconds: number; join: boolean },
): readonly Piece[] {
  const short = pieces.flatMap((piece) =>
    group(piece, (part, word) => lengthOf([...part, word]) <= seconds),
  );
  if (!join) return short;
  return group(short, (parts, piece) => lengthOf([...parts.flat(), ...piece]) <= seconds).map(
    (parts) => parts.flat(),
  );
}

/** Runs of things that belong together. */
function group<Thing>(
  things: readonly Thing[],
  belongs: (group: readonly Thing[], thing: Thing) => boolean,
): readonly (readonly Thing[])[] {
  const groups: Thing[][] = [];
  for (const thing of things) {
    const last = groups.at(-1);
    if (last && belongs(last, thing)) last.push(thing);
    else groups.push([thing]);
  }
  return groups;
}

function lengthOf(words: Piece): number {
  const [start, end] = timesOf(words);
  return (end ?? words.at(-1)?.from ?? 0) - start;
}

function timesOf(words: Piece): Timestamp {
  return [words[0]?.from ?? 0, words.at(-1)?.to ?? null];
}

export function toChunk(words: Piece): Chunk {
  return { timestamp: timesOf(words), text: ` ${words.map(({ text }) => text).join(' ')}` };
}

/** Everybody by number, in the order in which they speak; beyond `most`, voices are taken for the last one's. */
export function nameSpeakers(words: readonly TimedWord[], most: number): readonly TimedWord[] {
  const names = [...new Set(words.flatMap(({ speaker }) => speaker ?? []))];
  let current = names[0];
  return words.map((word) => {
    current = word.speaker ?? current;
    const number = names.findIndex((name) => name === current);
    return { ...word, speaker: toSpeaker(Math.min(number, most - 1)) };
  });
}

/** Nobody knows who speaks: they take turns. */
export function takeTurns(pieces: readonly Piece[], speakers: number): readonly Piece[] {
  return pieces.map((piece, at) =>
    piece.map((word) => ({ ...word, speaker: toSpeaker(at % speakers) })),
  );
}

function toSpeaker(number: number): string {
  return `SPEAKER_${String(number).padStart(2, '0')}`;
}

/** Who says most of it. */
export function findSpeaker(words: Piece): string | null {
  const counts = new Map<string, number>();
  for (const { speaker } of words) {
    if (speaker !== undefined) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}

export interface Turn {
  readonly timestamp: Timestamp;
  readonly speaker: string;
}

/** Who speaks when, whatever the pieces are. */
export function toTurns(words: readonly TimedWord[]): readonly Turn[] {
  return group(words, (turn, word) => turn[0]?.speaker === word.speaker).map((turn) => ({
    timestamp: timesOf(turn),
    speaker: turn[0]?.speaker ?? toSpeaker(0),
  }));
}
