/** From a chat to the family tree in a browser: the link in Details, followed by whoever was given it. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSignedAddresses } from '../../src/pictures/signed-address.ts';
import { openAddressSecret } from '../../src/pictures/address-secret.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startDiscordChat, type DiscordChat } from '../support/chats/discord-chat.ts';
import { waitFor } from '../support/chats/chat.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { arrowsIn } from '../support/web-visitor.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';

const PUBLIC_URL = 'https://easel.example';
/** A login, so that nothing but the signature can be what opens the page. */
const ENV = { PUBLIC_URL, WEB_CHAT: 'on', WEB_LOGIN_TOKEN: '0123456789abcdef' };
const NO_CHAT = { PUBLIC_URL, WEB_CHAT: 'off' };
const HIDDEN = 'a secret of another channel';

let world: World<DiscordChat>;
/** As Details gave it, without the host. */
let link: string;
/** The first picture, and what it became. */
let root: string;
let edited: string;

/** As a proxy would lead it on. */
const get = (path: string, init?: RequestInit) => fetch(`${world.easel.url}${path}`, init);
const read = async (path: string) => (await get(path)).text();
const linksIn = (page: string): readonly string[] =>
  Array.from(page.matchAll(/(?:href|src)="([^"]+)"/gu), ([, address = '']) =>
    address.replaceAll('&amp;', '&'),
  );
const detailsSoFar = () => world.chat.privateTexts().filter((text) => text.includes('Model:'));

async function pressDetails(): Promise<string> {
  const before = detailsSoFar().length;
  await world.chat.press('Details');
  return waitFor('the details', () => detailsSoFar()[before]);
}

function findLink(details: string): string | undefined {
  const [, address] =
    /\[Family tree\]\(<?(https:\/\/easel\.example\/p\/[^)>]+)/u.exec(details) ?? [];
  return address?.replace(PUBLIC_URL, '');
}

async function waitForDeliveries(count: number): Promise<void> {
  await waitFor('the picture', async () => (await world.chat.deliveries()).length === count);
  await waitFor('the last word', () => world.chat.newestStatus().includes('Done'));
}

beforeAll(async () => {
  world = await startWorld(await startDiscordChat(), { pace: HURRIED_PACE, env: ENV });
  await world.chat.ask('a lighthouse in fog');
  await waitForDeliveries(1);
  await world.chat.reply(await world.chat.newestResult(), 'make it night');
  await waitForDeliveries(2);
  link = findLink(await pressDetails()) ?? '';
  edited = /^\/p\/([^/]+)\/tree/u.exec(link)?.[1] ?? '';
  await world.easel.stop();
  root = await addRelatives();
  await world.restart(ENV);
}, 60_000);
afterAll(() => world?.close());

/** What else came from the first picture: elsewhere, marked, and deleted. */
async function addRelatives(): Promise<string> {
  const store = await openStore({ folder: world.easel.dataFolder });
  const [parent = ''] = (await store.pictures.read(edited))!.parents;
  const known = (await store.pictures.read(parent))!;
  const add = (job: string, change: Partial<typeof known>) =>
    store.pictures.add([
      { ...known, id: `${job}.1`, job, sha256: job, parents: [parent], prompt: job, ...change },
    ]);
  const person = { id: 'somebody', name: 'Bob Elsewhere' };
  const { place } = known;
  await add('elsewhere', { place: { ...place, channel: 'other' }, person, prompt: HIDDEN });
  await add('foreign', { place: { ...place, tenant: 'other' }, person, prompt: HIDDEN });
  await add('marked', { isSpoiler: true, altText: 'what nobody asked to see' });
  await add('gone', {});
  await store.pictures.change('gone.1', { deletedAt: new Date() });
  await store.close();
  return parent;
}

describe('the page', () => {
  test('opens by the link alone: no login, no cookie, no script', async () => {
    const answer = await get(link);
    expect(answer.status).toBe(200);
    const page = await answer.text();
    expect(page).toContain('<title>make it night · Easel</title>');
    expect(page).toContain('a lighthouse in fog');
    expect(page).toContain('nano-banana-pro');
    expect(page).not.toMatch(/<script|<form|<button|<input|hx-/u);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await get('/', { redirect: 'manual' })).status).toBe(303);
  });

  test('has the headers of the web chat’s pages, and is for nobody’s list', async () => {
    const [page, login] = [await get(link), await get('/web/login')];
    for (const name of ['content-security-policy', 'x-frame-options', 'x-content-type-options']) {
      expect(page.headers.get(name)).toBe(login.headers.get(name));
    }
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'cache-control': 'private, no-store',
    });
  });

  test('shows how the pictures came from each other, as far as their channel may see them', async () => {
    const page = await read(link);
    expect(arrowsIn({ body: page, status: 200, headers: new Headers() })).toEqual(
      [edited, 'gone.1', 'marked.1'].map((id) => `${root}>${id}`).sort(),
    );
    expect(page).not.toContain(HIDDEN);
    expect(page).not.toMatch(/elsewhere|foreign|Bob/u);
  });

  test('names nobody', async () => {
    const [, name = ''] = /Asked by \*\*(.+?)\*\*/u.exec(detailsSoFar()[0] ?? '') ?? [];
    expect(name).toMatch(/\w{2}/u);
    expect(await read(link)).not.toContain(name);
  });

  test('keeps the place of a deleted and of a marked one, without the picture', async () => {
    const page = await read(link);
    expect(page).toContain('<span>Deleted</span>');
    expect(page).toContain('<span>Hidden</span>');
    expect(page).not.toContain('what nobody asked to see');
    expect(linksIn(page).filter((address) => /\/(?:gone|marked)\.1\//u.test(address))).toEqual([]);
  });

  test('leads only to what it shows, by addresses of their own, and all of it comes', async () => {
    const addresses = linksIn(await read(link)).filter((address) => address !== '#steps');
    for (const address of addresses) {
      expect(address).toMatch(
        /^\/p\/(?:assets\/|[\w.-]+\/(?:thumbnail|original)\?until=\d+&sign=)/u,
      );
      expect((await get(address)).status, address).toBe(200);
    }
    const small = addresses.filter((address) => address.includes('/thumbnail?'));
    expect(new Set(small.map((address) => address.split('/')[2]))).toEqual(new Set([edited, root]));
    expect(small).toHaveLength(2);
    expect((await get(small[0]!)).headers.get('content-type')).toBe('image/webp');
    expect((await get(small[0]!)).headers.get('x-robots-tag')).toBe('noindex');
  });

  test('its pictures are good for as long as it is', async () => {
    const page = await read(link);
    const ends = Array.from(page.matchAll(/until=(\d+)/gu), ([, until]) => until);
    const [, until] = /until=(\d+)/u.exec(link) ?? [];
    expect(new Set(ends)).toEqual(new Set([until]));
  });

  test('can be asked for without its words', async () => {
    const answer = await get(link, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  test('answers to the public name on these paths only, and to no foreign one', async () => {
    const asset = linksIn(await read(link)).find((address) => address.endsWith('.css'))!;
    expect(await statusUnder('easel.example', link)).toBe(200);
    expect(await statusUnder('easel.example', asset)).toBe(200);
    expect(await statusUnder('easel.example', '/web/login')).toBe(421);
    expect(await statusUnder('evil.example', link)).toBe(421);
  });
});

function statusUnder(host: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${world.easel.url}${path}`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

/** Signed as Easel would have at another time. */
async function signedAt(now: Date, picture: string): Promise<string> {
  const secret = await openAddressSecret(world.easel.dataFolder);
  const clock = createManualClock(now);
  const parts = { publicUrl: PUBLIC_URL, hasTreePage: true, secret, clock };
  const address = createSignedAddresses(parts).toAddress({ kind: 'tree', picture });
  return address?.replace(PUBLIC_URL, '') ?? '';
}

describe('another link', () => {
  test.each<[string, (address: string) => string]>([
    ['to another picture', (address) => address.replace(edited, root)],
    ['to another kind', (address) => address.replace('/tree?', '/thumbnail?')],
    ['to the original', (address) => address.replace('/tree?', '/original?')],
    ['with a later end', (address) => address.replace(/until=\d+/u, 'until=4102444800')],
    ['without its signature', (address) => address.replace(/&sign=.*/u, '')],
  ])('%s is refused', async (_, change) => {
    expect(change(link)).not.toBe(link);
    const answer = await get(change(link));
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain('lighthouse');
  });

  test('that has ended says where a new one is to be had', async () => {
    const answer = await get(await signedAt(new Date('2026-01-01T00:00:00Z'), edited));
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/u);
    const words = await answer.text();
    expect(words).toContain('This link has ended');
    expect(words).toContain('Press Details below the picture for a new one.');
    expect(words).not.toContain('lighthouse');
  });

  test.each([
    ['never was', 'never-was.1', 404],
    ['was deleted', 'gone.1', 410],
  ])('to a picture that %s says so', async (_, picture, status) => {
    expect((await get(await signedAt(new Date(), picture))).status).toBe(status);
  });
});

test('the log keeps no signature', async () => {
  const [, sign = 'none'] = /sign=([^&]+)/u.exec(link) ?? [];
  await get(link);
  expect(world.easel.output().stderr).not.toContain(sign);
});

test('where the web chat is off, Details has no such link and nothing answers to it', async () => {
  await world.easel.stop();
  await world.restart(NO_CHAT);
  expect(findLink(await pressDetails())).toBeUndefined();
  expect((await get(link)).status).toBe(404);
}, 40_000);
