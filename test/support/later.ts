/**
 * Loaded before `src/main.ts`: its clock is ahead by AHEAD_MS. Easel itself knows nothing of it.
 */
const ahead = Number(process.env['AHEAD_MS'] ?? 0);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(given[0]);
  }
  static override now(): number {
    return RealDate.now() + ahead;
  }
} as DateConstructor;
