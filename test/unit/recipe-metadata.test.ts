import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RecipeMetadata } from '../../src/pictures/recipe-metadata/recipe-metadata.ts';
import { readRecipe } from '../../src/pictures/recipe-metadata/read-recipe.ts';
import { spaceFor, stampRecipe } from '../../src/pictures/recipe-metadata/stamp-recipe.ts';
import { isXmpPart, toParts, type Part } from '../support/picture-parts.ts';
import { SAMPLE_RECIPE } from '../support/sample-recipe.ts';
import { JPEGS, PNGS, UNPADDED_WEBP, WEBPS } from '../support/stampable-pictures.ts';

async function stamp(bytes: Buffer, recipe: RecipeMetadata = SAMPLE_RECIPE) {
  const folder = await mkdtemp(join(tmpdir(), 'easel-'));
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  await writeFile(from, bytes);
  const isStamped = await stampRecipe({ from, to, recipe });
  return { isStamped, from, to, names: await readdir(folder) };
}

async function stampBytes(bytes: Buffer, recipe?: RecipeMetadata): Promise<Buffer> {
  const { isStamped, to } = await stamp(bytes, recipe);
  expect(isStamped).toBe(true);
  return readFile(to);
}

/** All but XMP and what must say that it is there. */
function toOthers(file: Buffer): readonly Part[] {
  return toParts(file).filter((part) => !isXmpPart(part) && part.type !== 'VP8X');
}

async function decode(bytes: Buffer) {
  const picture = sharp(bytes, { pages: -1, failOn: 'warning' });
  const { xmp: _, xmpAsString: _text, size: _size, ...facts } = await picture.clone().metadata();
  return { facts, pixels: await picture.raw().toBuffer() };
}

const ALL = [
  ...PNGS.map((picture) => ({ ...picture, kind: `a PNG, ${picture.kind}` })),
  ...JPEGS.map((picture) => ({ ...picture, kind: `a JPEG, ${picture.kind}` })),
  ...WEBPS.map((picture) => ({ ...picture, kind: `a WebP, ${picture.kind}` })),
];

describe.each(ALL)('$kind', ({ bytes }) => {
  test('gives back the recipe that was put in', async () => {
    const { isStamped, to } = await stamp(bytes);
    expect(isStamped).toBe(true);
    expect(await readRecipe(to)).toEqual(SAMPLE_RECIPE);
  });

  test('keeps every other byte of it, in order', async () => {
    const stamped = await stampBytes(bytes);
    expect(toOthers(stamped)).toEqual(toOthers(bytes));
    expect(toParts(stamped).filter(isXmpPart)).toHaveLength(1);
  });

  test('shows the same pixels and says the same of itself', async () => {
    expect(await decode(await stampBytes(bytes))).toEqual(await decode(bytes));
  });

  test('is the same when it is stamped again', async () => {
    const first = await stampBytes(bytes, { ...SAMPLE_RECIPE, prompt: 'something else' });
    const again = await stampBytes(first);
    expect(again.equals(await stampBytes(bytes))).toBe(true);
  });

  test('grows by no more than was foretold', async () => {
    const { length } = await stampBytes(bytes);
    expect(length - bytes.length).toBeLessThanOrEqual(spaceFor(SAMPLE_RECIPE));
  });

  test('is left as it was, and nothing is left beside it', async () => {
    const { from, names } = await stamp(bytes);
    expect((await readFile(from)).equals(bytes)).toBe(true);
    expect(names.toSorted()).toEqual(['from', 'to']);
  });
});

describe('where it stands', () => {
  test('in a PNG before the pixels', async () => {
    const types = toParts(await stampBytes(PNGS[0]!.bytes)).map(({ type }) => type);
    expect(types.indexOf('iTXt')).toBeLessThan(types.indexOf('IDAT'));
  });

  test('in a JPEG behind JFIF and Exif', async () => {
    const { bytes } = JPEGS.find(({ kind }) => kind === 'with JFIF and Exif')!;
    const types = toParts(await stampBytes(bytes)).map(({ type }) => type);
    expect(types.slice(0, 4)).toEqual(['e0', 'e1', 'e1', 'db']);
    expect(isXmpPart(toParts(await stampBytes(bytes))[2]!)).toBe(true);
  });

  test('in a WebP behind Exif and before what no reader knows', async () => {
    const { bytes } = WEBPS.find(({ kind }) => kind.includes('C2PA'))!;
    const types = toParts(await stampBytes(bytes)).map(({ type }) => type);
    expect(types).toEqual(['VP8X', 'VP8 ', 'EXIF', 'XMP ', 'C2PA', 'rest']);
  });
});

describe('a WebP’s header', () => {
  test.each(WEBPS)('$kind: says what is there', async ({ bytes }) => {
    const stamped = toParts(await stampBytes(bytes));
    const types = new Set(stamped.map(({ type }) => type));
    const header = stamped[0]!;
    const { hasAlpha, width, height, pages = 1 } = await sharp(bytes, { pages: -1 }).metadata();
    expect(header.type).toBe('VP8X');
    expect(toFlags(header)).toEqual({
      icc: types.has('ICCP'),
      alpha: hasAlpha,
      exif: types.has('EXIF'),
      xmp: true,
      animation: types.has('ANIM'),
      width,
      height: height / pages,
    });
  });

  test('a missing last byte is put where the next chunk needs it', async () => {
    const stamped = toParts(await stampBytes(UNPADDED_WEBP));
    expect(stamped.map(({ type }) => type)).toEqual(['VP8X', 'VP8L', 'XMP ', 'rest']);
    expect(stamped[1]!.bytes.length % 2).toBe(1);
  });
});

function toFlags({ bytes }: Part) {
  const flags = bytes[0]!;
  return {
    icc: (flags & 0x20) !== 0,
    alpha: (flags & 0x10) !== 0,
    exif: (flags & 0x08) !== 0,
    xmp: (flags & 0x04) !== 0,
    animation: (flags & 0x02) !== 0,
    width: bytes.readUIntLE(4, 3) + 1,
    height: bytes.readUIntLE(7, 3) + 1,
  };
}

const [png, jpeg, webp] = [PNGS[0]!.bytes, JPEGS[0]!.bytes, WEBPS[0]!.bytes];
const scan = toParts(jpeg).at(-1)!.bytes.length;
test.each([
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.of(0x89)],
  ['words', Buffer.from('just words')],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a GIF', await sharp(png).gif().toBuffer()],
  ['an AVIF', await sharp(png).avif().toBuffer()],
  ['a TIFF', await sharp(png).tiff().toBuffer()],
  ['the first bytes of a PNG', png.subarray(0, 8)],
  ['a PNG’s header', png.subarray(0, 33)],
  ['half a PNG', png.subarray(0, png.length / 2)],
  ['a PNG without its end', png.subarray(0, -12)],
  ['a PNG without its last byte', png.subarray(0, -1)],
  ['a PNG that begins with its pixels', Buffer.concat([png.subarray(0, 8), png.subarray(33)])],
  ['a PNG whose chunk claims 4 GiB', patch(png, 33, 'ffffffff')],
  ['the first bytes of a JPEG', jpeg.subarray(0, 2)],
  ['a JPEG cut in its tables', jpeg.subarray(0, 100)],
  ['a JPEG without a picture', Buffer.concat([jpeg.subarray(0, -scan), Buffer.of(0xff, 0xd9)])],
  ['a JPEG whose segment has no length', patch(jpeg, 4, '0001')],
  ['a JPEG with something between its segments', patch(jpeg, 4 + jpeg.readUInt16BE(4), '0000')],
  ['filling bytes without an end', Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(9000, 0xff)])],
  ['the first bytes of a WebP', webp.subarray(0, 12)],
  ['half a WebP', webp.subarray(0, webp.length / 2)],
  ['a WebP without its last byte', webp.subarray(0, -1)],
  ['a WebP whose chunk claims 4 GiB', patch(webp, 16, 'ffffffff')],
  ['a WebP that claims 4 GiB', patch(webp, 4, 'ffffffff')],
  ['a WebP without its start code', patch(webp, 23, '000000')],
  ['a WebP of no width', patch(webp, 26, '0000')],
  ['a WebP of an unknown kind', patch(webp, 12, '41424344')],
  ['a sound', patch(webp, 8, Buffer.from('WAVE').toString('hex'))],
  ['200,001 empty chunks', Buffer.concat([png.subarray(0, 33), manyChunks()])],
])('%s is refused, and nothing is written', async (_name, bytes) => {
  const { isStamped, names } = await stamp(bytes);
  expect(isStamped).toBe(false);
  expect(names).toEqual(['from']);
});

function patch(bytes: Buffer, at: number, hex: string): Buffer {
  const patched = Buffer.from(bytes);
  patched.write(hex, at, 'hex');
  return patched;
}

/** Without checksums, at which nobody looks before. */
function manyChunks(): Buffer {
  return Buffer.alloc(200_001 * 12, Buffer.from('000000007445587400000000', 'hex'));
}

test('a copy that cannot be written leaves nothing behind', async () => {
  const { from } = await stamp(PNGS[0]!.bytes);
  const to = join(from, 'below-a-file');
  await expect(stampRecipe({ from, to, recipe: SAMPLE_RECIPE })).rejects.toThrow('ENOTDIR');
});
