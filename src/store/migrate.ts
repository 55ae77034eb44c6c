/** Brings the tables to the newest shape, whatever version of Easel wrote them last. */
import type { Kysely } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, Migrator, type MigrationProvider } from 'kysely/migration';
import { UserError } from '../errors.ts';
import { createJobsAndRecords } from './migrations/0001-jobs-and-records.ts';
import { addPartsAndOptions } from './migrations/0002-parts-and-options.ts';
import { addPictures } from './migrations/0003-pictures.ts';
import type { Tables } from './tables.ts';

const MIGRATIONS = {
  '0001-jobs-and-records': { up: createJobsAndRecords },
  '0002-parts-and-options': { up: addPartsAndOptions },
  '0003-pictures': { up: addPictures },
};

/** Throws `UserError` when the tables come from a newer Easel. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  const provider: MigrationProvider = { getMigrations: () => Promise.resolve(MIGRATIONS) };
  const migrator = new Migrator({ db: database, provider });
  const unknown = await findUnknownMigrations(database);
  if (unknown.length > 0) {
    throw new UserError(
      `The data was written by a newer Easel (${unknown.join(', ')}): start that version, or restore a backup.`,
    );
  }
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new Error('The tables could not be brought up to date', { cause: error });
}

async function findUnknownMigrations(database: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === DEFAULT_MIGRATION_TABLE)) return [];
  const rows = await database.selectFrom(DEFAULT_MIGRATION_TABLE).select('name').execute();
  return rows.map(({ name }) => name).filter((name) => !Object.hasOwn(MIGRATIONS, name));
}
