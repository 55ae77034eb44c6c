/**
 * Integers that a JavaScript number would round travel as text inside Easel, and must reach fal as
 * the numbers they are: seeds beyond 2^53 occur, and another seed is another picture.
 */

declare global {
  // The types of TypeScript do not know it yet; Node does.
  interface JSON {
    /** Something that `JSON.stringify` writes exactly as it is. */
    rawJSON(text: string): object;
  }
}

const SEED = /(?:^|_)seed$/u;
const DIGITS = /^-?\d{16,40}$/u;

/** The same input, with seeds that are text because of their length as exact numbers. */
export function toExactInput(
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const isLong = SEED.test(name) && typeof value === 'string' && DIGITS.test(value);
      return [name, isLong ? JSON.rawJSON(value) : value];
    }),
  );
}
