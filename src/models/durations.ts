/** How long endpoints took here of late: what people are told to expect. */

export interface Durations {
  /** The median of the newest ones, in seconds. */
  readonly typical: (endpoint: string) => number | undefined;
  readonly add: (endpoint: string, seconds: number) => void;
}

/** How many past requests of an endpoint count. */
const REMEMBERED = 20;

/** `past` is newest first. */
export function createDurations(
  past: readonly { readonly endpoint: string; readonly seconds: number }[],
): Durations {
  const newest = new Map<string, readonly number[]>();
  const add = (endpoint: string, seconds: number): void => {
    newest.set(endpoint, [...(newest.get(endpoint) ?? []), seconds].slice(-REMEMBERED));
  };
  for (const { endpoint, seconds } of past.toReversed()) add(endpoint, seconds);
  return {
    add,
    typical(endpoint) {
      const sorted = (newest.get(endpoint) ?? []).toSorted((a, b) => a - b);
      return sorted[Math.floor(sorted.length / 2)];
    },
  };
}
