import type { Kysely } from 'kysely';

/** A migration that has been released is never edited: a change is a new file beside it. */
export async function createJobsAndRecords(database: Kysely<unknown>): Promise<void> {
  await createJobs(database);
  await database.schema
    .createTable('records')
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('collection', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('records_key', ['namespace', 'collection', 'id'])
    .execute();
  await createIndexes(database);
}

async function createJobs(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('jobs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('invocation_id', 'text', (column) => column.notNull().unique())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('person_name', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('thread', 'text')
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('endpoint', 'text', (column) => column.notNull())
    .addColumn('notes', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('state_details', 'text', (column) => column.notNull())
    .addColumn('status', 'text')
    .addColumn('delivery_checkpoint', 'text')
    .addColumn('accepted_at', 'text', (column) => column.notNull())
    .addColumn('submitted_at', 'text')
    .addColumn('finished_at', 'text')
    .addColumn('cancel_requested_at', 'text')
    .addColumn('closed_at', 'text')
    .execute();
}

async function createIndexes(database: Kysely<unknown>): Promise<void> {
  const indexes = [
    { name: 'jobs_by_arrival', table: 'jobs', columns: ['position'] },
    { name: 'jobs_open', table: 'jobs', columns: ['closed_at', 'position'] },
    { name: 'jobs_durations', table: 'jobs', columns: ['endpoint', 'finished_at'] },
    { name: 'records_order', table: 'records', columns: ['namespace', 'collection', 'position'] },
  ];
  for (const { name, table, columns } of indexes) {
    await database.schema.createIndex(name).on(table).columns(columns).execute();
  }
}
