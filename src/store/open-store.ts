/** Opens Easel's memory: one SQLite file in the data folder, for one process at a time. */
import { Kysely, SqliteDialect } from 'kysely';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock, type Clock } from '../clock.ts';
import { lockFolder } from './folder-lock.ts';
import { createJobStore } from './job-store.ts';
import { migrate } from './migrate.ts';
import { toSqliteDatabase } from './node-sqlite.ts';
import { makePrivateFile } from './private-file.ts';
import { createRecordStore } from './record-store.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Throws `UserError` while another process uses the folder, or when a newer Easel wrote it. */
export async function openStore(options: { folder: string; clock?: Clock }): Promise<Store> {
  const { folder, clock = systemClock } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    const database = await openDatabase(join(folder, 'easel.sqlite'));
    return {
      jobs: createJobStore(database, clock),
      records: (namespace) => createRecordStore(database, namespace),
      async close() {
        await database.destroy();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openDatabase(path: string): Promise<Kysely<Tables>> {
  await makePrivateFile(path);
  const file = new DatabaseSync(path);
  try {
    file.exec('pragma journal_mode = wal');
    // WAL's usual `normal` may lose the newest commits when the power fails, and with them the
    // knowledge that something was submitted and paid. `full` costs one flush for each write.
    file.exec('pragma synchronous = full');
    const database = new Kysely<Tables>({
      dialect: new SqliteDialect({ database: toSqliteDatabase(file) }),
    });
    await migrateAtOnce(file, database);
    return database;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** The builder runs SQLite's migrations outside a transaction: a crash would leave half of one. */
async function migrateAtOnce(file: DatabaseSync, database: Kysely<Tables>): Promise<void> {
  file.exec('begin immediate');
  await migrate(database);
  file.exec('commit');
}
