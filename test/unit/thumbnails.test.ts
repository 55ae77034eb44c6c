import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeTurns } from '../../src/take-turns.ts';
import { createThumbnails, type Thumbnails } from '../../src/pictures/thumbnails.ts';
import { plainPng } from '../support/plain-picture.ts';

let folder: string;
let thumbnails: Thumbnails;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-thumbnails-'));
  thumbnails = createThumbnails({ log: pino({ level: 'silent' }) });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

function canvas(width: number, height: number, background = 'teal') {
  return sharp({ create: { width, height, channels: 3, background } });
}

describe('a small copy', () => {
  test.each([
    { from: [1600, 800], to: [320, 160] },
    { from: [300, 1200], to: [80, 320] },
    { from: [8, 6], to: [8, 6] },
  ])('of $from pixels has $to', async ({ from, to }) => {
    const [width = 0, height = 0] = from;
    const original = await put('a-1.png', await canvas(width, height).png().toBuffer());
    const metadata = await sharp(await thumbnails.make(original)).metadata();
    expect([metadata.format, metadata.width, metadata.height]).toEqual(['webp', ...to]);
  });

  test('stands upright, and knows no more where it was taken', async () => {
    const exif = { IFD3: { GPSLatitude: '48/1 51/1 0/1' } };
    const bytes = await canvas(400, 200)
      .jpeg()
      .withExif(exif)
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(bytes).metadata()).orientation).toBe(6);
    const original = await put('a-1.jpg', bytes);
    const metadata = await sharp(await thumbnails.make(original)).metadata();
    expect([metadata.width, metadata.height]).toEqual([160, 320]);
    expect([metadata.exif, metadata.orientation]).toEqual([undefined, undefined]);
  });

  test('shows the first frame of what moves', async () => {
    const frames = [await canvas(60, 40, 'red').png().toBuffer(), await plainPng()];
    const moving = await sharp(frames, { join: { animated: true } })
      .gif({ delay: 100 })
      .toBuffer();
    const copy = await thumbnails.make(await put('a-1.gif', moving));
    const { pages, width, height } = await sharp(copy).metadata();
    expect([pages ?? 1, width, height]).toEqual([1, 60, 40]);
    const { dominant } = await sharp(copy).stats();
    expect([dominant.r > 200, dominant.b < 60]).toEqual([true, true]);
  });

  test('keeps what shines through', async () => {
    const glass = { r: 255, g: 0, b: 0, alpha: 0.2 };
    const clear = sharp({ create: { width: 9, height: 9, channels: 4, background: glass } });
    const copy = await thumbnails.make(await put('a-1.png', await clear.png().toBuffer()));
    expect((await sharp(copy).metadata()).hasAlpha).toBe(true);
  });

  test('is made once, and then is there', async () => {
    const original = await put('a-1.png', await canvas(900, 900).png().toBuffer());
    const copies = await Promise.all(Array.from({ length: 20 }, () => thumbnails.make(original)));
    const [copy = ''] = new Set(copies);
    expect(new Set(copies).size).toBe(1);
    const { ino } = await stat(copy);
    const restarted = createThumbnails({ log: pino({ level: 'silent' }) });
    expect(await restarted.make(original)).toBe(copy);
    expect((await stat(copy)).ino).toBe(ino);
    expect(await readdir(folder)).toEqual(['a-1.png', 'a-1.png.thumb.webp']);
  });

  test('is never confused with that of a file whose name differs by the ending alone', async () => {
    const png = await put('a-1.png', await canvas(30, 20).png().toBuffer());
    const jpeg = await put('a-1.jpeg', await canvas(20, 30).jpeg().toBuffer());
    expect(await thumbnails.make(png)).not.toBe(await thumbnails.make(jpeg));
  });

  test('that a crash left unfinished is made anew', async () => {
    const original = await put('a-1.png', await plainPng());
    await put('a-1.png.thumb.webp.part', Buffer.from('half of it'));
    const copy = await thumbnails.make(original);
    expect((await sharp(copy).metadata()).format).toBe('webp');
    expect(await readdir(folder)).toEqual(['a-1.png', 'a-1.png.thumb.webp']);
  });
});

describe('no small copy', () => {
  test.each([
    ['nothing', async () => Buffer.alloc(0)],
    ['words', async () => Buffer.from('not a picture')],
    ['half a picture', async () => (await noise()).subarray(0, 20_000)],
    ['a claim of 20,000 × 20,000 pixels', async () => claimSize(await plainPng(), 20_000)],
  ])('is made of %s, and nothing is left behind', async (_what, bytes) => {
    const original = await put('a-1.png', await bytes());
    expect(await thumbnails.make(original)).toBeUndefined();
    expect(await readdir(folder)).toEqual(['a-1.png']);
  });

  test('is made of what is gone', async () => {
    expect(await thumbnails.make(join(folder, 'gone.png'))).toBeUndefined();
  });

  test('keeps the next try from succeeding', async () => {
    const original = await put('a-1.png', Buffer.from('not yet'));
    expect(await thumbnails.make(original)).toBeUndefined();
    await put('a-1.png', await plainPng());
    expect(await thumbnails.make(original)).toBeDefined();
  });
});

test('removing waits for what is being made, so that nothing comes back', async () => {
  const original = await put('a-1.png', await canvas(2000, 2000).png().toBuffer());
  const making = thumbnails.make(original);
  await rm(original);
  await thumbnails.remove(original);
  await making;
  expect(await readdir(folder)).toEqual([]);
  expect(await thumbnails.make(original)).toBeUndefined();
});

test('the original stays as it is', async () => {
  const bytes = await canvas(900, 900).png().toBuffer();
  const original = await put('a-1.png', bytes);
  await thumbnails.make(original);
  expect((await readFile(original)).equals(bytes)).toBe(true);
});

describe('taking turns', () => {
  test('lets no more go on at once than may, in the order in which they came', async () => {
    const inTurn = takeTurns(2);
    const ends: (() => void)[] = [];
    const begun: number[] = [];
    const works = [0, 1, 2, 3].map((number) =>
      inTurn(async () => {
        begun.push(number);
        await new Promise<void>((resolve) => ends.push(resolve));
        return number;
      }),
    );
    expect(begun).toEqual([0, 1]);
    ends[1]!();
    await works[1];
    await expect.poll(() => begun).toEqual([0, 1, 2]);
    ends[0]!();
    await expect.poll(() => begun).toEqual([0, 1, 2, 3]);
    for (const end of ends) end();
    expect(await Promise.all(works)).toEqual([0, 1, 2, 3]);
  });

  test('goes on after what failed', async () => {
    const inTurn = takeTurns(1);
    const failed = inTurn(() => Promise.reject(new Error('no')));
    const next = inTurn(() => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});

async function noise(): Promise<Buffer> {
  const raw = { width: 200, height: 200, channels: 3 } as const;
  const bytes = Buffer.from(Array.from({ length: 120_000 }, (_, at) => (at * 7919) % 251));
  return sharp(bytes, { raw }).png({ compressionLevel: 0 }).toBuffer();
}

/** The same bytes under a header that says otherwise. */
function claimSize(png: Buffer, side: number): Buffer {
  const claiming = Buffer.from(png);
  claiming.writeUInt32BE(side, 16);
  claiming.writeUInt32BE(side, 20);
  claiming.writeUInt32BE(crc32(claiming.subarray(12, 29)), 29);
  return claiming;
}
