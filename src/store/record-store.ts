/** A platform's own small table: JSON by collection and id. Each verb is one statement. */
import type { Kysely } from 'kysely';
import type { RecordStore } from '../platforms/platform.ts';
import type { Tables } from './tables.ts';
import { toValue } from './stored-json.ts';

export function createRecordStore(database: Kysely<Tables>, namespace: string): RecordStore {
  const insert = (collection: string, id: string, value: unknown) =>
    database.insertInto('records').values((builder) => ({
      namespace,
      collection,
      id,
      value: JSON.stringify(value ?? null),
      position: builder
        .selectFrom('records')
        .select(({ fn, lit }) =>
          builder(fn.coalesce(fn.max('position'), lit(0)), '+', lit(1)).as('next'),
        )
        .where('namespace', '=', namespace)
        .where('collection', '=', collection),
    }));
  return {
    async read(collection, id) {
      const row = await database
        .selectFrom('records')
        .select('value')
        .where('namespace', '=', namespace)
        .where('collection', '=', collection)
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? undefined : parseRecord(collection, id, row.value);
    },
    async write(collection, id, value) {
      await insert(collection, id, value)
        .onConflict((conflict) =>
          conflict
            .columns(['namespace', 'collection', 'id'])
            .doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })),
        )
        .execute();
    },
    async claim(collection, id, value) {
      const row = await insert(collection, id, value)
        .onConflict((conflict) => conflict.columns(['namespace', 'collection', 'id']).doNothing())
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
    async list(collection, limit) {
      const newestFirst = await database
        .selectFrom('records')
        .select(['id', 'value'])
        .where('namespace', '=', namespace)
        .where('collection', '=', collection)
        .orderBy('position', 'desc')
        .limit(limit)
        .execute();
      return newestFirst
        .toReversed()
        .map(({ id, value }) => ({ id, value: parseRecord(collection, id, value) }));
    },
  };

  function parseRecord(collection: string, id: string, text: string): unknown {
    return toValue(text, `record ${id} of ${namespace}/${collection}`);
  }
}
