import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GENERAL_LIMITS, type PictureLimits } from '../../src/pictures/take-in/picture-limits.ts';
import { createTakeIn, type TakenPicture } from '../../src/pictures/take-in/take-in-picture.ts';
import { pngChunk, withChunks } from '../support/raw-pictures.ts';

const takeIn = createTakeIn();
const PLACE = 'Nullarbor-47.0371N';
const EXIF = { IFD0: { Make: PLACE }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 3/1 7/1' } };

let folder: string;
let photo: Sharp;
beforeAll(async () => {
  // Red at the top left, so that a turn shows.
  const corner = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const drawn = sharp({ create: { width: 80, height: 40, channels: 3, background: '#3377aa' } });
  const placed = drawn.composite([{ input: corner, left: 0, top: 0 }]).removeAlpha();
  photo = sharp(await placed.png().toBuffer());
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-'));
});

async function take(
  bytes: Buffer,
  { limits = GENERAL_LIMITS, maskOf }: { limits?: PictureLimits; maskOf?: TakenPicture } = {},
): Promise<TakenPicture> {
  const path = join(folder, maskOf ? 'mask' : 'given');
  await writeFile(path, bytes);
  const made = join(folder, maskOf ? 'mask-sent' : 'sent');
  return takeIn({ path, fileName: 'fox', folder: made, limits, maskOf });
}

async function pixelAt(path: string, left: number, top: number): Promise<number[]> {
  const found = sharp(path).removeAlpha().extract({ left, top, width: 1, height: 1 });
  return [...(await found.raw().toBuffer())];
}

const toBytes = {
  png: () => photo.clone().png().toBuffer(),
  jpeg: () => photo.clone().jpeg().toBuffer(),
  webp: () => photo.clone().webp().toBuffer(),
};

describe('what a picture needs', () => {
  test.each(['png', 'jpeg', 'webp'] as const)(
    'a plain %s needs nothing, and goes as it is',
    async (format) => {
      const bytes = await toBytes[format]();
      const taken = await take(bytes);
      expect(taken).toMatchObject({
        path: join(folder, 'given'),
        contentType: `image/${format}`,
        width: 80,
        height: 40,
        notes: [],
      });
    },
  );

  test.each(['png', 'jpeg', 'webp'] as const)(
    'a %s loses its place and its camera, and not a bit of its pixels',
    async (format) => {
      const marked = photo.clone().withExif(EXIF).withXmp(`<x>${PLACE}</x>`);
      const bytes = await marked.toFormat(format).toBuffer();
      expect(bytes.includes(PLACE)).toBe(true);
      const { path, contentType } = await take(bytes);
      const sent = await readFile(path);
      const { exif, xmp } = await sharp(sent).metadata();
      expect([contentType, exif, xmp]).toEqual([`image/${format}`, undefined, undefined]);
      expect(sent.includes(PLACE)).toBe(false);
      expect(await sharp(sent).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer());
      expect(await readFile(join(folder, 'given'))).toEqual(bytes);
    },
  );

  test.each([
    [3, 80, 40, [79, 39]],
    [6, 40, 80, [39, 0]],
    [8, 40, 80, [0, 79]],
  ] as const)('a photo with orientation %i is turned', async (orientation, width, height, red) => {
    const { path, ...taken } = await take(
      await photo.clone().jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer(),
    );
    expect(taken).toMatchObject({ width, height, notes: [] });
    const { orientation: left = 1, exif } = await sharp(path).metadata();
    expect([left, exif]).toEqual([1, undefined]);
    const [r = 0, , b = 255] = await pixelAt(path, red[0], red[1]);
    expect(r > 200 && b < 80).toBe(true);
  });

  test('colours of a wide profile become those of sRGB', async () => {
    const bytes = await photo.clone().withIccProfile('p3').png().toBuffer();
    expect((await sharp(bytes).metadata()).icc).toBeDefined();
    const { path } = await take(bytes);
    expect((await sharp(path).metadata()).icc).toBeUndefined();
    // Going there and back may round by one; unconverted, it would be off by sixteen.
    const [red = 0, green = 0, blue = 0] = await pixelAt(path, 60, 30);
    expect(Math.hypot(red - 0x33, green - 0x77, blue - 0xaa)).toBeLessThan(3);
  });

  test.each([
    ['gif', 'image/png'],
    ['avif', 'image/jpeg'],
    ['tiff', 'image/png'],
  ] as const)('%s, which not every model reads, becomes %s', async (format, contentType) => {
    const taken = await take(await photo.clone().toFormat(format).toBuffer());
    expect(taken).toMatchObject({ contentType, width: 80, height: 40, notes: [] });
  });

  test('a PNG of 16 bits becomes one of 8', async () => {
    const { path } = await take(await photo.clone().toColourspace('rgb16').png().toBuffer());
    expect(await sharp(path).metadata()).toMatchObject({ depth: 'uchar', format: 'png' });
  });

  test('transparency stays', async () => {
    const clear = photo.clone().ensureAlpha(0.5).withIccProfile('p3');
    const { path } = await take(await clear.webp({ lossless: true }).toBuffer());
    expect(await sharp(path).metadata()).toMatchObject({ hasAlpha: true, format: 'png' });
  });
});

describe('what moves', () => {
  test.each(['gif', 'webp'] as const)('a %s gives its first frame, with a note', async (format) => {
    const bytes = await frames().toFormat(format).toBuffer();
    const { path, notes, height } = await take(bytes);
    expect([notes, height]).toEqual([['“fox” moves: its first frame was used.'], 8]);
    expect((await sharp(path).metadata()).pages ?? 1).toBe(1);
  });

  test('a moving PNG becomes one that stands still', async () => {
    const control = pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
    const taken = await take(withChunks(await toBytes.png(), control));
    expect(taken.notes).toEqual(['“fox” moves: its first frame was used.']);
    expect(taken.contentType).toBe('image/png');
    expect((await readFile(taken.path)).includes('acTL')).toBe(false);
  });
});

describe('what is too large', () => {
  test.each([
    [{ ...GENERAL_LIMITS, side: 40 }, 40, 20],
    [{ ...GENERAL_LIMITS, pixels: 800 }, 40, 20],
  ])('within %j it is scaled, with a note', async (limits, width, height) => {
    const taken = await take(await toBytes.png(), { limits });
    expect(taken).toMatchObject({ width, height, contentType: 'image/png' });
    expect(taken.notes).toEqual([
      '“fox” was scaled from 80×40 to 40×20: a larger one is more than the model takes.',
    ]);
  });

  test('too many bytes are packed anew before anything is scaled', async () => {
    const noise = {
      width: 400,
      height: 400,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    };
    const bytes = await sharp({ create: { background: 'red', ...noise } as never })
      .png()
      .toBuffer();
    const limits = { ...GENERAL_LIMITS, bytes: Math.floor(bytes.length / 2) };
    const taken = await take(bytes, { limits });
    expect(taken).toMatchObject({ width: 400, contentType: 'image/jpeg' });
    expect(taken.bytes).toBeLessThanOrEqual(limits.bytes);
    expect(taken.notes.join()).toMatch(/^“fox” was packed from 0\.\d MB into 0\.\d MB: /u);
  });
});

describe('a mask', () => {
  const limits = { ...GENERAL_LIMITS, side: 40 };
  test('is scaled like its picture, with no word of its own', async () => {
    const maskOf = await take(await toBytes.png(), { limits });
    const taken = await take(await mask(80, 40), { limits, maskOf });
    expect(taken).toMatchObject({ width: 40, height: 20, contentType: 'image/png', notes: [] });
  });

  test('of half the size stays of half the size', async () => {
    const maskOf = await take(await toBytes.png(), { limits });
    expect(await take(await mask(40, 20), { limits, maskOf })).toMatchObject({
      width: 20,
      height: 10,
    });
  });

  test.each([
    ['as the photo is seen', 40, 80],
    ['over the rows of its file', 80, 40],
  ])('that was drawn %s goes along when the photo is turned', async (_, width, height) => {
    const turned = photo.clone().jpeg().withMetadata({ orientation: 6 });
    const maskOf = await take(await turned.toBuffer());
    expect(await take(await mask(width, height), { maskOf })).toMatchObject({
      width: 40,
      height: 80,
    });
  });

  test('goes as it is where its picture does', async () => {
    const maskOf = await take(await toBytes.png());
    expect(await take(await mask(80, 40), { maskOf })).toMatchObject({
      path: join(folder, 'mask'),
    });
  });
});

/** Three frames. */
function frames(): Sharp {
  const shades = [1, 2, 3].map((shade) => ({
    create: { width: 8, height: 8, channels: 3, background: { r: shade * 80, g: 0, b: 0 } },
  }));
  return sharp(shades as never, { join: { animated: true } });
}

function mask(width: number, height: number): Promise<Buffer> {
  const white = sharp({ create: { width, height, channels: 3, background: 'white' } });
  return white.png().toBuffer();
}
