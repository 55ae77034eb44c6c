/**
 * The queries must run on PostgreSQL one day. Every verb is run against both dialects' compilers,
 * connected to no database: apart from the marks for parameters the texts must be the same.
 */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
} from 'kysely';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createJobStore } from '../../src/store/job-store.ts';
import { createJobsAndRecords } from '../../src/store/migrations/0001-jobs-and-records.ts';
import { createRecordStore } from '../../src/store/record-store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { newJob, ref } from '../support/new-job.ts';

const postgres: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (database) => new PostgresIntrospector(database),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const sqlite: Dialect = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (database) => new SqliteIntrospector(database),
  createQueryCompiler: () => new SqliteQueryCompiler(),
};

async function compileEverything(dialect: Dialect) {
  const queries: { sql: string; parameters: readonly unknown[] }[] = [];
  const database = new Kysely<Tables>({
    dialect,
    log({ query: { sql, parameters } }) {
      queries.push({ sql, parameters });
    },
  });
  const clock = { ...systemClock, now: () => new Date(0) };
  const jobs = createJobStore(database, clock);
  const records = createRecordStore(database, 'web');
  await createJobsAndRecords(database as unknown as Kysely<unknown>);
  await jobs.accept(newJob('a'));
  await jobs.read('a');
  await jobs.advance('a', 'accepted', {
    state: 'finished',
    requestId: 'r',
    output: {},
    seconds: 1,
  });
  await jobs.amend('a', { status: ref, deliveryCheckpoint: 1, closedAt: clock.now() });
  await jobs.listOpenIds();
  await jobs.newestOpen({ person: 'p', platform: 'web', channel: 'c' });
  await jobs.pastDurations('e', 5);
  await jobs.recentDurations(5);
  await jobs.claimed(['r']);
  await records.read('c', '1');
  await records.write('c', '1', {});
  await records.claim('c', '1', {});
  await records.remove('c', '1');
  await records.list('c', 5);
  return queries;
}

describe('the queries of the store', () => {
  test('are the same for SQLite and PostgreSQL', async () => {
    const forPostgres = await compileEverything(postgres);
    const forSqlite = await compileEverything(sqlite);
    expect(forPostgres.length).toBeGreaterThanOrEqual(18);
    expect(
      forPostgres.map(({ sql, parameters }) => ({
        sql: sql.replaceAll(/\$\d+/gu, '?'),
        parameters,
      })),
    ).toStrictEqual(forSqlite);
  });

  test('use no words that only one of the two knows, and bind text and numbers only', async () => {
    const queries = await compileEverything(postgres);
    for (const { sql, parameters } of queries) {
      expect(sql).not.toMatch(
        /json_|datetime|strftime|julianday|rowid|glob|pragma|autoincrement|or (?:ignore|replace)|ilike|::/iu,
      );
      for (const value of parameters) {
        expect(value === null || ['string', 'number'].includes(typeof value)).toBe(true);
      }
    }
  });
});
