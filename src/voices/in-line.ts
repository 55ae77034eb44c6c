/** One change at a time for each thing: what a change has read is still true when it writes. */

const lines = new WeakMap<object, Promise<unknown>>();

export function inLine<Result>(thing: object, work: () => Promise<Result>): Promise<Result> {
  const before = lines.get(thing) ?? Promise.resolve();
  const result = before.then(work);
  lines.set(
    thing,
    result.catch(() => undefined),
  );
  return result;
}
