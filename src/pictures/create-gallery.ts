/** Earlier pictures for pages that show them: only those that the viewer's places may show. */
import { join } from 'node:path';
import type { Asker } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { FamilyTree, Gallery } from './gallery.ts';
import { toScope } from './history.ts';
import type { Picture } from './picture.ts';

/** More relatives than a page can show. */
const MOST_RELATIVES = 500;

export function createGallery({
  store,
  dataFolder,
}: {
  readonly store: Store;
  readonly dataFolder: string;
}): Gallery {
  const readSeen = async (id: string, asker: Asker): Promise<Picture | undefined> => {
    const picture = await store.pictures.read(id);
    return picture && maySee(picture, asker) ? picture : undefined;
  };
  return {
    search: (filter, asker, page) => store.pictures.search(filter, toScope(filter, asker), page),
    async familyOf(id, asker) {
      const picture = await readSeen(id, asker);
      return picture && readFamily(picture, asker, store);
    },
    async locate(id, _kind, asker) {
      const picture = await readSeen(id, asker);
      if (!picture || picture.deletedAt) return undefined;
      return { path: join(dataFolder, picture.path), contentType: picture.contentType };
    },
  };
}

/** What was made where one is, or by oneself. */
function maySee({ place, person }: Picture, asker: Asker): boolean {
  const { platform, tenant, channel } = asker.place;
  const isOfTenant = place.platform === platform && place.tenant === tenant;
  return isOfTenant && (place.channel === channel || person.id === asker.person.id);
}

/** Up to the oldest ones that it came from, and down to everything that came from those. */
async function readFamily(picture: Picture, asker: Asker, store: Store): Promise<FamilyTree> {
  const family = new Map([[picture.id, picture]]);
  const queue = [picture];
  for (let next = queue.shift(); next && family.size < MOST_RELATIVES; next = queue.shift()) {
    const relatives = await readRelatives(next, store);
    const news = relatives.filter((one) => !family.has(one.id) && maySee(one, asker));
    for (const relative of news) family.set(relative.id, relative);
    queue.push(...news);
  }
  const pictures = [...family.values()].toSorted((a, b) => a.madeAt.getTime() - b.madeAt.getTime());
  return { id: picture.id, pictures };
}

async function readRelatives({ id, parents }: Picture, { pictures }: Store): Promise<Picture[]> {
  const found = await Promise.all(parents.map((parent) => pictures.read(parent)));
  return [
    ...found.flatMap((one) => one ?? []),
    ...(await pictures.childrenOf([id], MOST_RELATIVES)),
  ];
}
