/** Earlier pictures in a real store, with files that can be looked at. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { renderPicture } from '../../../src/fal/sandbox/pictures/picture.ts';
import { pino } from 'pino';
import { createGallery } from '../../../src/pictures/create-gallery.ts';
import type { Picture } from '../../../src/pictures/picture.ts';
import { createThumbnails } from '../../../src/pictures/thumbnails.ts';
import { openStore } from '../../../src/store/open-store.ts';

export type Album = Awaited<ReturnType<typeof openAlbum>>;

const PLACE = { platform: 'web', tenant: 'web', channel: 'main' };

export async function openAlbum() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'easel-album-'));
  const store = await openStore({ folder: dataFolder });
  const thumbnails = createThumbnails({ log: pino({ level: 'silent' }) });
  let made = 0;

  async function draw({ path, prompt, width = 400, height = 300 }: Picture, seed: number) {
    const file = join(dataFolder, path);
    await mkdir(dirname(file), { recursive: true });
    const facts = { prompt, seed, size: { width, height }, format: 'jpeg', sources: [] } as const;
    await writeFile(file, await renderPicture({ ...facts, isBlackedOut: false }));
  }

  return {
    dataFolder,
    store,
    gallery: createGallery({ store, dataFolder, thumbnails }),
    /** One after the other; `parents` are those that it was made from. A path of another one’s file saves time. */
    async add(prompt: string, parents: readonly Picture[] = [], change: Partial<Picture> = {}) {
      made += 1;
      const picture = toPicture(made, prompt, { parents: parents.map(({ id }) => id), ...change });
      if (change.path === undefined) await draw(picture, made);
      await store.pictures.add([picture]);
      // A picture that was never deleted is remembered as such.
      const { deletedAt } = change;
      if (deletedAt) await store.pictures.change(picture.id, { deletedAt });
      return picture;
    },
    async close() {
      await store.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

function toPicture(at: number, prompt: string, change: Partial<Picture>): Picture {
  const { origin = 'made' } = change;
  const job = `job-${at}`;
  return {
    id: origin === 'made' ? `${job}.1` : `${job}.g1`,
    job,
    number: 1,
    origin,
    path: `files/${job}/picture-1.jpg`,
    fileName: 'picture-1.jpg',
    contentType: 'image/jpeg',
    bytes: 20_000,
    width: 400,
    height: 300,
    sha256: `hash ${at}`,
    altText: `Picture of ${prompt}`,
    person: { id: 'ada', name: 'you' },
    place: PLACE,
    model: origin === 'made' ? 'nano-banana-pro' : '',
    prompt: origin === 'made' ? prompt : '',
    isSpoiler: false,
    madeAt: new Date(Date.UTC(2026, 10, 1, 9, at)),
    deletedAt: undefined,
    parents: [],
    ...change,
  };
}
