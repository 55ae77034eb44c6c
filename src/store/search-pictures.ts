/** Finds made pictures by words, model, date, person and place. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { PictureFilter } from '../pictures/picture.ts';
import type { PictureScope } from './store.ts';
import type { PictureRow, Tables } from './tables.ts';

type Filter = Omit<PictureFilter, 'whose' | 'savedOnly'>;

/** More words than anybody types; each costs a look at every row. */
const MOST_WORDS = 20;

export async function searchPictures(
  database: Kysely<Tables>,
  filter: Filter,
  scope: PictureScope,
  page: { readonly from: number; readonly size: number },
): Promise<{ rows: readonly PictureRow[]; total: number }> {
  const found = select(database, filter, scope);
  const { total } = await found
    .select((builder) => builder.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .selectAll('pictures')
    .orderBy('position', 'desc')
    .limit(page.size)
    .offset(page.from)
    .execute();
  return { rows, total };
}

function select(database: Kysely<Tables>, filter: Filter, scope: PictureScope) {
  const { channel, person, savedBy } = scope;
  let query = database
    .selectFrom('pictures')
    .where('origin', '=', 'made')
    .where('deleted_at', 'is', null)
    .where('platform', '=', scope.platform)
    .where('tenant', '=', scope.tenant);
  if (channel !== undefined) query = query.where('channel', '=', channel);
  if (person !== undefined) query = query.where('person_id', '=', person);
  if (savedBy !== undefined) {
    const saved = database.selectFrom('saves').select('picture').where('person', '=', savedBy);
    query = query.where('id', 'in', saved);
  }
  const words = filter.words.split(/\s+/u).filter((word) => word !== '');
  for (const word of words.slice(0, MOST_WORDS)) query = query.where(holds('prompt', word));
  if (filter.model !== '') query = query.where(holds('model', filter.model));
  if (filter.since) query = query.where('made_at', '>=', filter.since.toISOString());
  if (filter.until) query = query.where('made_at', '<', filter.until.toISOString());
  return query;
}

/** What means something to `like` is meant as it stands. */
function holds(column: 'prompt' | 'model', word: string): RawBuilder<boolean> {
  const pattern = `%${word.replaceAll(/[\\%_]/gu, '\\$&')}%`;
  return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`;
}
