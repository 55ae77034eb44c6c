import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { fitPicture, inspectPicture, toAltText, toFileName } from '../../src/media.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-'));
});

async function write(name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Noise does not compress, so that a small picture makes a large file. */
async function writeNoise(name: string, channels: 3 | 4) {
  const side = 600;
  const raw = randomBytes(side * side * channels);
  const path = join(folder, name);
  await sharp(raw, { raw: { width: side, height: side, channels } })
    .png()
    .toFile(path);
  return { path, contentType: 'image/png', bytes: (await stat(path)).size };
}

describe('a picture’s facts', () => {
  test.each(['png', 'jpeg', 'webp'] as const)(
    '%s is told by its bytes, whatever its name',
    async (format) => {
      const bytes = await sharp({
        create: { width: 40, height: 30, channels: 3, background: 'red' },
      })
        .toFormat(format)
        .toBuffer();
      expect(await inspectPicture(await write('claims-to-be.gif', bytes))).toEqual({
        contentType: `image/${format}`,
        extension: format === 'jpeg' ? 'jpg' : format,
        width: 40,
        height: 30,
      });
    },
  );

  test.each([
    ['nothing', ''],
    ['words', 'just words'],
    ['a page', '<!doctype html><title>Sign in</title>'],
    ['a torn picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a sound', Buffer.from('ID3\u0004\0\0\0\0\0\0')],
  ])('%s is no picture', async (_name, content) => {
    expect(await inspectPicture(await write('x.png', content))).toBeUndefined();
  });

  test('a picture that claims absurdly many pixels is refused without being unpacked', async () => {
    const bomb =
      '<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"><rect width="1" height="1"/></svg>';
    expect(await inspectPicture(await write('bomb.svg', bomb))).toBeUndefined();
  });
});

describe('making a file fit', () => {
  test('a file that fits is left as it is', async () => {
    const file = await writeNoise('fits.png', 3);
    expect(await fitPicture(file, file.bytes)).toBe(file);
  });

  test.each([
    [3, 'image/jpeg', 'jpeg'],
    [4, 'image/webp', 'webp'],
  ] as const)(
    '%i channels become %s, within the limit and beside the original',
    async (channels, type, ending) => {
      const file = await writeNoise(`large-${channels}.png`, channels);
      const limit = Math.floor(file.bytes / 6);
      const fitting = await fitPicture(file, limit);
      expect(fitting).toMatchObject({ contentType: type, bytes: (await stat(fitting.path)).size });
      expect(fitting.bytes).toBeLessThanOrEqual(limit);
      expect(basename(fitting.path)).toBe(`large-${channels}.fit.${ending}`);
      expect(await inspectPicture(fitting.path)).toMatchObject({ contentType: type });
      expect((await stat(file.path)).size).toBe(file.bytes);
    },
  );

  test('what cannot be made small enough is said so', async () => {
    const file = await writeNoise('stubborn.png', 3);
    await expect(fitPicture(file, 100)).rejects.toThrow(UpstreamError);
    const words = { path: await write('words.bin', 'words'), contentType: 'x', bytes: 5 };
    await expect(fitPicture(words, 4)).rejects.toThrow('too large to be posted');
  });
});

test.each([
  ['A lighthouse in fog', 1, 'png', 'a-lighthouse-in-fog-1.png'],
  ['Crème brûlée!', 2, 'jpg', 'creme-brulee-2.jpg'],
  ['../../etc/passwd', 1, 'png', 'etc-passwd-1.png'],
  ['灯台', 3, 'webp', 'picture-3.webp'],
  ['', 1, 'png', 'picture-1.png'],
  ['a\u0000b\nc', 1, 'png', 'a-b-c-1.png'],
])('“%s” names file %i.%s', (prompt, number, extension, name) => {
  expect(toFileName(prompt, number, extension)).toBe(name);
});

test('a long prompt makes a name of at most 100 characters', () => {
  const name = toFileName('word '.repeat(500), 4, 'webp');
  expect(name.length).toBeLessThanOrEqual(100);
  expect(name).toMatch(/^[a-z0-9-]+[a-z0-9]-4\.webp$/u);
});

test.each<[Parameters<typeof toAltText>, string]>([
  [['a lighthouse', undefined, 1, 1], 'a lighthouse'],
  [['a lighthouse', 'White tower in fog', 2, 4], 'Picture 2 of 4: White tower in fog'],
  [['two\nlines\u0007', undefined, 1, 1], 'two lines'],
  [[' ', undefined, 1, 1], 'A generated picture'],
])('the alternative text for %j is “%s”', (of, text) => {
  expect(toAltText(...of)).toBe(text);
});

test('a long alternative text is cut between characters, not inside one', () => {
  const text = toAltText(`x${'😀'.repeat(600)}`, undefined, 1, 1);
  expect(text.length).toBeLessThanOrEqual(1000);
  expect(text.isWellFormed()).toBe(true);
  expect(text.endsWith('😀…')).toBe(true);
});
