/** Who spoke a segment, from a list of who spoke when. */
import type { Times } from './rising-times.ts';

export interface Turn {
  readonly speaker: string;
  readonly from: number;
  readonly to: number;
}

/** A word between two turns belongs to the nearer one, but not from further away than this. */
const NEAR_SECONDS = 1;

/** For each segment whoever speaks for most of it. `segments` rise; undefined where nobody does. */
export function assignSpeakers(
  segments: readonly Times[],
  turns: readonly Turn[],
): readonly (string | undefined)[] {
  const sorted = turns.toSorted((one, other) => one.from - other.from);
  let first = 0;
  return segments.map(({ from, to }) => {
    const start = from ?? to;
    if (start === undefined) return undefined;
    const end = Math.max(to ?? start, start);
    while (first < sorted.length && (sorted[first]?.to ?? 0) < start - NEAR_SECONDS) first += 1;
    return findSpeaker({ start, end }, sorted, first);
  });
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function findSpeaker(
  { start, end }: Stretch,
  turns: readonly Turn[],
  first: number,
): string | undefined {
  const shares = new Map<string, number>();
  for (let at = first; (turns[at]?.from ?? Infinity) <= end + NEAR_SECONDS; at += 1) {
    const turn = turns[at];
    if (!turn) break;
    // Negative where the turn does not touch the segment: how far away it is.
    const overlap = Math.min(end, turn.to) - Math.max(start, turn.from);
    if (overlap >= -NEAR_SECONDS) shares.set(turn.speaker, add(shares.get(turn.speaker), overlap));
  }
  return [...shares].toSorted((one, other) => other[1] - one[1])[0]?.[0];
}

/** Turns that overlap count together; of those that do not, the nearest counts. */
function add(before: number | undefined, overlap: number): number {
  if (before === undefined) return overlap;
  return before > 0 && overlap > 0 ? before + overlap : Math.max(before, overlap);
}
