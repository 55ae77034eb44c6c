/** Reads what a speech model answered, whichever it was, as a transcript. */
import { alignText, type Stretch } from './align-text.ts';
import { assignSpeakers } from './assign-speakers.ts';
import { blankBetween } from './blanks.ts';
import { readHeard, type Heard, type Piece } from './heard.ts';
import { toRisingTimes } from './rising-times.ts';
import type { Level, Segment, Transcript } from './transcript.ts';
import { collapseLanguages } from './word-language.ts';

/** A piece longer than that is no word, even where it has no blank. */
const LONGEST_WORD = 20;
/** Of all pieces: words may be joined, such as “New York”. */
const MOSTLY = 0.9;

/**
 * Undefined where the answer is about no recording; without segments where nothing was heard.
 * `asked` is how finely times were asked for: a single word could be either.
 */
export function readTranscript(output: unknown, asked?: Level): Transcript | undefined {
  const heard = readHeard(output);
  if (!heard) return undefined;
  const segments = toSegments(heard);
  return {
    segments,
    languages: collapseLanguages(heard.codes.map((code) => ({ code }))),
    speakers: {},
    seconds: heard.seconds,
    level: findLevel(segments, heard, asked),
  };
}

function toSegments({ text, pieces, turns, codes }: Heard): readonly Segment[] {
  const whole = (text ?? putTogether(pieces, codes[0])).trim();
  if (whole === '') return [];
  const written = pieces.map(({ text }) => text);
  const stretches = alignText(whole, written);
  const times = toRisingTimes(stretches.map((stretch) => timesOf(stretch, pieces)));
  const found = assignSpeakers(times, turns);
  return stretches.map(({ text, first, end }, at) => ({
    text,
    ...leaveOutUnknown({
      ...times[at],
      speaker: pieces.slice(first, end).find(({ speaker }) => speaker)?.speaker ?? found[at],
    }),
  }));
}

function timesOf({ first, end }: Stretch, pieces: readonly Piece[]): Pick<Piece, 'from' | 'to'> {
  return first === end
    ? { from: undefined, to: undefined }
    : { from: pieces[first]?.from, to: pieces[end - 1]?.to };
}

function leaveOutUnknown({ from, to, speaker }: Omit<Segment, 'text'>): Omit<Segment, 'text'> {
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(speaker === undefined ? {} : { speaker }),
  };
}

function putTogether(pieces: readonly Piece[], language: string | undefined): string {
  const parts = pieces.map(({ text }, at) => {
    const before = { text: pieces[at - 1]?.text ?? '', language };
    return `${blankBetween(before, { text, language })}${text}`;
  });
  return parts.join('');
}

function findLevel(segments: readonly Segment[], heard: Heard, asked: Level | undefined): Level {
  const hasTimes = segments.some(({ from, to }) => from !== undefined || to !== undefined);
  if (!hasTimes) return 'none';
  if (heard.areWords || asked === 'word') return 'word';
  if (asked === 'segment' || heard.pieces.length < 2) return 'segment';
  const words = heard.pieces.filter(({ text }) => isWord(text.trim()));
  return words.length >= heard.pieces.length * MOSTLY ? 'word' : 'segment';
}

function isWord(text: string): boolean {
  return text.length <= LONGEST_WORD && !/\s/u.test(text);
}
