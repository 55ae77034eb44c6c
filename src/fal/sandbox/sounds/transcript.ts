/** Words laid out in time, as speech-to-text endpoints tell them. */

type Timestamp = readonly [start: number, end: number];

export interface Chunk {
  readonly timestamp: Timestamp;
  readonly text: string;
}

/** As long as people say in one breath. */
const WORDS_PER_SEGMENT = 8;

export function toChunks(
  text: string,
  seconds: number,
  level: 'none' | 'segment' | 'word',
): readonly Chunk[] {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const size = { none: words.length, segment: WORDS_PER_SEGMENT, word: 1 }[level];
  const groups = Array.from({ length: Math.ceil(words.length / Math.max(1, size)) }, (_, index) =>
    words.slice(index * size, (index + 1) * size),
  );
  const perWord = seconds / Math.max(1, words.length);
  return groups.map((group, index) => ({
    timestamp: [toTime(index * size * perWord), toTime((index * size + group.length) * perWord)],
    text: ` ${group.join(' ')}`,
  }));
}

function toTime(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}

/** The speakers take turns. */
export function toSpeaker(index: number, speakers: number): string {
  return `SPEAKER_${String(index % Math.max(1, speakers)).padStart(2, '0')}`;
}
