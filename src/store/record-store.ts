/** A platform's own small table: JSON by collection and id. Each verb is one statement. */
import type { Kysely } from 'kysely';
import type { RecordStore } from '../platforms/platform.ts';
import { nextPosition } from './next-position.ts';
import { toValue } from './stored-json.ts';
import type { Tables } from './tables.ts';

const KEY = ['namespace', 'collection', 'id'] as const;

export function createRecordStore(database: Kysely<Tables>, namespace: string): RecordStore {
  return {
    ...createReads(database, namespace),
    async write(collection, id, value) {
      await insertRecord(database, { namespace, collection, id }, value)
        .onConflict((conflict) =>
          conflict
            .columns(KEY)
            .doUpdateSet((builder) => ({ value: builder.ref('excluded.value') })),
        )
        .execute();
    },
    async claim(collection, id, value) {
      const row = await insertRecord(database, { namespace, collection, id }, value)
        .onConflict((conflict) => conflict.columns(KEY).doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async remove(collection, id) {
      await database
        .deleteFrom('records')
        .where('namespace', '=', namespace)
        .where('collection', '=', collection)
        .where('id', '=', id)
        .execute();
    },
  };
}

function createReads(
  database: Kysely<Tables>,
  namespace: string,
): Pick<RecordStore, 'read' | 'list'> {
  const records = (collection: string) =>
    database
      .selectFrom('records')
      .select(['id', 'value'])
      .where('namespace', '=', namespace)
      .where('collection', '=', collection);
  const parse = (collection: string, row: { id: string; value: string }) =>
    toValue(row.value, `record ${row.id} of ${namespace}/${collection}`);
  return {
    async read(collection, id) {
      const row = await records(collection).where('id', '=', id).executeTakeFirst();
      return row && parse(collection, row);
    },
    async list(collection, limit) {
      const newestFirst = await records(collection)
        .orderBy('position', 'desc')
        .limit(limit)
        .execute();
      return newestFirst.toReversed().map((row) => ({ id: row.id, value: parse(collection, row) }));
    },
  };
}

function insertRecord(
  database: Kysely<Tables>,
  key: { namespace: string; collection: string; id: string },
  value: unknown,
) {
  return database.insertInto('records').values({
    ...key,
    value: JSON.stringify(value ?? null),
    position: nextPosition(
      database
        .selectFrom('records')
        .where('namespace', '=', key.namespace)
        .where('collection', '=', key.collection),
    ),
  });
}
