/**
 * Where each piece of a recording lies in time. Its samples are counted, because stamps are rounded and
 * drift; stamps are believed where sound was left out, so that all times stay those that a player shows.
 */

/** What people do not notice, and what rounding comes to. */
const TOLERANCE_SECONDS = 0.1;
/** A longer silence is no silence, but a clock that was set anew. */
const LONGEST_GAP_SECONDS = 3600;

export interface Timeline {
  /** The silence to put before this piece, in seconds. */
  place(piece: { readonly at: number | undefined; readonly seconds: number }): number;
  /** Where the last piece ends. */
  readonly end: number;
}

/** `origin` is what the recording's own clock shows at its beginning. */
export function createTimeline(origin: number): Timeline {
  let start = origin;
  let end = 0;
  return {
    place({ at, seconds }) {
      const late = at === undefined ? 0 : at - start - end;
      const isGap = late > TOLERANCE_SECONDS && late <= LONGEST_GAP_SECONDS;
      const gap = isGap ? late : 0;
      // Heard sound is never thrown away for the sake of a stamp: the clock gives way.
      if (!isGap && Math.abs(late) > TOLERANCE_SECONDS) start += late;
      end += gap + seconds;
      return gap;
    },
    get end() {
      return end;
    },
  };
}
