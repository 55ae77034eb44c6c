/** Originals by their signed addresses, over real HTTP. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpServer } from '../../src/http-server.ts';
import type { OriginalFile } from '../../src/pictures/find-original.ts';
import { addOriginalRoute } from '../../src/pictures/original-route.ts';
import { createSignedAddresses, type SignedAddresses } from '../../src/pictures/signed-address.ts';
import { createManualClock } from '../support/manual-clock.ts';

const bytes = randomBytes(1000);
const clock = createManualClock();
const http = createHttpServer();
let addresses: SignedAddresses;
let origin: string;
let folder: string;
const files = new Map<string, OriginalFile>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-original-'));
  await writeFile(join(folder, 'stored'), bytes);
  const path = join(folder, 'stored');
  files.set('j.1', { path, fileName: 'a fox’s "den".png', contentType: 'image/png' });
  files.set('j.2', { path, fileName: 'page.html', contentType: 'text/html' });
  files.set('j.3', { path: join(folder, 'gone'), fileName: 'x.png', contentType: 'image/png' });
  const findOriginal = async (id: string): Promise<OriginalFile | undefined> => files.get(id);
  addOriginalRoute(http.app, {
    addresses: {
      verify: (...all) => addresses.verify(...all),
    },
    findOriginal,
  });
  origin = `http://127.0.0.1:${await http.listen('127.0.0.1', 0)}`;
  addresses = createSignedAddresses({
    publicUrl: origin,
    hasTreePage: false,
    secret: randomBytes(32),
    clock,
  });
});
afterAll(() => http.close());

const addressOf = (picture: string): string =>
  addresses.toAddress({ kind: 'original', picture }) ?? '';

test('hands out every byte, to be saved and never run or kept on the way', async () => {
  const answer = await fetch(addressOf('j.1'));
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': '1000',
    'content-disposition': `attachment; filename*=UTF-8''a%20fox%E2%80%99s%20%22den%22.png`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    'referrer-policy': 'no-referrer',
  });
});

test('a page is handed out in the same way', async () => {
  const answer = await fetch(addressOf('j.2'));
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/u);
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
});

test('tells its size without its bytes', async () => {
  const answer = await fetch(addressOf('j.1'), { method: 'HEAD' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-length')).toBe('1000');
  expect(await answer.text()).toBe('');
});

test.each([
  ['bytes=0-99', 206, 'bytes 0-99/1000', [0, 100]],
  ['bytes=900-', 206, 'bytes 900-999/1000', [900, 1000]],
  ['bytes=-50', 206, 'bytes 950-999/1000', [950, 1000]],
  ['bytes=1000-', 416, 'bytes */1000', [0, 0]],
])('hands out the part %s', async (range, status, contentRange, [from, to]) => {
  const answer = await fetch(addressOf('j.1'), { headers: { range } });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-range')).toBe(contentRange);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes.subarray(from, to));
});

test.each([
  ['changed', (address: string) => address.replace('j.1', 'j.2')],
  ['cut', (address: string) => address.slice(0, -3)],
  ['bare', (address: string) => address.split('?')[0] ?? ''],
  ['of nothing that exists', (address: string) => address.replace('j.1', 'j.9')],
  ['of a path', (address: string) => address.replace('j.1', '..%2Fsecret')],
])('an address that is %s opens nothing, and says no more than that', async (_, change) => {
  const answer = await fetch(change(addressOf('j.1')));
  expect(answer.status).toBe(403);
  expect(await answer.text()).toBe(
    'This link is not one that Easel gave out. Ask for a new one where the picture is.',
  );
});

test.each(['j.3', 'j.4'])('what is no longer there is said so: %s', async (picture) => {
  const answer = await fetch(addressOf(picture));
  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe('This file is gone.');
});

test('nobody may send anything there', async () => {
  expect((await fetch(addressOf('j.1'), { method: 'POST', body: 'x' })).status).toBe(404);
});

test('works under whatever host name a proxy passes on', async () => {
  const { pathname, search, port } = new URL(addressOf('j.1'));
  const status = await new Promise((resolve, reject) => {
    const headers = { host: 'easel.example' };
    httpRequest({ port, path: `${pathname}${search}`, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(200);
});

test('has ended after some days', async () => {
  const address = addressOf('j.1');
  await clock.advance(8 * 24 * 60 * 60 * 1000);
  const answer = await fetch(address);
  expect(answer.status).toBe(403);
  expect(await answer.text()).toBe('This link has ended. Ask for a new one where the picture is.');
  await rm(folder, { recursive: true });
});
