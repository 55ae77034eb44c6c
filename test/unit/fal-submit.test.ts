import { expect, test } from 'vitest';
import { createFalQueue } from '../../src/fal/create-fal-queue.ts';
import { answerJson, startScriptedServer, type Script } from '../support/scripted-server.ts';

const CALL = { endpoint: 'fal-ai/qwen-image', input: { prompt: 'a lighthouse' } };

function createQueueAt(url: string) {
  return createFalQueue({
    credentials: 'k',
    addresses: { queue: url, run: url, rest: url, api: url },
    headers: {},
    fetch,
    timeLimits: { callMs: 300, uploadMs: 300 },
  });
}

async function submitTo(script: Script) {
  await using server = await startScriptedServer(script);
  const outcome = await createQueueAt(server.url).submit(CALL);
  // Room for a repetition that must not come: the client's first one would follow after a second.
  await new Promise((resolve) => setTimeout(resolve, outcome.kind === 'unknown' ? 1300 : 0));
  return { outcome, posts: server.seen.length };
}

test.concurrent.each<[string, Script, string]>([
  ['the connection breaks', (_, response) => response.destroy(), 'unknown'],
  ['no answer comes', () => {}, 'unknown'],
  [
    'the answer stalls midway',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"status":');
    },
    'unknown',
  ],
  [
    '500',
    (_, response) => answerJson(response, 500, { detail: 'Internal Server Error' }),
    'unknown',
  ],
  ['502 with a page', (_, response) => void response.writeHead(502).end('<html>'), 'unknown'],
  ['503', (_, response) => answerJson(response, 503, { detail: 'busy' }), 'unknown'],
  ['504', (_, response) => answerJson(response, 504, { detail: 'slow' }), 'unknown'],
  [
    'a redirect',
    (_, response) => void response.writeHead(307, { location: '/elsewhere' }).end(),
    'unknown',
  ],
  [
    'a 200 without an id',
    (_, response) => answerJson(response, 200, { status: 'IN_QUEUE' }),
    'unknown',
  ],
  ['a 200 that is a page', (_, response) => void response.writeHead(200).end('<html>'), 'unknown'],
  [
    'a 200 whose JSON is torn',
    (_, response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end('{"request_id":"r'),
    'unknown',
  ],
  [
    'an id that is no id',
    (_, response) => answerJson(response, 200, { request_id: '../x' }),
    'unknown',
  ],
  ['429', (_, response) => answerJson(response, 429, { detail: 'busy' }), 'busy'],
  ['400', (_, response) => answerJson(response, 400, { detail: 'no' }), 'refused'],
  ['401', (_, response) => answerJson(response, 401, { detail: 'no' }), 'refused'],
  ['403', (_, response) => answerJson(response, 403, { detail: 'User is locked.' }), 'refused'],
  ['404', (_, response) => answerJson(response, 404, { detail: 'no such app' }), 'refused'],
  ['422', (_, response) => answerJson(response, 422, { detail: [] }), 'refused'],
  ['422 without a body', (_, response) => void response.writeHead(422).end(), 'refused'],
])('exactly one POST: %s', async (_name, script, kind) => {
  const { outcome, posts } = await submitTo(script);
  expect(outcome.kind).toBe(kind);
  expect(posts).toBe(1);
});

test('nobody listening is an unknown outcome too, and says so without an address', async () => {
  const url = await (async () => {
    await using server = await startScriptedServer(() => {});
    return server.url;
  })();
  expect(await createQueueAt(url).submit(CALL)).toEqual({
    kind: 'unknown',
    reason: 'the connection failed (ECONNREFUSED)',
  });
});

test.each([
  ['2', 2000],
  ['0', 1000],
  ['99999', 60_000],
  ['soon', 5000],
  [undefined, 5000],
])('Retry-After: %s means %i ms', async (header, retryAfterMs) => {
  const { outcome } = await submitTo((_, response) => {
    if (header !== undefined) response.setHeader('retry-after', header);
    answerJson(response, 429, { detail: 'too many' });
  });
  expect(outcome).toMatchObject({ kind: 'busy', retryAfterMs, failure: { audience: 'service' } });
});

test('a locked account is told to the operator, not blamed on the person', async () => {
  const { outcome } = await submitTo((_, response) =>
    answerJson(response, 403, { detail: 'User is locked. Reason: Exhausted balance.' }),
  );
  expect(outcome).toMatchObject({
    kind: 'refused',
    failure: { audience: 'operator', text: expect.stringContaining('out of credit') as unknown },
  });
});
