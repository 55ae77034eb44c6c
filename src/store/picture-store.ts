/** Pictures, their parents and the messages that carry them, in tables. */
import type { Kysely } from 'kysely';
import { messageRefSchema } from '../message.ts';
import type { Picture } from '../pictures/picture.ts';
import { nextPosition } from './next-position.ts';
import { createPictureReads } from './picture-reads.ts';
import { toPictureRow } from './picture-rows.ts';
import type { PictureStore, Post } from './store.ts';
import { toValue } from './stored-json.ts';
import type { Tables } from './tables.ts';

export function createPictureStore(database: Kysely<Tables>): PictureStore {
  return {
    ...createPictureReads(database),
    ...createWrites(database),
    ...createCollections(database),
    ...createPosts(database),
  };
}

function createWrites(database: Kysely<Tables>): Pick<PictureStore, 'add' | 'change'> {
  return {
    async add(pictures) {
      for (const picture of pictures) {
        await insertParents(picture, database);
        await database
          .insertInto('pictures')
          .values({
            ...toPictureRow(picture),
            position: nextPosition(database.selectFrom('pictures')),
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute();
      }
    },
    async change(id, { altText, deletedAt, sha256 }) {
      const columns = {
        ...(altText !== undefined && { alt_text: altText }),
        ...(sha256 !== undefined && { sha256 }),
        ...(deletedAt && { deleted_at: deletedAt.toISOString() }),
      };
      if (Object.keys(columns).length === 0) return;
      await database.updateTable('pictures').set(columns).where('id', '=', id).execute();
    },
  };
}

function createCollections(database: Kysely<Tables>): Pick<PictureStore, 'save' | 'isSavedBy'> {
  return {
    async save(picture, person, at) {
      await database
        .insertInto('saves')
        .values({ person, picture, saved_at: at.toISOString() })
        .onConflict((conflict) => conflict.columns(['person', 'picture']).doNothing())
        .execute();
    },
    async isSavedBy(picture, person) {
      const row = await database
        .selectFrom('saves')
        .select('picture')
        .where('person', '=', person)
        .where('picture', '=', picture)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function createPosts(database: Kysely<Tables>): Pick<PictureStore, 'addPosts' | 'postsOf'> {
  return {
    async addPosts(posts) {
      for (const { picture, message, fileName } of posts) {
        const { platform, channel, id } = message;
        await database
          .insertInto('posts')
          .values({
            platform,
            channel,
            message: id,
            file_name: fileName,
            picture,
            position: nextPosition(database.selectFrom('posts').where('picture', '=', picture)),
            ref: JSON.stringify(message),
          })
          .onConflict((conflict) =>
            conflict.columns(['platform', 'channel', 'message', 'file_name']).doNothing(),
          )
          .execute();
      }
    },
    async postsOf(picture) {
      const rows = await database
        .selectFrom('posts')
        .selectAll()
        .where('picture', '=', picture)
        .orderBy('position')
        .execute();
      return rows.map((row): Post => {
        const message = messageRefSchema.parse(toValue(row.ref, `post of ${picture}`));
        return { picture, message, fileName: row.file_name };
      });
    },
  };
}

/** Before the picture itself: a crash in between leaves no picture without its parents. */
async function insertParents(
  { id: child, parents }: Picture,
  database: Kysely<Tables>,
): Promise<void> {
  if (parents.length === 0) return;
  await database
    .insertInto('picture_parents')
    .values(parents.map((parent, position) => ({ child, parent, position })))
    .onConflict((conflict) => conflict.columns(['child', 'position']).doNothing())
    .execute();
}
