import { expect, test } from 'vitest';
import {
  ANY_NUMBER,
  ANY_TEXT,
  EDIT,
  INPUT,
  NANO,
  QWEN,
  call,
  start,
  waitFor,
  read,
  type Submitted,
} from './start.ts';

test('a request moves from the line through drawing to a picture, as fal’s own client sees it', async () => {
  const { fal, sandbox } = await start({ waitMs: 120, runMs: 60, logEveryMs: 20 });
  const seen: string[] = [];
  const { data, requestId } = await fal.subscribe(QWEN, {
    input: INPUT,
    logs: true,
    pollInterval: 5,
    onQueueUpdate: (update) =>
      seen.push(
        'queue_position' in update ? `${update.status} ${update.queue_position}` : update.status,
      ),
  });
  expect([...new Set(seen)]).toEqual(['IN_QUEUE 2', 'IN_QUEUE 1', 'IN_PROGRESS', 'COMPLETED']);
  expect(data).toMatchObject({
    images: [{ width: 64, height: 48, content_type: 'image/png' }],
    seed: 7,
    prompt: INPUT.prompt,
    has_nsfw_concepts: [false],
    timings: { inference: ANY_NUMBER },
  });
  expect(sandbox.journal.submits).toMatchObject([{ endpoint: QWEN, input: INPUT, requestId }]);
});

test('submit answers with addresses that name only owner and alias', async () => {
  const { submit, sandbox } = await start();
  const response = await submit({ prompt: 'edit', image_urls: ['x'] }, EDIT);
  const body = await read<Submitted>(response);
  const base = `${sandbox.addresses.queue}/${NANO}/requests/${body.request_id}`;
  expect(response.headers.get('x-fal-request-id')).toBe(body.request_id);
  expect(body).toEqual({
    status: 'IN_QUEUE',
    request_id: body.request_id,
    queue_position: 2,
    response_url: base,
    status_url: `${base}/status`,
    cancel_url: `${base}/cancel`,
  });
});

test('a request is found under its sub-path too, but not under another owner', async () => {
  const { sandbox, enqueue } = await start({ positions: 50 });
  const { request_id } = await enqueue({ prompt: 'edit', image_urls: ['x'] }, EDIT);
  const ask = async (app: string) =>
    (await call(`${sandbox.addresses.queue}/${app}/requests/${request_id}/status`)).status;
  expect([await ask(NANO), await ask(EDIT), await ask(QWEN)]).toEqual([202, 202, 404]);
});

test('logs grow from poll to poll, are coloured like a real model’s, and are null when not asked for', async () => {
  const { enqueue } = await start({ runMs: 60, logEveryMs: 10 });
  const { status_url } = await enqueue();
  const { logs } = await waitFor(status_url);
  expect(logs).toHaveLength(6);
  expect(logs[0]!.message).toContain('\u001B[32m');
  expect(logs[5]!.message).toMatch(/100%\|██████████\| 30\/30/u);
  expect(await (await call(status_url)).json()).toMatchObject({ logs: null });
});

test('the result is refused while the request runs, and answered under both names afterwards', async () => {
  const { enqueue } = await start({ waitMs: 30 });
  const { response_url, status_url } = await enqueue();
  const early = await call(response_url);
  expect([early.status, await early.json()]).toEqual([
    400,
    { detail: 'Request is still in progress' },
  ]);
  await waitFor(status_url);
  const [one, other] = await Promise.all([call(response_url), call(`${response_url}/response`)]);
  expect(await one.text()).toBe(await other.text());
});

test('cancelling in line ends the request with 499; cancelling again comes too late', async () => {
  const { sandbox, enqueue } = await start({ waitMs: 10_000 });
  const { cancel_url, status_url, response_url, request_id } = await enqueue();
  const first = await call(cancel_url, { method: 'PUT' });
  expect([first.status, await first.json()]).toEqual([202, { status: 'CANCELLATION_REQUESTED' }]);
  expect(await waitFor(status_url)).toMatchObject({ error_type: 'client_cancelled' });
  expect((await call(response_url)).status).toBe(499);
  const second = await call(cancel_url, { method: 'PUT' });
  expect([second.status, await second.json()]).toEqual([400, { status: 'ALREADY_COMPLETED' }]);
  const cancelled = { endpoint: QWEN, requestId: request_id };
  expect(sandbox.journal.cancels).toEqual([cancelled, cancelled]);
});

test('cancelling while it is drawn stops it as well', async () => {
  const { enqueue } = await start({ positions: 0, runMs: 10_000 });
  const { cancel_url, status_url } = await enqueue();
  await call(cancel_url, { method: 'PUT' });
  expect(await waitFor(status_url)).toMatchObject({ error_type: 'client_cancelled' });
});

test('a request nobody started within x-fal-request-timeout ends with 504 of type user', async () => {
  const { sandbox } = await start({ waitMs: 10_000 });
  const response = await call(`${sandbox.addresses.queue}/${QWEN}`, {
    method: 'POST',
    body: JSON.stringify(INPUT),
    headers: { 'x-fal-request-timeout': '0.02' },
  });
  const { status_url, response_url } = await read<Submitted>(response);
  await waitFor(status_url);
  const result = await call(response_url);
  expect([result.status, result.headers.get('x-fal-request-timeout-type')]).toEqual([504, 'user']);
});

test.each([
  ['no key', {}, 401],
  ['a bad key', { authorization: 'Key bad-one' }, 401],
  ['another scheme', { authorization: 'Bearer id:secret' }, 401],
])('with %s nothing is accepted', async (_name, headers, status) => {
  const { sandbox } = await start();
  const response = await fetch(`${sandbox.addresses.queue}/${QWEN}`, {
    method: 'POST',
    body: '{}',
    headers,
  });
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ detail: ANY_TEXT });
  expect(sandbox.journal.submits).toEqual([]);
});

test('what does not exist or is not JSON is refused at once', async () => {
  const { submit, sandbox } = await start();
  expect((await submit({}, 'fal-ai/nothing')).status).toBe(404);
  const broken = await call(`${sandbox.addresses.queue}/${QWEN}`, { method: 'POST', body: '{' });
  expect(broken.status).toBe(422);
  const unknown = await call(`${sandbox.addresses.queue}/${QWEN}/requests/none/status`);
  expect([unknown.status, await unknown.json()]).toEqual([404, { status: 'NOT_FOUND' }]);
  expect((await submit(INPUT, QWEN, '?fal_max_queue_length=1')).status).toBe(429);
  expect(sandbox.journal.submits).toEqual([]);
});

test('the status stream sends each change once, with new log lines only, and ends', async () => {
  const { fal, enqueue } = await start({ runMs: 40, logEveryMs: 10 });
  const { request_id } = await enqueue();
  const stream = await fal.queue.streamStatus(QWEN, { requestId: request_id, logs: true });
  const events: { status: string; logs?: readonly unknown[] }[] = [];
  for await (const event of stream) events.push(event);
  await stream.done();
  expect(events.at(-1)?.status).toBe('COMPLETED');
  expect(events.flatMap(({ logs }) => logs ?? [])).toHaveLength(4);
});

test('the direct call gives the same kind of answer without a line', async () => {
  const { fal } = await start();
  const { data, requestId } = await fal.run(QWEN, { input: INPUT });
  expect(data).toMatchObject({ images: [{ width: 64 }], seed: 7 });
  expect(requestId).not.toBe('');
});

test('a closed sandbox leaves nothing running', async () => {
  const { sandbox, enqueue } = await start({ waitMs: 60_000 });
  const { status_url } = await enqueue();
  const stream = await call(`${status_url}/stream`);
  const before = Date.now();
  await sandbox.close();
  await expect(stream.text()).rejects.toThrow(Error);
  expect(Date.now() - before).toBeLessThan(1000);
});
