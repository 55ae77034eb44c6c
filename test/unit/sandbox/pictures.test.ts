import sharp from 'sharp';
import { expect, test } from 'vitest';
import { renderPicture } from '../../../src/fal/sandbox/pictures/picture.ts';
import { EDIT, NANO, QWEN, start } from './start.ts';

const PROMPT = 'a lighthouse in fog';
const fetchPicture = async (url: string) => {
  const response = await fetch(url);
  const bytes = Buffer.from(await response.arrayBuffer());
  return { type: response.headers.get('content-type'), bytes, ...(await sharp(bytes).metadata()) };
};

test.each([
  [QWEN, { image_size: 'square_hd' }, 1024, 1024, 'png'],
  [QWEN, { image_size: 'square' }, 512, 512, 'png'],
  [QWEN, { image_size: 'portrait_4_3' }, 768, 1024, 'png'],
  [QWEN, { image_size: 'portrait_16_9' }, 576, 1024, 'png'],
  [QWEN, {}, 1024, 768, 'png'],
  [QWEN, { image_size: 'landscape_16_9', output_format: 'jpeg' }, 1024, 576, 'jpeg'],
  [QWEN, { image_size: { width: 333, height: 77 } }, 333, 77, 'png'],
  [QWEN, { image_size: { width: 2000 } }, 2000, 512, 'png'],
  [NANO, {}, 1024, 1024, 'png'],
  [NANO, { aspect_ratio: '16:9', output_format: 'webp' }, 1376, 768, 'webp'],
  [NANO, { aspect_ratio: '2:3', resolution: '2K', output_format: 'jpeg' }, 1696, 2528, 'jpeg'],
])('%s with %j gives %i × %i in %s', async (...[endpoint, input, width, height, format]) => {
  const { complete } = await start({ positions: 0, runMs: 1 });
  const { body } = await complete({ prompt: PROMPT, ...input }, endpoint);
  const picture = await fetchPicture(body.images[0].url);
  expect(picture).toMatchObject({ width, height, format, type: `image/${format}` });
  expect(body.images[0].content_type).toBe(`image/${format}`);
});

test('nano-banana tells no sizes but a description, as on the wire', async () => {
  const { complete } = await start({ positions: 0, runMs: 1 });
  const { body } = await complete({ prompt: PROMPT }, NANO);
  expect(Object.keys(body)).toEqual(['images', 'description']);
  expect(Object.keys(body.images[0])).toEqual(['url', 'content_type', 'file_name']);
});

const size = { width: 320, height: 200 };
const wish = {
  prompt: PROMPT,
  seed: 1,
  size,
  format: 'png',
  sources: [],
  isBlackedOut: false,
} as const;

test('the same prompt and seed give the same bytes; another seed or prompt gives others', async () => {
  const [one, same, seed, prompt] = await Promise.all([
    renderPicture(wish),
    renderPicture(wish),
    renderPicture({ ...wish, seed: 2 }),
    renderPicture({ ...wish, prompt: 'a cabin at night' }),
  ]);
  expect(one.equals(same)).toBe(true);
  expect(one.equals(seed)).toBe(false);
  expect(one.equals(prompt)).toBe(false);
});

test('several pictures are the following seeds’', async () => {
  const { complete } = await start({ positions: 0, runMs: 1 });
  const ask = async (input: object) => {
    const { body } = await complete({ prompt: PROMPT, image_size: size, ...input });
    return Promise.all(body.images.map(async ({ url }) => (await fetchPicture(url)).bytes));
  };
  const [both, second] = [await ask({ seed: 4, num_images: 2 }), await ask({ seed: 5 })];
  expect(both).toHaveLength(2);
  expect(both[1]!.equals(second[0]!)).toBe(true);
});

/** How many white pixels there are where the caption stands. */
const bright = async (prompt: string) => {
  const picture = await renderPicture({ ...wish, size: { width: 640, height: 480 }, prompt });
  const caption = { left: 0, top: 430, width: 640, height: 50 };
  const pixels = await sharp(picture).extract(caption).greyscale().raw().toBuffer();
  return pixels.filter((value) => value > 225).length;
};

test('the words are in the picture: a longer prompt brightens more of the caption’s place', async () => {
  expect(await bright('MMMMMMMM MMMMMMMM night')).toBeGreaterThan((await bright('. night')) + 400);
});

test.each(['<b>&lt;</b> & "quotes"', '\u0000\u0007', '', '🦊 '.repeat(500), '<span foreground="x'])(
  'the prompt %j is only words',
  async (prompt) => {
    expect((await sharp(await renderPicture({ ...wish, prompt })).metadata()).width).toBe(320);
  },
);

test.each([
  { width: 1, height: 1 },
  { width: 14_142, height: 1 },
  { width: 97, height: 3000 },
])('a picture of %j can be made and edited', async (size) => {
  const first = await renderPicture({ ...wish, size });
  const edited = await renderPicture({ ...wish, size, sources: [first, first] });
  expect(await sharp(edited).metadata()).toMatchObject(size);
});

const shrink = (bytes: Buffer) =>
  sharp(bytes).resize(24, 16, { fit: 'fill' }).greyscale().raw().toBuffer();

test('an edit takes the nearest ratio, changes the picture, and keeps it recognisable', async () => {
  const { complete, fal, sandbox } = await start({ positions: 0, runMs: 1 });
  const original = await renderPicture({ ...wish, size: { width: 600, height: 400 } });
  const url = await fal.storage.upload(new Blob([new Uint8Array(original)], { type: 'image/png' }));
  const { body } = await complete({ prompt: 'make it grey', image_urls: [url], seed: 1 }, EDIT);
  const edited = await fetchPicture(body.images[0].url);
  expect(edited).toMatchObject({ width: 1264, height: 848 });
  const [before, after] = await Promise.all([shrink(original), shrink(edited.bytes)]);
  const difference =
    before.reduce((sum, value, index) => sum + Math.abs(value - after[index]!), 0) / before.length;
  expect(difference).toBeGreaterThan(5);
  expect(difference).toBeLessThan(60);
  expect(sandbox.journal.uploads).toMatchObject([
    { url, contentType: 'image/png', size: original.length },
  ]);
});

test('sync_mode answers with the picture itself', async () => {
  const { complete } = await start({ positions: 0, runMs: 1 });
  const { body } = await complete({ prompt: PROMPT, sync_mode: true, image_size: size });
  expect(body.images[0].url).toMatch(/^data:image\/png;base64,iVBOR/u);
});
