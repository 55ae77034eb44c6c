import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { FaultRule } from '../../../src/fal/sandbox/sandbox.ts';
import { ANY_TEXT, INPUT, NANO, QWEN, call, like, start, waitFor } from './start.ts';

test.each<[FaultRule, number]>([
  [{ kind: 'reset-before-answer' }, 1],
  [{ kind: 'reset-before-accept' }, 0],
])('%j breaks the connection; accepted submits: %i', async (fault, accepted) => {
  const { sandbox, submit } = await start();
  sandbox.faults.add(fault);
  await expect(submit()).rejects.toThrow('fetch failed');
  expect(sandbox.journal.submits).toHaveLength(accepted);
});

/** Undefined for what is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test.each<[FaultRule, number, object | undefined, number]>([
  [{ kind: 'http-error' }, 503, { detail: ANY_TEXT }, 0],
  [{ kind: 'http-error', status: 502, accepted: true }, 502, { detail: ANY_TEXT }, 1],
  [
    { kind: 'http-error', status: 504, errorType: 'request_timeout' },
    504,
    { detail: ANY_TEXT, error_type: 'request_timeout' },
    0,
  ],
  [{ kind: 'html-error' }, 502, undefined, 0],
  [{ kind: 'bad-json' }, 200, undefined, 0],
  [{ kind: 'rate-limited' }, 429, { detail: ANY_TEXT }, 0],
  [
    { kind: 'concurrency-limit', on: ['submit'] },
    429,
    { detail: ANY_TEXT, error_type: 'concurrent_requests_limit' },
    0,
  ],
  [{ kind: 'locked' }, 403, { detail: like(/^User is locked\. Reason: Exhausted/u) }, 0],
  [{ kind: 'bad-key' }, 401, { detail: ANY_TEXT }, 0],
  [{ kind: 'empty-status-text' }, 500, { detail: ANY_TEXT }, 0],
])('%j answers %i', async (fault, status, body, accepted) => {
  const { sandbox, submit } = await start();
  sandbox.faults.add(fault);
  const response = await submit();
  const text = await response.text();
  expect(response.status).toBe(status);
  expect(sandbox.journal.submits).toHaveLength(accepted);
  expect(parse(text)).toEqual(body);
  expect((await submit()).status).toBe(200);
});

test('faults set the headers and the reason phrase that fal sets', async () => {
  const { sandbox, submit } = await start();
  sandbox.faults.add({ kind: 'rate-limited', retryAfterSeconds: 3 });
  expect((await submit()).headers.get('retry-after')).toBe('3');
  sandbox.faults.add({ kind: 'empty-status-text' });
  expect((await submit()).statusText).toBe('');
  sandbox.faults.add({ kind: 'concurrency-limit' });
  const run = await call(`${sandbox.addresses.run}/${QWEN}`, { method: 'POST', body: '{}' });
  expect(run.headers.get('x-fal-needs-retry')).toBe('1');
});

test('slow headers and a stalled body wait as long as told; a cut body never ends well', async () => {
  const { sandbox, submit } = await start();
  const time = async (fault: FaultRule) => {
    sandbox.faults.add(fault);
    const before = performance.now();
    const response = await submit();
    const headersAfter = performance.now() - before;
    await response.json();
    return [headersAfter, performance.now() - before] as const;
  };
  expect((await time({ kind: 'slow-headers', delayMs: 80 }))[0]).toBeGreaterThan(75);
  expect((await time({ kind: 'stalled-body', delayMs: 80 }))[1]).toBeGreaterThan(75);
  sandbox.faults.add({ kind: 'cut-body' });
  await expect(submit().then((response) => response.json())).rejects.toThrow(Error);
});

test('a locked account still answers for what runs, but takes neither uploads nor submits', async () => {
  const { sandbox, submit, fal, enqueue } = await start();
  const { status_url } = await enqueue();
  sandbox.faults.add({ kind: 'locked', times: Number.POSITIVE_INFINITY });
  expect((await submit()).status).toBe(403);
  await expect(fal.storage.upload(new Blob(['x']))).rejects.toMatchObject({ status: 403 });
  expect((await waitFor(status_url)).status).toBe('COMPLETED');
  expect((await call(status_url)).status).toBe(200);
});

test('a rule meets only what it names, and as often as it says', async () => {
  const { sandbox, submit } = await start();
  sandbox.faults.add({
    kind: 'http-error',
    times: 2,
    when: { endpoint: QWEN, promptIncludes: 'fog' },
  });
  const ask = async (prompt: string, endpoint = QWEN) =>
    (await submit({ prompt }, endpoint)).status;
  expect(await ask('a cabin')).toBe(200);
  expect(await ask('more fog', NANO)).toBe(200);
  expect([await ask('fog'), await ask('fog'), await ask('fog')]).toEqual([503, 503, 200]);
  sandbox.faults.add({ kind: 'http-error', when: { path: /qwen/u } });
  sandbox.faults.clear();
  expect(await ask('fog')).toBe(200);
});

test('rules can be added over HTTP, as JSON only, and nonsense is refused', async () => {
  const { sandbox, submit } = await start();
  const add = async (rule: object, type = 'application/json') =>
    (
      await call(`${sandbox.url}/sandbox/faults`, {
        method: 'POST',
        body: JSON.stringify(rule),
        headers: { 'content-type': type },
      })
    ).status;
  expect(await add({ kind: 'http-error', times: 'Infinity', when: { path: 'qwen' } })).toBe(201);
  expect(await add({ kind: 'html-error' }, 'text/plain')).toBe(415);
  expect(await add({ kind: 'nothing' })).toBe(422);
  expect(await add({ kind: 'bad-json', colour: 'red' })).toBe(422);
  expect([(await submit()).status, (await submit()).status]).toEqual([503, 503]);
  await call(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });
  expect((await submit()).status).toBe(200);
});

test('the journal is read under the sandbox’s own address only', async () => {
  const { sandbox, submit } = await start();
  await submit();
  const ask = async (host: string) => {
    const asked = request(`${sandbox.url}/sandbox/journal`, { headers: { host } }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return { code: answer.statusCode, text: await text(answer) };
  };
  expect((await ask(sandbox.fileHost)).text).toContain(QWEN);
  expect(await ask('evil.example')).toEqual({ code: 421, text: '{}' });
});

test('the journal keeps method, path, headers and body of each call', async () => {
  const { sandbox, submit } = await start();
  await submit(INPUT, QWEN, '?fal_max_queue_length=9');
  expect(sandbox.journal.requests).toMatchObject([
    {
      method: 'POST',
      path: `/queue/${QWEN}?fal_max_queue_length=9`,
      headers: { authorization: 'Key id:secret' },
    },
  ]);
});
