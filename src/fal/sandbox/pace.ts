/** How fast the sandbox works. */
export interface Pace {
  /** Milliseconds per place in line. */
  readonly waitMs: number;
  /** How many places a new request starts behind. */
  readonly positions: number;
  /** Milliseconds from start to picture. */
  readonly runMs: number;
  /** Milliseconds from one log line to the next. */
  readonly logEveryMs: number;
}

/** Slow enough for a person to see the line, the drawing and the picture. */
export const DEFAULT_PACE: Pace = { waitMs: 1000, positions: 2, runMs: 3000, logEveryMs: 400 };
