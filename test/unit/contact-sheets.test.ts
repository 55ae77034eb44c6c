import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createContactSheets } from '../../src/pictures/contact-sheets.ts';
import { newPicture } from '../support/new-picture.ts';
import { openPictureWorld, type PictureWorld } from '../support/picture-world.ts';

let world: PictureWorld;
beforeEach(async () => {
  world = await openPictureWorld();
});
afterEach(() => world.close());

/** Where the tile of a number begins, in a sheet of three columns. */
const STEP = 334;
const RED = 'rgb(255,0,0)';

async function paintMany(count: number, colour = RED) {
  const jobs = Array.from({ length: count }, (_, at) => `job${at}`);
  return Promise.all(jobs.map((job) => world.paint(job, { width: 400, height: 400 }, colour)));
}

/** The mean of red, green and blue in the middle of the `at`th tile. */
async function look(path: string, at: number): Promise<readonly number[]> {
  const left = 14 + (at % 3) * STEP + 120;
  const top = 14 + Math.floor(at / 3) * STEP + 120;
  const piece = await sharp(path).extract({ left, top, width: 80, height: 80 }).toBuffer();
  const { channels } = await sharp(piece).stats();
  return channels.map(({ mean }) => Math.round(mean));
}

async function listSheets(): Promise<readonly string[]> {
  return readdir(join(world.dataFolder, 'sheets')).catch(() => []);
}

describe('a contact sheet', () => {
  test.each([
    [1, 348, 348],
    [2, 682, 348],
    [3, 1016, 348],
    [4, 682, 682],
    [7, 1016, 1016],
    [9, 1016, 1016],
  ])('of %i pictures is %i × %i pixels large', async (count, width, height) => {
    const sheet = await world.contactSheets.draw(await paintMany(count));
    expect(await sharp(sheet.path).metadata()).toMatchObject({ format: 'jpeg', width, height });
    expect(sheet).toMatchObject({
      fileName: 'pictures.jpg',
      contentType: 'image/jpeg',
      bytes: (await stat(sheet.path)).size,
      isSpoiler: false,
    });
  });

  test('shows each picture at its place', async () => {
    const pictures = await Promise.all(
      [RED, 'rgb(0,255,0)', 'rgb(0,0,255)'].map((colour, at) =>
        world.paint(`job${at}`, { width: 400, height: 400 }, colour),
      ),
    );
    const { path } = await world.contactSheets.draw(pictures);
    for (const at of [0, 1, 2]) {
      const seen = await look(path, at);
      expect(seen.indexOf(Math.max(...seen))).toBe(at);
      expect(Math.max(...seen)).toBeGreaterThan(240);
    }
  });

  test.each(['white', 'black', RED])('has numbers that stand out from %s', async (colour) => {
    const { path } = await world.contactSheets.draw(await paintMany(2, colour));
    const badge = await sharp(path)
      .extract({ left: 22, top: 22, width: 48, height: 48 })
      .toBuffer();
    const { channels } = await sharp(badge).greyscale().stats();
    expect(channels[0]!.min).toBeLessThan(60);
    expect(channels[0]!.max).toBeGreaterThan(200);
  });

  test('hides what a safety check marked, in the picture and in its words', async () => {
    const open = await world.paint('a', { width: 400, height: 400 }, RED);
    const marked = await world.paint(
      'b',
      { width: 400, height: 400, isSpoiler: true, altText: 'secret' },
      RED,
    );
    const sheet = await world.contactSheets.draw([open, marked, open]);
    expect((await look(sheet.path, 0))[0]).toBeGreaterThan(240);
    expect((await look(sheet.path, 1))[0]).toBeLessThan(100);
    expect(sheet.altText).not.toContain('secret');
    expect(sheet.altText).toContain('2: hidden');
  });

  test('says in words what it shows, in as much as an alt text may hold', async () => {
    const [first] = await paintMany(1);
    const { altText } = await world.contactSheets.draw([first!]);
    expect(altText).toBe('One picture. 1: A fox');
    const wordy = { ...first!, altText: 'word '.repeat(200) };
    const nine = await world.contactSheets.draw(Array.from({ length: 9 }, () => wordy));
    expect(nine.altText.length).toBeLessThanOrEqual(1000);
    expect(nine.altText).toMatch(/^9 pictures\. 1: word .* 9: word/u);
  });

  test('leaves a gap for a picture whose file is gone', async () => {
    const [first] = await paintMany(1);
    const { path } = await world.contactSheets.draw([newPicture('gone'), first!]);
    expect((await look(path, 0))[0]).toBeLessThan(100);
    expect((await look(path, 1))[0]).toBeGreaterThan(240);
  });

  test('is drawn once for the same pictures, and anew for others or in another order', async () => {
    const [a, b] = await paintMany(2);
    const first = await world.contactSheets.draw([a!, b!]);
    const { ino } = await stat(first.path);
    expect((await world.contactSheets.draw([a!, b!])).path).toBe(first.path);
    expect((await stat(first.path)).ino).toBe(ino);
    expect((await world.contactSheets.draw([b!, a!])).path).not.toBe(first.path);
    expect(await listSheets()).toHaveLength(2);
  });

  test('does not wait for ever for a copy, and shows it the next time', async () => {
    const [slow, quick] = await paintMany(2);
    const { promise: late, resolve: make } = Promise.withResolvers<void>();
    const thumbnails = {
      ...world.thumbnails,
      async make(original: string) {
        if (original.includes(slow!.job)) await late;
        return world.thumbnails.make(original);
      },
    };
    const sheets = createContactSheets({ ...world, thumbnails });
    const drawing = sheets.draw([slow!, quick!]);
    await expect.poll(() => world.clock.sleeperCount()).toBe(1);
    // The quick one is there before the patience ends.
    await world.thumbnails.make(join(world.dataFolder, quick!.path));
    await world.clock.advance(1500);
    const early = await drawing;
    expect((await look(early.path, 0))[0]).toBeLessThan(100);
    make();
    const whole = await sheets.draw([slow!, quick!]);
    expect((await look(whole.path, 0))[0]).toBeGreaterThan(240);
  });
});

describe('sheets that were drawn', () => {
  test('go when one of their pictures is deleted, and no others', async () => {
    const [a, b, c] = await paintMany(3);
    await world.contactSheets.draw([a!, b!]);
    const kept = await world.contactSheets.draw([b!, c!]);
    await world.contactSheets.removeWith([a!.id]);
    expect(await listSheets()).toEqual([kept.path.split('/').at(-1)]);
  });

  test('go also when they are being drawn just now', async () => {
    const [a, b] = await paintMany(2);
    const drawing = world.contactSheets.draw([a!, b!]);
    await world.contactSheets.removeWith([a!.id]);
    await drawing.catch(() => undefined);
    expect(await listSheets()).toEqual([]);
  });

  test('are no pile: of 200 those that were not asked for the longest give way', async () => {
    const [a, b, c] = await paintMany(3);
    const old = await world.contactSheets.draw([a!, b!]);
    const used = await world.contactSheets.draw([b!, c!]);
    for (let at = 0; at < 198; at += 1) {
      await writeFile(join(world.dataFolder, 'sheets', `v1-${at}.jpg`), 'x');
    }
    await world.clock.advance(10 * 365 * 24 * 60 * 60_000);
    await world.contactSheets.draw([b!, c!]);
    await world.contactSheets.draw([c!, a!]);
    const left = await listSheets();
    expect(left).toHaveLength(200);
    expect(left).toContain(used.path.split('/').at(-1));
    expect(left).not.toContain(old.path.split('/').at(-1));
  });

  test('are none where none were drawn', async () => {
    await rm(join(world.dataFolder, 'sheets'), { recursive: true, force: true });
    await world.contactSheets.removeWith(['a.1']);
    expect(await listSheets()).toEqual([]);
  });
});
