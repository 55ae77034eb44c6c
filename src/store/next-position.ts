import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import type { Tables } from './tables.ts';

/** The place after the last one of these rows, found inside the very statement that inserts. */
export function nextPosition<Table extends 'jobs' | 'records' | 'pictures' | 'posts'>(
  rows: SelectQueryBuilder<Tables, Table, unknown>,
): RawBuilder<number> {
  return sql<number>`(${rows.select(sql<number>`coalesce(max(${sql.ref('position')}), 0) + 1`.as('next'))})`;
}
