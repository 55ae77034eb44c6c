import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deleteResult } from '../../src/pictures/change-picture.ts';
import { newJob } from '../support/new-job.ts';
import { ada, askedBy, openPictureWorld, type PictureWorld } from '../support/picture-world.ts';

let world: PictureWorld;
let removed: string[];
beforeEach(async () => {
  world = await openPictureWorld();
  removed = [];
  const web = { remove: async ({ id }: { id: string }) => void removed.push(id) };
  world.platforms.set('web', web);
});
afterEach(() => world.close());

/** A delivered job with one picture; or one that shows another job's picture again. */
async function deliver(job: string, shows?: string): Promise<void> {
  const made = `files/${shows === undefined ? job : shows.split('.')[0]}/a-fox-1.png`;
  const { request } = newJob(job);
  await world.store.jobs.accept(
    newJob(job, { request: { ...request, ...(shows !== undefined && { shows }) } }),
  );
  const file = { path: made, fileName: 'a-fox-1.png', contentType: 'image/png', bytes: 9 };
  await world.store.jobs.advance(job, 'accepted', {
    state: 'delivered',
    requestId: 'r',
    result: { files: [file], withheld: 0, seconds: 1 },
    messages: [{ platform: 'web', channel: 'c', id: `message of ${job}`, details: {} }],
  });
}

function listOf(job: string): Promise<readonly string[]> {
  return readdir(join(world.dataFolder, 'files', job));
}

test('deleting takes the small copy, the fitted ones and the contact sheets away, too', async () => {
  const picture = await world.paint('a');
  const other = await world.paint('b');
  await deliver('a');
  await world.contactSheets.draw([picture, other]);
  const kept = await world.contactSheets.draw([other]);
  const folder = join(world.dataFolder, 'files', 'a');
  for (const name of ['a-fox-1.fit.jpeg', 'a-fox-1.fit.webp', 'a-fox-10.png', 'given-1']) {
    await writeFile(join(folder, name), 'x');
  }
  await deleteResult({ job: 'a' }, askedBy(ada), world.parts);
  expect(await listOf('a')).toEqual(['a-fox-10.png', 'given-1']);
  expect(await listOf('b')).toEqual(['a-fox-1.png', 'a-fox-1.png.thumb.webp']);
  expect(await readdir(join(world.dataFolder, 'sheets'))).toEqual([kept.path.split('/').at(-1)]);
});

test('deleting what only showed a picture again leaves the picture itself', async () => {
  const { id } = await world.paint('a');
  await deliver('a');
  await deliver('again', id);
  await deleteResult({ job: 'again' }, askedBy(ada), world.parts);
  expect(removed).toEqual(['message of again']);
  expect(await listOf('a')).toEqual(['a-fox-1.png']);
  expect(await world.gallery.locate(id, 'original', ada)).toBeDefined();
});

test('deleting does no harm where the files are gone already', async () => {
  await mkdir(join(world.dataFolder, 'files'), { recursive: true });
  await deliver('a');
  const outcome = await deleteResult({ job: 'a' }, askedBy(ada), world.parts);
  expect(outcome.kind).toBe('say');
});
