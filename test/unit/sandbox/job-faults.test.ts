import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { FaultRule } from '../../../src/fal/sandbox/sandbox.ts';
import { ANY_TEXT, INPUT, QWEN, call, like, start, waitFor } from './start.ts';

const QUICK = { positions: 0, runMs: 2, logEveryMs: 1 };

async function completeWith(fault: FaultRule) {
  const parts = await start(QUICK);
  parts.sandbox.faults.add(fault);
  return { ...parts, ...(await parts.complete()) };
}

test.each<[FaultRule, number, object, object]>([
  [
    { kind: 'job-fails' },
    500,
    { error: ANY_TEXT, error_type: 'runner_server_error' },
    { detail: ANY_TEXT, error_type: 'runner_server_error' },
  ],
  [
    { kind: 'start-timeout' },
    504,
    { error_type: 'request_timeout' },
    { detail: ANY_TEXT, error_type: 'request_timeout' },
  ],
  [
    { kind: 'model-refuses' },
    422,
    { error: 'Invalid status code: 422' },
    { detail: [{ type: 'content_policy_violation', loc: ['body', 'prompt'] }] },
  ],
  [
    { kind: 'model-refuses', type: 'generation_timeout', status: 504, loc: ['body'] },
    504,
    { error: 'Invalid status code: 504' },
    { detail: [{ type: 'generation_timeout' }] },
  ],
])('%j completes with %i', async (fault, code, status, body) => {
  const seen = await completeWith(fault);
  expect(seen.response.status).toBe(code);
  expect(seen.status).toMatchObject({ status: 'COMPLETED', ...status });
  expect(seen.body).toMatchObject(body);
});

test('some endpoints refuse at once: validate-at-submit', async () => {
  const { sandbox, submit } = await start(QUICK);
  sandbox.faults.add({ kind: 'validate-at-submit' });
  const response = await submit({ prompt: 5 });
  expect([response.status, sandbox.journal.submits]).toEqual([422, []]);
});

test('a stuck request stays at its position until it is cancelled', async () => {
  const { sandbox, enqueue } = await start(QUICK);
  sandbox.faults.add({ kind: 'stuck-in-queue', position: 3 });
  const { status_url, cancel_url } = await enqueue();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(await (await call(status_url)).json()).toMatchObject({
    status: 'IN_QUEUE',
    queue_position: 3,
  });
  await call(cancel_url, { method: 'PUT' });
  expect(await waitFor(status_url)).toMatchObject({ error_type: 'client_cancelled' });
});

test('status and result can lie for one call: gone, expired, early, unknown word, no logs', async () => {
  const { sandbox, enqueue } = await start(QUICK);
  const { status_url, response_url } = await enqueue();
  await waitFor(status_url);
  const ask = async (fault: FaultRule, address: string) => {
    sandbox.faults.add(fault);
    const response = await call(address);
    return [response.status, await response.json()];
  };
  const gone = [404, { status: 'NOT_FOUND' }];
  expect(await ask({ kind: 'request-gone' }, status_url)).toEqual(gone);
  expect(await ask({ kind: 'result-expired' }, response_url)).toEqual(gone);
  expect(await ask({ kind: 'early-result' }, response_url)).toEqual([
    400,
    { detail: 'Request is still in progress' },
  ]);
  expect(await ask({ kind: 'unknown-status' }, status_url)).toMatchObject([
    200,
    { status: 'PAUSED' },
  ]);
  expect(await ask({ kind: 'null-logs' }, `${status_url}?logs=1`)).toMatchObject([
    200,
    { logs: null },
  ]);
  expect((await call(response_url)).status).toBe(200);
});

test('hostile logs hold what must never reach a chat', async () => {
  const { sandbox, complete } = await start({ positions: 0, runMs: 12, logEveryMs: 2 });
  sandbox.faults.add({ kind: 'hostile-logs' });
  const { status } = await complete();
  const text = status.logs.map(({ message }: { message: string }) => message).join('\n');
  for (const part of [
    '\u001B[31m',
    '\r',
    '@everyone',
    '<!channel>',
    '```',
    '<script>',
    'Key 1111',
  ]) {
    expect(text).toContain(part);
  }
});

test('cancel-ignored says yes and goes on; cancel-too-late finds it finished', async () => {
  const { sandbox, enqueue } = await start({ positions: 0, runMs: 40 });
  const cancel = async (fault: FaultRule) => {
    const { status_url, cancel_url, response_url } = await enqueue();
    sandbox.faults.add(fault);
    const { status } = await call(cancel_url, { method: 'PUT' });
    await waitFor(status_url);
    return [status, (await call(response_url)).status];
  };
  expect(await cancel({ kind: 'cancel-ignored' })).toEqual([202, 200]);
  expect(await cancel({ kind: 'cancel-too-late' })).toEqual([400, 200]);
});

const readPicture = async (url: string) => {
  const response = await fetch(url);
  return {
    type: response.headers.get('content-type'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};

test.each<[FaultRule, object]>([
  [{ kind: 'single-image' }, { image: { url: ANY_TEXT }, seed: 7 }],
  [{ kind: 'no-media' }, { images: [] }],
  [
    { kind: 'null-fields' },
    { images: [{ width: null, content_type: null }], seed: null, has_nsfw_concepts: null },
  ],
  [{ kind: 'wrong-content-type' }, { images: [{ content_type: 'image/jpeg' }] }],
  [
    { kind: 'foreign-url', url: 'http://169.254.169.254/x' },
    { images: [{ url: 'http://169.254.169.254/x' }] },
  ],
  [{ kind: 'hex-audio' }, { audio: like(/^[\da-f]+$/u) }],
  [{ kind: 'nsfw' }, { has_nsfw_concepts: [true] }],
  [{ kind: 'svg-output' }, { images: [{ content_type: 'image/svg+xml' }] }],
])('%j changes the answer', async (fault, body) => {
  expect((await completeWith(fault)).body).toMatchObject(body);
});

test('a huge seed goes over the wire with all its digits', async () => {
  expect((await completeWith({ kind: 'huge-seed' })).text).toContain('"seed":196619188014358660');
});

test('the flagged picture is black', async () => {
  const { body } = await completeWith({ kind: 'nsfw' });
  const { bytes } = await readPicture(body.images[0].url);
  expect((await sharp(bytes).stats()).channels.every(({ max }) => max === 0)).toBe(true);
});

test('files can be empty, a web page, an SVG, or too large', async () => {
  const { sandbox, complete } = await start(QUICK);
  const draw = async (fault: FaultRule) => {
    sandbox.faults.add(fault);
    return readPicture((await complete()).body.images[0].url);
  };
  expect((await draw({ kind: 'zero-byte-file' })).bytes).toHaveLength(0);
  const page = await draw({ kind: 'html-file' });
  expect([page.type, page.bytes.toString()]).toEqual(['image/png', like(/^<!doctype/u)]);
  expect((await draw({ kind: 'svg-output' })).type).toBe('image/svg+xml');
  const large = await draw({ kind: 'oversized-file', bytes: 3_000_000 });
  expect(large.bytes.length).toBeGreaterThan(3_000_000);
  expect((await sharp(large.bytes).metadata()).format).toBe('png');
});

test('a file can expire, move to a good place, or move to a bad one', async () => {
  const { sandbox, complete } = await start(QUICK);
  const { url } = (await complete()).body.images[0];
  sandbox.faults.add({ kind: 'file-gone', when: { endpoint: QWEN } });
  expect((await fetch(url)).status).toBe(404);
  sandbox.faults.add({ kind: 'file-redirect' });
  const moved = await fetch(url);
  expect([moved.status, moved.redirected]).toEqual([200, true]);
  sandbox.faults.add({ kind: 'file-redirect', to: 'http://169.254.169.254/' });
  const away = await fetch(url, { redirect: 'manual' });
  expect([away.status, away.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
  expect((await fetch(url)).status).toBe(200);
});

const decodes = (bytes: Uint8Array) => !new TextDecoder().decode(bytes).includes('\uFFFD');

test('the status stream can split a character, stall, and drop', async () => {
  const { sandbox, enqueue } = await start({ positions: 0, runMs: 30, logEveryMs: 10 });
  const open = async (fault: FaultRule) => {
    sandbox.faults.add(fault);
    const { status_url } = await enqueue(INPUT);
    return call(`${status_url}/stream?logs=1`);
  };
  const chunks: Uint8Array[] = [];
  const split: AsyncIterable<Uint8Array> = (await open({ kind: 'stream-split' })).body!;
  for await (const chunk of split) chunks.push(chunk);
  expect(chunks.every(decodes)).toBe(false);
  expect(decodes(Buffer.concat(chunks))).toBe(true);

  await expect((await open({ kind: 'stream-drop' })).text()).rejects.toThrow(Error);

  const stalled = await open({ kind: 'stream-stall' });
  const reader = stalled.body!.getReader();
  await reader.read();
  const silence = new Promise((resolve) => setTimeout(resolve, 80, 'silent'));
  expect(await Promise.race([reader.read(), silence])).toBe('silent');
  await reader.cancel();
});
