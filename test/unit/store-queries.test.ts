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
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
} from 'kysely';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createJobStore } from '../../src/store/job-store.ts';
import { createJobsAndRecords } from '../../src/store/migrations/0001-jobs-and-records.ts';
import { addPartsAndOptions } from '../../src/store/migrations/0002-parts-and-options.ts';
import { addPictures } from '../../src/store/migrations/0003-pictures.ts';
import { createPictureStore } from '../../src/store/picture-store.ts';
import { createRecordStore } from '../../src/store/record-store.ts';
import type { PictureStore } from '../../src/store/store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { newJob, ref } from '../support/new-job.ts';
import { newPicture } from '../support/new-picture.ts';

/** Connected to nothing, like its parent, but what is counted always has an answer. */
class CountingDriver extends DummyDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return {
      async executeQuery({ sql }: CompiledQuery) {
        return { rows: sql.includes('count(*)') ? [{ count: 99, total: 99 } as never] : [] };
      },
      streamQuery() {
        throw new Error('nothing is streamed');
      },
    };
  }
}

const postgres: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new CountingDriver(),
  createIntrospector: (database) => new PostgresIntrospector(database),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const sqlite: Dialect = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new CountingDriver(),
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
  for (const migrate of [createJobsAndRecords, addPartsAndOptions, addPictures]) {
    await migrate(database as unknown as Kysely<unknown>);
  }
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
  await jobs.countClosed('again:a:', clock.now());
  await records.read('c', '1');
  await records.write('c', '1', {});
  await records.claim('c', '1', {});
  await records.remove('c', '1');
  await records.list('c', 5);
  await usePictures(createPictureStore(database));
  return queries;
}

async function usePictures(pictures: PictureStore): Promise<void> {
  const [now, scope] = [new Date(0), { platform: 'web', tenant: 'web' }];
  await pictures.add([newPicture('a', { parents: ['b.1', 'c.g1'] })]);
  await pictures.read('a.1');
  await pictures.madeBy('a');
  await pictures.childrenOf(['a.1', 'b.1'], 5);
  await pictures.newest('p', { ...scope, channel: 'c', thread: 't' });
  await pictures.findBytes('hash', scope);
  await pictures.listUnhashed();
  const filter = { words: 'a 100%', model: 'flux', since: now, until: now };
  const whose = { ...scope, channel: 'c', person: 'p', savedBy: 'p' };
  await pictures.search(filter, whose, { from: 9, size: 9 });
  await pictures.change('a.1', { altText: 'x', deletedAt: now, sha256: 'hash' });
  await pictures.save('a.1', 'p', now);
  await pictures.isSavedBy('a.1', 'p');
  await pictures.addPosts([{ picture: 'a.1', message: ref, fileName: 'a.png' }]);
  await pictures.postsOf('a.1');
  await pictures.inMessage(ref);
}

describe('the queries of the store', () => {
  test('are the same for SQLite and PostgreSQL', async () => {
    const forPostgres = await compileEverything(postgres);
    const forSqlite = await compileEverything(sqlite);
    expect(forPostgres.length).toBeGreaterThanOrEqual(45);
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
