/** Discord counts milliseconds since the first second of 2015 and leaves 22 bits below them. */
const epoch = 1_420_070_400_000;

/** Ids that grow with time and never repeat, even while a test's clock stands still. */
export function createSnowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const fromClock = BigInt(Math.max(0, Math.trunc(now()) - epoch)) << 22n;
    last = fromClock > last ? fromClock : last + 1n;
    return String(last);
  };
}
