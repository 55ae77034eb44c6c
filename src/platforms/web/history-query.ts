/** What the history's form asks for, as it stands in the address. */
import { z } from 'zod';
import { UserError } from '../../errors.ts';
import { parseDay } from '../../pictures/parse-day.ts';
import { parseLastDay } from '../../pictures/parse-days.ts';
import type { PictureFilter } from '../../pictures/picture.ts';

const FURTHEST_PAGE = 100_000;

/** Whatever stands in an address, a page comes of it: what means nothing is left out. */
const querySchema = z.object({
  words: z.string().max(200).trim().catch(''),
  model: z.string().max(100).trim().catch(''),
  since: z.string().max(40).trim().catch(''),
  until: z.string().max(40).trim().catch(''),
  whose: z.enum(['mine', 'all', 'saved']).catch('mine'),
  page: z.coerce.number().int().min(1).max(FURTHEST_PAGE).catch(1),
});
export type HistoryQuery = z.infer<typeof querySchema>;

export function readQuery(fields: Readonly<Record<string, string>>): HistoryQuery {
  return querySchema.parse(fields);
}

/** Throws `UserError` for a day that is none. */
export function toFilter({ words, model, since, until, whose }: HistoryQuery): PictureFilter {
  return {
    whose: whose === 'all' ? 'channel' : 'mine',
    words,
    model,
    since: since === '' ? undefined : parseDay(since),
    until: until === '' ? undefined : parseLastDay(until),
    savedOnly: whose === 'saved',
  };
}

/** What is wrong with the days; empty where nothing is. */
export function findMistake(query: HistoryQuery): string {
  try {
    const { since, until } = toFilter(query);
    return since && until && since >= until ? 'The last day is before the first one.' : '';
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Of another page of the same search. */
export function toAddress(query: HistoryQuery, page: number): string {
  const fields = Object.entries({ ...query, page: page === 1 ? '' : String(page) });
  const search = new URLSearchParams(fields.filter(([, value]) => value !== ''));
  return `?${search.toString()}`;
}
