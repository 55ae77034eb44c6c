/** Earlier pictures for pages that show them: only those that the viewer's places may show. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../place.ts';
import type { Asker } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { Gallery } from './gallery.ts';
import { toScope } from './history.ts';
import { maySee } from './may-see.ts';
import type { Picture } from './picture.ts';
import { readFamily } from './read-family.ts';
import { THUMBNAIL_TYPE, type Thumbnails } from './thumbnails.ts';

interface GalleryParts {
  readonly store: Store;
  readonly dataFolder: string;
  readonly thumbnails: Thumbnails;
}

/** No platform gives an empty id to anybody. */
const NOBODY: Person = { id: '', name: '' };

export function createGallery({ store, dataFolder, thumbnails }: GalleryParts): Gallery {
  const readSeen = async (id: string, asker: Asker): Promise<Picture | undefined> => {
    const picture = await store.pictures.read(id);
    return picture && (await maySee(picture, asker, store)) ? picture : undefined;
  };
  return {
    async strangerAt(id) {
      const picture = await store.pictures.read(id);
      return picture && { person: NOBODY, place: picture.place };
    },
    search: (filter, asker, page) => store.pictures.search(filter, toScope(filter, asker), page),
    async familyOf(id, asker) {
      const picture = await readSeen(id, asker);
      return picture && readFamily(picture, asker, store);
    },
    async locate(id, kind, asker) {
      const picture = await readSeen(id, asker);
      if (!picture || picture.deletedAt) return undefined;
      const original = join(dataFolder, picture.path);
      const copy = kind === 'thumbnail' ? await thumbnails.make(original) : undefined;
      if (copy !== undefined) return { path: copy, contentType: THUMBNAIL_TYPE };
      const isThere = await stat(original).catch(() => undefined);
      return isThere && { path: original, contentType: picture.contentType };
    },
  };
}
