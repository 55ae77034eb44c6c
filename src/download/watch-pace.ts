/** Ends a download that hardly moves: a limit on the whole would end long honest ones as well. */
import type { Pace } from '../download.ts';

export interface PaceWatch {
  /** Aborted once the pace is not kept. */
  readonly signal: AbortSignal;
  /** The answer has begun: from here on bytes count. */
  begin(): void;
  count(bytes: number): void;
  stop(): void;
}

export function watchPace(pace: Pace | undefined): PaceWatch {
  const tooSlow = new AbortController();
  let bytes = 0;
  const look = (): void => {
    if (pace && bytes < pace.bytes) tooSlow.abort();
    bytes = 0;
  };
  let timer = pace && setInterval(look, pace.everyMs);
  return {
    signal: tooSlow.signal,
    begin() {
      clearInterval(timer);
      timer = pace && setInterval(look, pace.everyMs);
    },
    count(more) {
      bytes += more;
    },
    stop: () => clearInterval(timer),
  };
}
