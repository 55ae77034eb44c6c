import { UserError } from '../errors.ts';
import { parseDay } from './parse-day.ts';

const DAY_MS = 24 * 60 * 60_000;

/** From the first day's beginning to the last day's end. Throws `UserError` for what are no days. */
export function parseDays(
  first: string | undefined,
  last: string | undefined,
): { readonly since: Date | undefined; readonly until: Date | undefined } {
  const since = first === undefined ? undefined : parseDay(first);
  const until = last === undefined ? undefined : parseLastDay(last);
  if (!since || !until || since < until) return { since, until };
  throw new UserError(`No day is both from ${first} on and up to ${last}: swap the two.`);
}

/** The end of a day. Throws `UserError` for what is none. */
export function parseLastDay(text: string): Date {
  return new Date(parseDay(text).getTime() + DAY_MS);
}
