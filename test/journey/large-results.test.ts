/** Four 4K pictures of more than 20 MB each, in a place that takes 10 MiB a file. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { waitFor } from '../support/chats/chat.ts';
import { startDiscordChat, type DiscordChat } from '../support/chats/discord-chat.ts';
import { makeLargePictures, servePictures } from '../support/large-pictures.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';

const COUNT = 4;
const MEBIBYTE = 1024 * 1024;
const PUBLIC_URL = 'https://easel.example';

let pictures: readonly Buffer[];
let host: ScriptedServer;
let world: World<DiscordChat>;

beforeAll(async () => {
  pictures = await makeLargePictures(COUNT);
  host = await servePictures(pictures);
  const env: Record<string, string> = { PUBLIC_URL };
  world = await startWorld(await startDiscordChat(), {
    pace: HURRIED_PACE,
    env,
    prepare(sandbox) {
      sandbox.faults.add({ kind: 'file-redirect', times: COUNT, to: `${host.url}/picture.png` });
      env['FAL_FILE_HOSTS'] = `${sandbox.fileHost},${host.host}`;
    },
  });
  await world.chat.ask(`four foxes --model qwen-image --n ${COUNT}`);
  await waitFor('the last word', () => world.chat.newestStatus().includes('Done'), 60_000);
}, 120_000);
afterAll(async () => {
  await world.close();
  await host[Symbol.asyncDispose]();
});

/** The links under the result, led to where Easel listens now, as a proxy would. */
async function links(): Promise<readonly string[]> {
  const texts = (await world.chat.deliveries()).map(({ text }) => text).join('\n');
  const found = texts.matchAll(/\[Original \d\]\((https:\/\/easel\.example\/p\/[^)]+)\)/gu);
  return Array.from(found, ([, address = '']) => address.replace(PUBLIC_URL, world.easel.url));
}

/** For each link, the number of the picture whose very bytes it hands out. */
async function openLinks(): Promise<readonly number[]> {
  const found: number[] = [];
  for (const address of await links()) {
    const bytes = Buffer.from(await (await fetch(address)).arrayBuffer());
    found.push(pictures.findIndex((picture) => picture.equals(bytes)));
  }
  return found;
}

test('the pictures are as large as is claimed', async () => {
  for (const picture of pictures) {
    expect(picture.length).toBeGreaterThan(20_000_000);
    expect(await sharp(picture).metadata()).toMatchObject({ width: 3840, height: 2160 });
  }
});

test('each is delivered once, in all its pixels, in nearly as many bytes as the place takes', async () => {
  const deliveries = await world.chat.deliveries();
  expect(deliveries.map(({ files }) => files.length)).toEqual([2, 2]);
  for (const { bytes } of deliveries.flatMap(({ files }) => files)) {
    expect(bytes.length).toBeLessThanOrEqual(10 * MEBIBYTE);
    expect(bytes.length).toBeGreaterThan(8 * MEBIBYTE);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 3840, height: 2160 });
  }
  expect(world.chat.problems()).toEqual([]);
});

test('one note tells of all four, and links to each original', async () => {
  const texts = (await world.chat.deliveries()).map(({ text }) => text).join('\n');
  expect(texts.match(/made lighter/gu)).toHaveLength(1);
  const megabytes = pictures.reduce((sum, { length }) => sum + length, 0) / 1_000_000;
  expect(texts).toContain(
    `4 pictures were made lighter to fit here: the originals (${megabytes.toFixed(1)} MB) are kept.`,
  );
});

test('every original is there byte for byte', async () => {
  expect(await openLinks()).toEqual([0, 1, 2, 3]);
});

test('after a restart it still is, also beside a web chat that asks who comes in', async () => {
  await world.easel.stop();
  const env = { PUBLIC_URL, WEB_CHAT: 'on', WEB_LOGIN_TOKEN: '0123456789abcdef' };
  await world.restart(env);
  expect(await openLinks()).toEqual([0, 1, 2, 3]);
  const page = await fetch(`${world.easel.url}/`, { redirect: 'manual' });
  expect(page.status).toBe(303);
});

test('nobody gets at another file by changing a link', async () => {
  const [first = ''] = await links();
  const changed = first.replace(/\.1\/original/u, '.2/original');
  expect(changed).not.toBe(first);
  expect((await fetch(changed)).status).toBe(403);
});
