import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { isBlack } from '../../src/is-black.ts';
import { fitPicture } from '../../src/pictures/fit/fit-picture.ts';
import { rasteriseSvg } from '../../src/rasterise-svg.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-look-'));
});

async function write(name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const plain = (background: string, side = 300) =>
  sharp({ create: { width: side, height: side, channels: 3, background } });

describe('a picture is black', () => {
  test.each([
    ['as PNG', plain('#000').png()],
    ['as JPEG, whose black is not quite 0', plain('#020202').jpeg({ quality: 40 })],
    ['as WebP', plain('#000').webp()],
    ['in greys', plain('#000').toColourspace('b-w').png()],
    ['in 16 bits', plain('#000').toColourspace('rgb16').png()],
    ['with an alpha channel', plain('#000').ensureAlpha().png()],
  ])('%s', async (_, picture) => {
    expect(await isBlack(await write('x', await picture.toBuffer()))).toBe(true);
  });

  test.each([
    ['white', plain('#fff').png()],
    ['very dark blue', plain('#000014').png()],
    ['dark grey', plain('#101010').jpeg()],
    ['dark grey in 16 bits', plain('#202020').toColourspace('rgb16').png()],
    [
      'black but for one pixel of four million',
      plain('#000', 2048)
        .composite([
          {
            input: { create: { width: 1, height: 1, channels: 3, background: '#fff' } },
            left: 1001,
            top: 777,
          },
        ])
        .png(),
    ],
  ])('%s is not', async (_, picture) => {
    expect(await isBlack(await write('x', await picture.toBuffer()))).toBe(false);
  });

  test('is not known of what is no picture', async () => {
    expect(await isBlack(await write('x', 'no picture'))).toBeUndefined();
  });
});

const SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const square = (inside: string, more = '') =>
  `<svg ${SVG} ${more} width="64" height="64">${inside}</svg>`;

const rasterise = async (svg: string) => {
  const to = join(folder, 'x.png');
  return (await rasteriseSvg(await write('x.svg', svg), to)) ? sharp(to).metadata() : undefined;
};

describe('an SVG becomes a PNG', () => {
  test.each([
    ['a small one, larger', square('<rect width="9" height="9"/>'), 1024, 1024],
    [
      'one of its own size',
      `<svg ${SVG} width="1500" height="750"><rect width="9" height="9"/></svg>`,
      1500,
      750,
    ],
    [
      'a poster, smaller',
      `<svg ${SVG} width="30000" height="15000"><rect width="9" height="9"/></svg>`,
      2048,
      1024,
    ],
    [
      'one that has no size but a box',
      `<svg ${SVG} viewBox="0 0 24 12"><rect width="9" height="9"/></svg>`,
      1024,
      512,
    ],
  ])('%s', async (_, svg, width, height) => {
    expect(await rasterise(svg)).toMatchObject({ format: 'png', width, height });
  });

  test.each([
    ['torn', `<svg ${SVG} width="9" height="9"><rect`],
    ['without any size', `<svg ${SVG}></svg>`],
    ['absurdly wide', `<svg ${SVG} width="10000000" height="1"><rect width="9" height="9"/></svg>`],
    ['an entity bomb', entityBomb()],
    ['far too large', square(`<!-- ${'x'.repeat(6_000_000)} --><rect width="9" height="9"/>`)],
  ])('not one that is %s', async (_, svg) => {
    expect(await rasterise(svg)).toBeUndefined();
  });
});

function entityBomb(): string {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  const entities = names.slice(1).map((name, at) => {
    return `<!ENTITY ${name} "${`&${names[at]};`.repeat(10)}">`;
  });
  return `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${entities.join('')}]>${square('<text>&i;</text>')}`;
}

const countRed = async (input: string | Buffer) => {
  const { data } = await sharp(input)
    .flatten({ background: '#fff' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  let red = 0;
  for (let at = 0; at < data.length; at += 3) if (data[at]! > 200 && data[at + 1]! < 90) red += 1;
  return red;
};

describe('a hostile SVG sees nothing of this machine', () => {
  // Red wherever something from outside was drawn: each of these is red when read by its path.
  const hostile: readonly (readonly [string, (place: string) => string])[] = [
    [
      'an absolute address',
      (place) => square(`<image href="file://${place}/red.png" width="64" height="64"/>`),
    ],
    ['a neighbour’s name', () => square('<image href="red.png" width="64" height="64"/>')],
    [
      'the older kind of link',
      () => square('<image xlink:href="red.png" width="64" height="64"/>'),
    ],
    [
      'a style sheet',
      () =>
        square('<style>@import url("red.css");</style><rect width="64" height="64" fill="blue"/>'),
    ],
    [
      'a filter',
      () =>
        square(
          '<filter id="f"><feImage href="red.png"/></filter><rect width="64" height="64" filter="url(#f)"/>',
        ),
    ],
    [
      'an inclusion of text',
      () =>
        square(
          '<text y="60" font-size="90" fill="red"><xi:include href="red.txt" parse="text"/></text>',
          'xmlns:xi="http://www.w3.org/2001/XInclude"',
        ),
    ],
    [
      'an entity',
      (place) =>
        `<!DOCTYPE svg [<!ENTITY x SYSTEM "file://${place}/red.txt">]>${square('<text y="60" font-size="90" fill="red">&x;</text>')}`,
    ],
  ];
  beforeEach(async () => {
    await write('red.png', await plain('#f00', 64).png().toBuffer());
    await write('red.css', 'rect { fill: #f00 }');
    await write('red.txt', 'SECRET');
  });

  test.each(hostile)('by %s', async (_, make) => {
    const path = await write('x.svg', make(folder));
    const to = join(folder, 'x.png');
    expect((await rasteriseSvg(path, to)) ? await countRed(to) : 0).toBe(0);
  });

  test.each(hostile.slice(0, 5))(
    'and the trap works: by %s and by its path, it is red',
    async (_, make) => {
      expect(await countRed(await write('x.svg', make(folder)))).toBeGreaterThan(1000);
    },
  );

  test('not even when it is made smaller', async () => {
    const path = await write('x.svg', square('<image href="red.png" width="64" height="64"/>'));
    const file = { path, contentType: 'image/svg+xml', bytes: 200_000 };
    expect(await countRed((await fitPicture(file, 100_000)).path)).toBe(0);
  });
});
