/** Puts the right words where a model heard wrong ones. */
import { findPlaces, type Edit } from './find-places.ts';
import type { Correction } from './parse-correction.ts';
import { textOf, type Segment, type Transcript } from './transcript.ts';

export interface Corrected {
  readonly transcript: Transcript;
  /** For each correction, in how many places it was made. */
  readonly places: readonly number[];
}

/** All at once, so that two words can change places; times stay. */
export function correct(transcript: Transcript, corrections: readonly Correction[]): Corrected {
  const text = textOf(transcript);
  const taken: Edit[] = [];
  const places = corrections.map((correction) => {
    const found = findPlaces(text, correction).filter((edit) => !taken.some(overlaps(edit)));
    taken.push(...found);
    return found.length;
  });
  return taken.length === 0
    ? { transcript, places }
    : { transcript: { ...transcript, segments: change(transcript.segments, taken) }, places };
}

function overlaps({ start, end }: Edit): (other: Edit) => boolean {
  return (other) => start < other.end && other.start < end;
}

/** A segment of which no word is left gives its time to the one before it. */
function change(segments: readonly Segment[], edits: readonly Edit[]): readonly Segment[] {
  const pieces = edits.flatMap(({ parts }) => parts).toSorted((a, b) => a.start - b.start);
  const changed: Segment[] = [];
  let start = 0;
  for (const segment of segments) {
    const end = start + segment.text.length;
    const own = pieces.filter((piece) => piece.start < end && start < piece.end);
    const text = own.length === 0 ? segment.text : rewrite(segment.text, own, start);
    const last = changed.at(-1);
    const hasWord = own.length === 0 || /[\p{L}\p{N}]/u.test(text);
    if (hasWord || !last) changed.push({ ...segment, text });
    else changed[changed.length - 1] = extend(last, `${last.text}${text}`, segment.to);
    start = end;
  }
  return changed;
}

function extend(segment: Segment, text: string, to: number | undefined): Segment {
  return { ...segment, text, ...(to === undefined ? {} : { to }) };
}

/** The segment in which a wrong word begins gets the right one. */
function rewrite(text: string, parts: Edit['parts'], offset: number): string {
  let done = 0;
  const written = parts.map(({ start, end, text: right }) => {
    const from = Math.max(start - offset, 0);
    const before = text.slice(done, from);
    done = Math.min(end - offset, text.length);
    return `${before}${start < offset ? '' : right}`;
  });
  return `${written.join('')}${text.slice(done)}`;
}
