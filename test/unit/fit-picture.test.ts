/** A picture that is too large for a place: what is posted instead, and what of it is lost. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { removeFitted, type FittingFile } from '../../src/pictures/fit/attempts.ts';
import { fitPicture } from '../../src/pictures/fit/fit-picture.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-fit-'));
});

const SIDE = 500;

/** Noise does not compress, so that a small picture makes a large file. */
function noise(channels: 3 | 4, width = SIDE, height = SIDE): Sharp {
  const raw = { width, height, channels } as const;
  return sharp(randomBytes(width * height * channels), { raw });
}

async function save(name: string, picture: Sharp | Buffer, contentType = 'image/png') {
  const path = join(folder, name);
  await writeFile(path, Buffer.isBuffer(picture) ? picture : await picture.toBuffer());
  return { path, contentType, bytes: (await stat(path)).size };
}

async function pixels(path: string): Promise<Buffer> {
  return sharp(path, { ignoreIcc: true }).raw().toBuffer();
}

async function transparency(path: string): Promise<Buffer> {
  return sharp(path).extractChannel('alpha').raw().toBuffer();
}

/** Mean difference of a channel's values, of 255. */
async function difference(one: FittingFile, other: FittingFile): Promise<number> {
  const [a, b] = [await pixels(one.path), await pixels(other.path)];
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
}

test('a file that fits is left as it is', async () => {
  const file = await save('fits.png', noise(3).png());
  expect(await fitPicture(file, file.bytes)).toEqual({ ...file, isStill: false });
  expect(await readdir(folder)).toEqual(['fits.png']);
});

describe('just enough is given up', () => {
  test.each([
    [3, 'jpeg'],
    [4, 'webp'],
  ] as const)(
    'of %i channels as %s: all pixels stay, and the room is used',
    async (channels, format) => {
      const file = await save('fox-1.png', noise(channels).png());
      const limit = Math.floor(file.bytes * 0.55);
      const fitted = await fitPicture(file, limit);
      expect(fitted).toMatchObject({ contentType: `image/${format}`, isStill: false });
      expect(fitted.bytes).toBe((await stat(fitted.path)).size);
      expect(fitted.bytes).toBeLessThanOrEqual(limit);
      expect(fitted.bytes).toBeGreaterThan(limit * 0.8);
      expect(basename(fitted.path)).toBe(`fox-1.fit.${format}`);
      expect(await sharp(fitted.path).metadata()).toMatchObject({
        format,
        width: SIDE,
        height: SIDE,
      });
      expect((await stat(file.path)).size).toBe(file.bytes);
    },
  );

  test('more room gives a picture that is closer to the original', async () => {
    const file = await save('fox-1.png', noise(3).png());
    const [much, little] = [
      await fitPicture(file, Math.floor(file.bytes * 0.8)),
      await fitPicture(file, Math.floor(file.bytes * 0.4)),
    ];
    expect(await difference(file, much)).toBeLessThan((await difference(file, little)) * 0.7);
  });

  test('nothing, where better packing is enough', async () => {
    const picture = noise(3, 100, 100).resize(SIDE, SIDE, { kernel: 'nearest' });
    const file = await save('fox-1.png', picture.png({ compressionLevel: 0 }));
    const fitted = await fitPicture(file, Math.floor(file.bytes / 2));
    expect(fitted.contentType).toBe('image/png');
    expect(await pixels(fitted.path)).toEqual(await pixels(file.path));
  });

  test('of 16 bits only those that no screen shows', async () => {
    const picture = noise(3).toColourspace('rgb16');
    const file = await save('fox-1.png', picture.png());
    const fitted = await fitPicture(file, Math.floor(file.bytes * 0.9));
    expect(fitted.contentType).toBe('image/png');
    expect(await pixels(fitted.path)).toEqual(await pixels(file.path));
  });

  test('pixels only where a modest quality is too large, and then no more than needed', async () => {
    const file = await save('fox-1.png', noise(3).png());
    const limit = Math.floor(file.bytes / 30);
    const fitted = await fitPicture(file, limit);
    expect(fitted.bytes).toBeLessThanOrEqual(limit);
    expect(fitted.bytes).toBeGreaterThan(limit * 0.75);
    expect((await sharp(fitted.path).metadata()).width).toBeLessThan(SIDE);
  });
});

test('what cannot be made small enough is said so', async () => {
  const file = await save('stubborn.png', noise(3).png());
  await expect(fitPicture(file, 100)).rejects.toThrow(UpstreamError);
  expect(await readdir(join(folder, 'fit-100'))).toEqual([]);
  const words = await save('words.bin', Buffer.from('words'), 'image/png');
  await expect(fitPicture(words, 4)).rejects.toThrow('too large to be posted');
});

describe('what a picture is like stays', () => {
  test('what can be seen through', async () => {
    const file = await save('fox-1.png', noise(4).png());
    const fitted = await fitPicture(file, Math.floor(file.bytes / 2));
    expect(await transparency(fitted.path)).toEqual(await transparency(file.path));
  });

  test('an alpha channel that hides nothing costs no quality', async () => {
    const file = await save('fox-1.png', noise(3).ensureAlpha().png());
    const fitted = await fitPicture(file, Math.floor(file.bytes / 2));
    expect(await sharp(fitted.path).metadata()).toMatchObject({ format: 'jpeg', hasAlpha: false });
  });

  test('the way up that a camera noted', async () => {
    const picture = noise(3, 400, 200).jpeg({ quality: 100 }).withMetadata({ orientation: 6 });
    const file = await save('fox-1.jpg', picture, 'image/jpeg');
    const fitted = await fitPicture(file, Math.floor(file.bytes / 2));
    const { width, height, orientation } = await sharp(fitted.path).metadata();
    expect([width, height]).toEqual([200, 400]);
    expect(orientation ?? 1).toBe(1);
  });

  test.each([2, 40])('the way up also where it is 1/%i of the bytes', async (part) => {
    const picture = noise(3, 400, 200).jpeg({ quality: 100 }).withMetadata({ orientation: 6 });
    const file = await save('fox-1.jpg', picture, 'image/jpeg');
    const { path } = await fitPicture(file, Math.floor(file.bytes / part));
    const { width, height } = await sharp(path).metadata();
    expect(width / height).toBeCloseTo(0.5, 1);
  });

  test('wide colours, with the profile that says what they are', async () => {
    const file = await save('fox-1.png', noise(3).withIccProfile('p3').png());
    const fitted = await fitPicture(file, Math.floor(file.bytes * 0.8));
    expect((await sharp(fitted.path).metadata()).icc).toEqual(
      (await sharp(file.path).metadata()).icc,
    );
    expect(await difference(file, fitted)).toBeLessThan(12);
  });

  test('colours for print become those of a screen', async () => {
    const picture = noise(3).toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 100 });
    const file = await save('fox-1.jpg', picture, 'image/jpeg');
    const fitted = await fitPicture(file, Math.floor(file.bytes / 2));
    const { space, hasProfile } = await sharp(fitted.path).metadata();
    expect({ space, hasProfile }).toEqual({ space: 'srgb', hasProfile: false });
  });

  test('the description inside, but not where and with what it was taken', async () => {
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>fox</a></x:xmpmeta>';
    const exif = { IFD0: { Copyright: 'Ada Lovelace' } };
    const picture = noise(3).withExif(exif).withXmp(xmp).png();
    const file = await save('fox-1.png', picture);
    const { path } = await fitPicture(file, Math.floor(file.bytes / 2));
    expect((await sharp(path).metadata()).xmpAsString).toContain('<a>fox</a>');
    expect((await readFile(path)).includes('Lovelace')).toBe(false);
  });
});

describe('a moving picture is shown by its first one, and that is known', () => {
  test.each(['gif', 'webp'] as const)('%s', async (format) => {
    const raw = { width: 200, height: 600, channels: 3, pageHeight: 200 } as const;
    const film = sharp(randomBytes(200 * 600 * 3), { raw });
    const file = await save(`fox-1.${format}`, film.toFormat(format), `image/${format}`);
    expect((await sharp(file.path).metadata()).pages).toBe(3);
    const fitted = await fitPicture(file, Math.floor(file.bytes / 2));
    expect(fitted.isStill).toBe(true);
    expect((await sharp(fitted.path).metadata()).pages ?? 1).toBe(1);
  });

  test('an animated PNG, which nothing but its type tells', async () => {
    const file = await save('fox-1.png', noise(3).png(), 'image/apng');
    const fitted = await fitPicture(file, Math.floor(file.bytes / 2));
    expect(fitted.isStill).toBe(true);
  });
});

describe('after a crash', () => {
  test('what was finished is not made again', async () => {
    const file = await save('fox-1.png', noise(3).png());
    const limit = Math.floor(file.bytes / 2);
    const first = await fitPicture(file, limit);
    const { mtimeMs } = await stat(first.path);
    expect(await fitPicture(file, limit)).toEqual(first);
    expect((await stat(first.path)).mtimeMs).toBe(mtimeMs);
  });

  test('what was finished and then torn is made again', async () => {
    const file = await save('fox-1.png', noise(3).png());
    const limit = Math.floor(file.bytes / 2);
    const first = await fitPicture(file, limit);
    await writeFile(first.path, (await readFile(first.path)).subarray(0, 5000));
    const second = await fitPicture(file, limit);
    expect(second).toEqual(first);
    expect((await stat(second.path)).size).toBe(first.bytes);
  });

  test('nothing half-made is ever taken for the result, nor left behind', async () => {
    const file = await save('fox-1.png', noise(3).png());
    const limit = Math.floor(file.bytes / 2);
    const inside = dirname((await fitPicture(file, limit)).path);
    const [only = ''] = await readdir(inside);
    expect(only).toBe('fox-1.fit.jpeg');
    const other = await save('fox-2.png', noise(3).png());
    for (const name of ['fox-2.png.trial', 'fox-2.png.best']) {
      await writeFile(join(inside, name), (await readFile(file.path)).subarray(0, 5000));
    }
    const fitted = await fitPicture(other, limit);
    expect((await sharp(fitted.path).stats()).channels).toHaveLength(3);
    expect((await readdir(inside)).toSorted()).toEqual(['fox-1.fit.jpeg', 'fox-2.fit.jpeg']);
  });

  test('each limit has its own', async () => {
    const file = await save('fox-1.png', noise(3).png());
    const small = await fitPicture(file, Math.floor(file.bytes * 0.3));
    const large = await fitPicture(file, Math.floor(file.bytes * 0.6));
    expect(large.bytes).toBeGreaterThan(small.bytes);
    expect((await stat(small.path)).size).toBe(small.bytes);
  });
});

test('when a picture is deleted, its smaller copies go, and no other’s', async () => {
  const [one, other] = [
    await save('fox-1.png', noise(3).png()),
    await save('fox-12.png', noise(3).png()),
  ];
  const copies = [
    await fitPicture(one, Math.floor(one.bytes * 0.3)),
    await fitPicture(one, Math.floor(one.bytes * 0.6)),
  ];
  const kept = await fitPicture(other, Math.floor(other.bytes * 0.6));
  await removeFitted(one.path);
  for (const { path } of copies) await expect(stat(path)).rejects.toThrow('ENOENT');
  expect((await stat(kept.path)).size).toBe(kept.bytes);
  expect((await stat(one.path)).size).toBe(one.bytes);
});
