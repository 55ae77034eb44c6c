/** Finds pictures, each with what it was made from. */
import type { Kysely } from 'kysely';
import type { Picture } from '../pictures/picture.ts';
import { toPicture } from './picture-rows.ts';
import { searchPictures } from './search-pictures.ts';
import type { PictureStore } from './store.ts';
import type { PictureRow, Tables } from './tables.ts';

type Reads = Pick<
  PictureStore,
  | 'read'
  | 'madeBy'
  | 'childrenOf'
  | 'newest'
  | 'findBytes'
  | 'listUnhashed'
  | 'search'
  | 'inMessage'
>;

export function createPictureReads(database: Kysely<Tables>): Reads {
  const readers = createReaders(database);
  const pictures = selectPictures(database);
  return {
    ...createLookups(database, readers),
    ...createFinders(database, readers),
    read: (id) => readers.one(pictures.where('id', '=', id)),
  };
}

/** Pictures that belong to something: to a job, a message, other pictures. */
function createLookups(
  database: Kysely<Tables>,
  readers: Readers,
): Pick<Reads, 'madeBy' | 'childrenOf' | 'inMessage'> {
  const pictures = selectPictures(database);
  return {
    madeBy: (job) => readers.all(selectMade(database).where('job', '=', job).orderBy('number')),
    async childrenOf(ids, limit) {
      if (ids.length === 0) return [];
      const links = database.selectFrom('picture_parents').select('child');
      const children = pictures.where('id', 'in', links.where('parent', 'in', ids));
      return readers.all(children.orderBy('position').limit(limit));
    },
    async inMessage(message) {
      const posts = await selectPosts(message, database);
      const ids = posts.map(({ picture }) => picture);
      if (ids.length === 0) return [];
      const found = await readers.all(pictures.where('id', 'in', ids).orderBy('number'));
      return found.map((picture) => ({
        picture,
        fileName: posts.find((post) => post.picture === picture.id)?.file_name ?? '',
      }));
    },
  };
}

/** Pictures that fit a description. */
function createFinders(
  database: Kysely<Tables>,
  readers: Readers,
): Pick<Reads, 'newest' | 'findBytes' | 'listUnhashed' | 'search'> {
  return {
    newest: (person, place) =>
      readers.one(
        selectMade(database, place)
          .where('person_id', '=', person)
          .where('channel', '=', place.channel)
          .$if(place.thread !== undefined, (query) =>
            query.where('thread', '=', place.thread ?? ''),
          )
          .where('deleted_at', 'is', null)
          .orderBy('position', 'desc'),
      ),
    findBytes: (sha256, scope) =>
      readers.one(selectMade(database, scope).where('sha256', '=', sha256).orderBy('position')),
    listUnhashed: () =>
      database
        .selectFrom('pictures')
        .select(['id', 'path'])
        .where('sha256', '=', '')
        .where('deleted_at', 'is', null)
        .orderBy('position')
        .execute(),
    async search(filter, scope, page) {
      const { rows, total } = await searchPictures(database, filter, scope, page);
      return { pictures: await withParents(rows, database), total };
    },
  };
}

function selectPictures(database: Kysely<Tables>) {
  return database.selectFrom('pictures').selectAll('pictures');
}

/** Those that Easel made; of one tenant where a scope is given. */
function selectMade(
  database: Kysely<Tables>,
  scope?: { readonly platform: string; readonly tenant: string },
): PictureQuery {
  const made = selectPictures(database).where('origin', '=', 'made');
  if (!scope) return made;
  return made.where('platform', '=', scope.platform).where('tenant', '=', scope.tenant);
}

type PictureQuery = ReturnType<typeof selectPictures>;

interface Readers {
  readonly one: (query: PictureQuery) => Promise<Picture | undefined>;
  readonly all: (query: PictureQuery) => Promise<readonly Picture[]>;
}

function createReaders(database: Kysely<Tables>): Readers {
  return {
    async one(query) {
      const row = await query.limit(1).executeTakeFirst();
      return row && (await withParents([row], database))[0];
    },
    all: async (query) => withParents(await query.execute(), database),
  };
}

function selectPosts(
  { platform, channel, id }: Parameters<PictureStore['inMessage']>[0],
  database: Kysely<Tables>,
) {
  return database
    .selectFrom('posts')
    .select(['picture', 'file_name'])
    .where('platform', '=', platform)
    .where('channel', '=', channel)
    .where('message', '=', id)
    .execute();
}

async function withParents(
  rows: readonly PictureRow[],
  database: Kysely<Tables>,
): Promise<readonly Picture[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const links = await database
    .selectFrom('picture_parents')
    .selectAll()
    .where('child', 'in', ids)
    .orderBy('position')
    .execute();
  return rows.map((row) => {
    const own = links.filter(({ child }) => child === row.id);
    return toPicture(
      row,
      own.map(({ parent }) => parent),
    );
  });
}
