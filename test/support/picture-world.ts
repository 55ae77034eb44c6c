/** Earlier pictures with a store and files of their own, and people who ask for them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import type { Clock } from '../../src/clock.ts';
import { UserError } from '../../src/errors.ts';
import { createCopies } from '../../src/pictures/create-copies.ts';
import { createGallery } from '../../src/pictures/create-gallery.ts';
import { NO_ADDRESSES } from '../../src/pictures/signed-address.ts';
import type { Picture } from '../../src/pictures/picture.ts';
import type { PictureParts } from '../../src/pictures/picture-parts.ts';
import type { Asker, Invocation } from '../../src/platforms/platform.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createManualClock } from './manual-clock.ts';
import { newPicture } from './new-picture.ts';

export type PictureWorld = Awaited<ReturnType<typeof openPictureWorld>>;

export async function openPictureWorld() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'easel-pictures-'));
  const clock: Clock & ReturnType<typeof createManualClock> = createManualClock();
  const store = await openStore({ folder: dataFolder, clock });
  const log = pino({ level: 'silent' });
  const copies = createCopies({ dataFolder, clock, log });
  const some = {
    store,
    dataFolder,
    clock,
    log,
    ...copies,
    platforms: new Map(),
    models: NO_MODELS,
    addresses: NO_ADDRESSES,
  };
  return {
    ...some,
    gallery: createGallery(some),
    /** What is not about earlier pictures is missing: none of these wishes may need it. */
    parts: some as unknown as PictureParts,
    /** Adds a picture with a file of its own. */
    async paint(job: string, change: Partial<Picture> = {}, colour = 'teal'): Promise<Picture> {
      const picture = newPicture(job, change);
      const path = join(dataFolder, picture.path);
      await mkdir(dirname(path), { recursive: true });
      const { width = 40, height = 30 } = picture;
      const canvas = sharp({ create: { width, height, channels: 3, background: colour } });
      await writeFile(path, await canvas.png().toBuffer());
      await store.pictures.add([picture]);
      return picture;
    },
    async close() {
      await store.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

const NO_MODELS = {
  find(name: string): never {
    throw new UserError(`There is no model “${name}”.`);
  },
};

export const ada: Asker = {
  person: { id: 'ada', name: 'Ada' },
  place: { platform: 'web', tenant: 'web', channel: 'c' },
};

export function askedBy({ person, place }: Asker, change: Partial<Invocation> = {}): Invocation {
  return {
    id: 'web:1',
    person,
    place,
    commandName: 'history',
    options: {},
    attachments: [],
    readAnswered: async () => undefined,
    isModerator: async () => false,
    acknowledge: refuse,
    answer: refuse,
    ...change,
  };
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('nothing is to be said here'));
}
