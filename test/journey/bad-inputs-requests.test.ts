/** Malformed and forged requests to the web chat: a clear status and a sentence, nothing started. */
import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { badAddresses, badRedirects } from '../support/bad-addresses.ts';
import { BAD_FILES, BAD_NAMES } from '../support/bad-files.ts';
import {
  BAD_INTERACTIONS,
  BAD_REQUESTS,
  BAD_SLACK_REQUESTS,
  type BadRequest,
} from '../support/bad-requests.ts';
import { BAD_OPTIONS, BAD_WORDS } from '../support/bad-words.ts';
import { waitFor } from '../support/chats/chat.ts';
import { expectPlainWords, expectUnharmed, remember, type Before } from '../support/unharmed.ts';
import { CHATS, HURRIED_PACE, startWorld, type World } from '../support/world.ts';

let world: World;
let before: Before;
beforeAll(async () => {
  world = await startWorld(await CHATS.web(), { pace: HURRIED_PACE });
  before = remember(world);
});
afterAll(() => world.close());

test('all the lists together hold more than 200 bad inputs', () => {
  const lists = [BAD_WORDS, BAD_OPTIONS, BAD_FILES, BAD_NAMES, BAD_REQUESTS, BAD_SLACK_REQUESTS];
  const addresses = [...badAddresses('127.0.0.1:1'), ...badRedirects('127.0.0.1:1', '')];
  const inputs = [...lists.flat(), ...BAD_INTERACTIONS, ...addresses];
  expect(new Set(inputs.map((input) => JSON.stringify(input))).size).toBeGreaterThan(200);
});

test.each(BAD_REQUESTS)('$when is answered with $status', async (bad) => {
  const answer = await ask(bad);
  expect(answer.status).toBe(bad.status);
  expectPlainWords(answer.text);
  expect(answer.text).not.toMatch(/root:|easel_person|import \{/u);
});

test('a body that never ends is cut off', async () => {
  const body = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(1 << 22)) });
  const answer = await fetch(`${world.easel.url}/web/messages`, {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { origin: world.easel.url, 'content-type': 'multipart/form-data; boundary=x' },
  });
  expect(answer.status).toBe(413);
});

test.each([
  ['cancel', 'nothing', 'There is nothing of yours to stop here.'],
  ['cancel', '../../x', 'There is nothing of yours to stop here.'],
  ['retry', 'nothing', 'There is nothing of yours to stop here.'],
  ['imagine', 'x', 'has no option “job”'],
])('a press of %s for %s is answered with a note', async (command, job, says) => {
  const told = world.chat.privateTexts().length;
  const body = new URLSearchParams({ command, job, message: 'none' }).toString();
  const answer = await ask({ ...BAD_FORM, path: '/web/press', body });
  expect(answer.status).toBe(303);
  expect(await waitFor('a note', () => world.chat.privateTexts()[told])).toContain(says);
});

test('all of that started nothing and harmed nothing', async () => {
  await expectUnharmed(world, before);
  expect(world.chat.statusCount()).toBe(0);
});

test('a picture under way is stopped by nobody but the person who asked for it', async () => {
  const { chat, sandbox } = world;
  sandbox.setPace({ positions: 90, waitMs: 5000 });
  await chat.ask('a slow snail');
  await waitFor('a place in line', () => chat.newestStatus().includes('in line'));
  const page = await (await fetch(world.easel.url)).text();
  const [, job = ''] = /name="job" value="([^"]+)"/u.exec(page) ?? [];
  const told = chat.privateTexts().length;
  const body = new URLSearchParams({ command: 'cancel', job, message: 'none' }).toString();
  const stranger = { cookie: `easel_person=${randomUUID()}` };
  await ask({
    ...BAD_FORM,
    path: '/web/press',
    body,
    headers: { ...BAD_FORM.headers, ...stranger },
  });
  expect(await waitFor('a note', () => chat.privateTexts()[told])).toContain('Only the person');
  expect(sandbox.journal.cancels).toEqual([]);
  await expectUnharmed(world, before, { submits: 1 });
});

const BAD_FORM = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
} as const;

/** Below `fetch`, which would mend paths and refuse header names such as `host`. */
function ask({
  path,
  method = 'GET',
  headers = {},
  body = '',
}: Omit<BadRequest, 'when' | 'status'>): Promise<{ status: number; text: string }> {
  const { hostname, port, origin } = new URL(world.easel.url);
  const given = { origin, 'content-length': String(Buffer.byteLength(body)), ...headers };
  const sent = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers: sent });
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: text || '-' }));
    });
    request.on('error', reject);
    request.end(body);
  });
}
