/** Loaded before Easel: it believes that sixty days have passed, while timers run as ever. */
const LATER_MS = 60 * 24 * 3_600_000;

globalThis.Date = new Proxy(Date, {
  construct: (real, given: unknown[]) =>
    given.length === 0
      ? new real(real.now() + LATER_MS)
      : (Reflect.construct(real, given) as object),
  get: (real, name) =>
    name === 'now' ? () => real.now() + LATER_MS : (Reflect.get(real, name) as unknown),
});
