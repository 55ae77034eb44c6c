import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { inspectPicture, toAltText, toFileName } from '../../src/media.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-'));
});

async function write(name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
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

test.each([
  ['A lighthouse in fog', 'ab12-1', 'png', 'a-lighthouse-in-fog-ab12-1.png'],
  ['Crème brûlée!', 'ab12-2', 'jpg', 'creme-brulee-ab12-2.jpg'],
  ['../../etc/passwd', 'ab12-1', 'png', 'etc-passwd-ab12-1.png'],
  ['灯台', 'ab12-3', 'webp', 'ab12-3.webp'],
  ['', 'ab12-1', 'png', 'ab12-1.png'],
  ['a\u0000b\nc', 'ab12-1', 'png', 'a-b-c-ab12-1.png'],
])('“%s” names file %s.%s', (prompt, mark, extension, name) => {
  expect(toFileName(prompt, mark, extension)).toBe(name);
});

test('a long prompt makes a name of at most 100 characters', () => {
  const name = toFileName('word '.repeat(500), 'b0f13c9e-4', 'webp');
  expect(name.length).toBeLessThanOrEqual(100);
  expect(name).toMatch(/^[a-z0-9-]+[a-z0-9]-b0f13c9e-4\.webp$/u);
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
