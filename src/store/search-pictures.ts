/** Finds made pictures by words, model, date, person and place. */
import { sql, type Kysely, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import type { PictureFilter } from '../pictures/picture.ts';
import { foldWords } from './fold-words.ts';
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
  const rows = await found
    .selectAll('pictures')
    .orderBy('position', 'desc')
    .limit(page.size)
    .offset(page.from)
    .execute();
  // Counting looks at everything once more; the last page tells by itself how much there is.
  const isLast = rows.length < page.size && (rows.length > 0 || page.from === 0);
  if (isLast) return { rows, total: page.from + rows.length };
  const { total } = await found
    .select((builder) => builder.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { rows, total };
}

function select(database: Kysely<Tables>, filter: Filter, scope: PictureScope) {
  const { channel, person, savedBy } = scope;
  const scoped = database
    .selectFrom('pictures')
    .where('origin', '=', 'made')
    .where('deleted_at', 'is', null);
  let query =
    savedBy === undefined
      ? scoped.where('platform', '=', scope.platform).where('tenant', '=', scope.tenant)
      : selectSaved(scoped, savedBy, scope);
  if (channel !== undefined) query = query.where('channel', '=', channel);
  if (person !== undefined) query = query.where('person_id', '=', person);
  const words = foldWords(filter.words).split(' ').slice(0, MOST_WORDS);
  for (const word of words.filter((word) => word !== '')) {
    query = query.where(holds(sql.ref('folded_prompt'), word));
  }
  const model = foldWords(filter.model);
  if (model !== '') query = query.where(holds(sql`lower(${sql.ref('model')})`, model));
  if (filter.since) query = query.where('made_at', '>=', filter.since.toISOString());
  if (filter.until) query = query.where('made_at', '<', filter.until.toISOString());
  return query;
}

/** SQLite would go through the whole tenant first if it could: a collection is always smaller. */
function selectSaved(
  pictures: SelectQueryBuilder<Tables, 'pictures', unknown>,
  person: string,
  { platform, tenant }: PictureScope,
) {
  return pictures
    .where('id', 'in', (builder) =>
      builder.selectFrom('saves').select('picture').where('person', '=', person),
    )
    .where(unindexed('platform'), '=', platform)
    .where(unindexed('tenant'), '=', tenant);
}

function unindexed(column: 'platform' | 'tenant'): RawBuilder<string> {
  return sql<string>`coalesce(${sql.ref(column)}, '')`;
}

/** What means something to `like` is meant as it stands. */
function holds(text: RawBuilder<unknown>, word: string): RawBuilder<boolean> {
  const pattern = `%${word.replaceAll(/[\\%_]/gu, '\\$&')}%`;
  return sql<boolean>`${text} like ${pattern} escape '\\'`;
}
