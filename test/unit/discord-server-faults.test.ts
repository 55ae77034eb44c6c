import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDiscordServer, type DiscordServer } from '../support/discord/discord-server.ts';
import { callApi } from '../support/discord/test-client.ts';

let server: DiscordServer;

beforeEach(async () => {
  server = await startDiscordServer();
});

afterEach(() => server.close());

function send(body: unknown) {
  return callApi(server, { method: 'POST', path: `/channels/${server.channelId}/messages`, body });
}

const body = { content: 'x', nonce: 'n', enforce_nonce: true };

test('a lost answer leaves the message behind', async () => {
  server.fail({ method: 'POST', path: /\/messages$/, dropConnection: 'after' });
  await expect(send(body)).rejects.toThrow('fetch failed');
  expect(server.messages(server.channelId)).toHaveLength(1);
  expect((await send(body)).body['id']).toBe(server.messages(server.channelId)[0]?.id);
});

test('a connection lost before leaves nothing behind', async () => {
  server.fail({ path: /\/messages$/, dropConnection: 'before' });
  await expect(send(body)).rejects.toThrow('fetch failed');
  expect(server.messages(server.channelId)).toEqual([]);
  expect(server.journal[0]).toMatchObject({ body, status: undefined });
});

test('an answer can be ordered for a number of requests', async () => {
  server.fail({ path: /\/messages$/, times: 2, status: 403, code: 50013, message: 'No' });
  const answers = [await send(body), await send(body), await send(body)];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 200]);
  expect(answers[0]?.body).toEqual({ code: 50013, message: 'No' });
});

test('an ordered 429 says when to come back', async () => {
  server.fail({ path: /\/messages$/, status: 429, retryAfter: 2.5 });
  const answer = await send(body);
  expect(answer).toMatchObject({ status: 429, body: { retry_after: 2.5, global: false } });
  expect(answer.headers.get('retry-after')).toBe('3');
});

test('a slow answer comes all the same', async () => {
  server.fail({ path: /\/messages$/, delayMs: 50 });
  const before = performance.now();
  expect((await send(body)).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(49);
});
