import type { Kysely } from 'kysely';
import { recordEarlierResults } from './record-earlier-results.ts';

/** Pictures with their parents, the messages that carry them, and what people saved. */
export async function addPictures(database: Kysely<unknown>): Promise<void> {
  await createPictures(database);
  await database.schema
    .createTable('picture_parents')
    .addColumn('child', 'text', (column) => column.notNull())
    .addColumn('parent', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('picture_parents_key', ['child', 'position'])
    .execute();
  await database.schema
    .createTable('posts')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('file_name', 'text', (column) => column.notNull())
    .addColumn('picture', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('ref', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('posts_key', ['platform', 'channel', 'message', 'file_name'])
    .execute();
  await database.schema
    .createTable('saves')
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('picture', 'text', (column) => column.notNull())
    .addColumn('saved_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('saves_key', ['person', 'picture'])
    .execute();
  await createIndexes(database);
  await recordEarlierResults(database);
}

async function createPictures(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('pictures')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('job', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('file_name', 'text', (column) => column.notNull())
    .addColumn('content_type', 'text', (column) => column.notNull())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addColumn('width', 'integer')
    .addColumn('height', 'integer')
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('alt_text', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('person_name', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('thread', 'text')
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('prompt', 'text', (column) => column.notNull())
    .addColumn('folded_prompt', 'text', (column) => column.notNull())
    .addColumn('is_spoiler', 'integer', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('deleted_at', 'text')
    .execute();
}

/** A list begins with what must be equal and goes on by arrival: no search sorts or skips much. */
async function createIndexes(database: Kysely<unknown>): Promise<void> {
  const listed = ['origin', 'deleted_at', 'position'];
  const indexes = [
    { name: 'pictures_by_arrival', table: 'pictures', columns: ['position'] },
    { name: 'pictures_by_job', table: 'pictures', columns: ['job'] },
    {
      name: 'pictures_by_channel',
      table: 'pictures',
      columns: ['platform', 'tenant', 'channel', ...listed, 'person_id', 'made_at'],
    },
    {
      name: 'pictures_by_person',
      table: 'pictures',
      columns: ['platform', 'tenant', 'person_id', ...listed, 'channel', 'made_at'],
    },
    { name: 'pictures_by_bytes', table: 'pictures', columns: ['sha256'] },
    { name: 'picture_children', table: 'picture_parents', columns: ['parent'] },
    { name: 'posts_by_picture', table: 'posts', columns: ['picture', 'position'] },
  ];
  for (const { name, table, columns } of indexes) {
    await database.schema.createIndex(name).on(table).columns(columns).execute();
  }
}
