/** A transcript as people read it: in paragraphs, each of one speaker. */
import { endsSentence, toSentences } from './sentences.ts';
import { toSpeakerNames } from './speakers.ts';
import type { Segment, Transcript } from './transcript.ts';
import { toWordPieces } from './word-pieces.ts';

/** Where a sentence ends after so many characters, a new paragraph begins. */
const LENGTH = 600;
/** Where none ends, one begins anyway. */
const MOST_LENGTH = 1200;
const LONG_PAUSE_SECONDS = 3;

export interface Paragraph {
  readonly text: string;
  /** When it begins, in seconds; undefined where nobody knows. */
  readonly from: number | undefined;
  /** What the speaker is called; undefined where speakers were not told apart. */
  readonly speaker: string | undefined;
}

type Piece = Omit<Segment, 'speaker'> & { readonly speaker: string | undefined };

/** All words of the transcript, in order. */
export function toParagraphs(transcript: Transcript): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let text = '';
  let before: Piece | undefined;
  for (const piece of toPieces(transcript)) {
    const last = paragraphs.at(-1);
    const goesOn = last !== undefined && before !== undefined && !isBreak(before, piece, text);
    text = goesOn ? `${text}${piece.text}` : piece.text;
    const { from, speaker } = goesOn ? last : piece;
    paragraphs.splice(goesOn ? -1 : paragraphs.length, 1, { text: text.trim(), from, speaker });
    before = piece;
  }
  return paragraphs;
}

function isBreak(before: Piece, piece: Piece, text: string): boolean {
  if (before.speaker !== piece.speaker) return true;
  const pause = (piece.from ?? 0) - (before.to ?? Infinity);
  if (pause >= LONG_PAUSE_SECONDS) return true;
  return text.length >= (endsSentence(text) ? LENGTH : MOST_LENGTH);
}

/** Segments; of a long one its sentences, so that a paragraph may end there. */
function toPieces(transcript: Transcript): readonly Piece[] {
  const names = toSpeakerNames(transcript);
  return transcript.segments
    .filter(({ text }) => text.trim() !== '')
    .flatMap((segment) => {
      const speaker = names.get(segment.speaker ?? '');
      const parts = segment.text.length <= LENGTH ? [segment.text] : breakText(segment.text);
      return placeParts(parts, segment, transcript.level !== 'none').map((part) => ({
        ...part,
        speaker,
      }));
    });
}

function breakText(text: string): readonly string[] {
  return toSentences(text).flatMap((sentence) =>
    sentence.length <= MOST_LENGTH ? sentence : groupWords(toWordPieces(sentence)),
  );
}

function groupWords(words: readonly string[]): readonly string[] {
  const groups: string[] = [];
  for (const word of words) {
    const last = groups.at(-1);
    const hasRoom = last !== undefined && last.length + word.length <= LENGTH;
    if (hasRoom) groups[groups.length - 1] = `${last}${word}`;
    else groups.push(word);
  }
  return groups;
}

/** Times inside a segment are in proportion; where it is the whole recording, they say nothing. */
function placeParts(
  parts: readonly string[],
  { text, from, to }: Segment,
  isTimed: boolean,
): readonly Omit<Segment, 'speaker'>[] {
  const rate = from === undefined || to === undefined ? undefined : (to - from) / text.length;
  let done = 0;
  return parts.map((part, at) => {
    const isFirst = at === 0;
    const isLast = at === parts.length - 1;
    const start = isFirst || rate === undefined || !isTimed ? undefined : (from ?? 0) + done * rate;
    done += part.length;
    return { text: part, from: isFirst ? from : start, to: isLast ? to : undefined };
  });
}
