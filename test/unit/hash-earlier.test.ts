import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashFile } from '../../src/jobs/record-pictures.ts';
import { startHashing } from '../../src/pictures/hash-earlier.ts';
import { openPictureWorld, type PictureWorld } from '../support/picture-world.ts';

let world: PictureWorld;
beforeEach(async () => {
  world = await openPictureWorld();
});
afterEach(() => world.close());

const here = { platform: 'web', tenant: 'web' };

test('pictures of an earlier version are found by their bytes after a while', async () => {
  const gone = await world.paint('gone', { sha256: '' });
  const old = await world.paint('old', { sha256: '' }, 'gold');
  await rm(join(world.dataFolder, gone.path));
  const stop = startHashing(world);
  const sha256 = await hashFile(join(world.dataFolder, old.path));
  await expect
    .poll(() => world.store.pictures.findBytes(sha256, here))
    .toMatchObject({ id: old.id });
  await stop();
  expect((await world.store.pictures.listUnhashed()).map(({ id }) => id)).toEqual([gone.id]);
});

test('stopping leaves the rest for the next start', async () => {
  await world.paint('a', { sha256: '' });
  await world.paint('b', { sha256: '' });
  await startHashing(world)();
  const left = (await world.store.pictures.listUnhashed()).length;
  const stop = startHashing(world);
  await expect.poll(() => world.store.pictures.listUnhashed()).toEqual([]);
  await stop();
  expect(left).toBeGreaterThan(0);
});
