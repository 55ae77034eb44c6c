import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import {
  ANY_NUMBER,
  ANY_TEXT,
  EDIT,
  INPUT,
  NANO,
  QWEN,
  call,
  like,
  start,
  waitFor,
  read,
} from './start.ts';

interface Call {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Takes webhooks; answers with the given statuses, then with 200. */
async function startReceiver(...statuses: number[]) {
  const calls: Call[] = [];
  const server = createServer((incoming, outgoing) => {
    incoming.setEncoding('utf8');
    let body = '';
    incoming.on('data', (piece: string) => (body += piece));
    incoming.on('end', () => {
      calls.push({ headers: incoming.headers as Call['headers'], body });
      outgoing.writeHead(statuses.shift() ?? 200).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.close().closeAllConnections());
  return { calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

async function startWithReceiver(...statuses: number[]) {
  const parts = await start({ positions: 0, runMs: 2 });
  const { calls, url } = await startReceiver(...statuses);
  const submit = async (input: object = INPUT) =>
    parts.enqueue(input, QWEN, `?fal_webhook=${encodeURIComponent(url)}`);
  const isSigned = async ({ headers, body }: Call) => {
    const address = `${parts.sandbox.addresses.rest}/.well-known/jwks.json`;
    const { keys } = await read<{ keys: JsonWebKey[] }>(await fetch(address));
    const lines = ['request-id', 'user-id', 'timestamp'].map(
      (name) => headers[`x-fal-webhook-${name}`],
    );
    const message = [...lines, createHash('sha256').update(body).digest('hex')].join('\n');
    const signature = Buffer.from(headers['x-fal-webhook-signature']!, 'hex');
    return keys.some((key) =>
      verify(null, Buffer.from(message), createPublicKey({ key, format: 'jwk' }), signature),
    );
  };
  return { ...parts, calls, submit, isSigned };
}

test('a webhook tells the end, signed with the published key', async () => {
  const { submit, calls, isSigned } = await startWithReceiver();
  const { request_id, gateway_request_id } = await submit();
  await expect.poll(() => calls.length).toBe(1);
  expect(JSON.parse(calls[0]!.body)).toMatchObject({
    request_id,
    gateway_request_id,
    status: 'OK',
    payload: { seed: 7 },
  });
  expect(await isSigned(calls[0]!)).toBe(true);
});

test('a webhook tells failures, and is sent again until it is taken', async () => {
  const { submit, calls, sandbox } = await startWithReceiver(500, 503);
  await submit({ prompt: 3 });
  await expect.poll(() => calls.length).toBe(3);
  expect(JSON.parse(calls[2]!.body)).toMatchObject({
    status: 'ERROR',
    error: 'Invalid status code: 422',
    payload: { detail: [{ type: 'string_type' }] },
  });
  await expect
    .poll(() => sandbox.journal.webhooks.map(({ outcome }) => outcome))
    .toEqual([500, 503, 200]);
});

test('webhooks can be doubled, early, badly signed, stale, without payload, or never come', async () => {
  const { submit, calls, isSigned, sandbox } = await startWithReceiver();
  const take = async (
    kind: 'webhook-duplicate' | 'webhook-bad-signature' | 'webhook-stale' | 'webhook-null-payload',
    count = 1,
  ) => {
    sandbox.faults.add({ kind });
    calls.splice(0);
    await submit();
    await expect.poll(() => calls.length).toBe(count);
    return calls[0]!;
  };
  await take('webhook-duplicate', 2);
  expect(await isSigned(await take('webhook-bad-signature'))).toBe(false);
  const stale = await take('webhook-stale');
  expect(await isSigned(stale)).toBe(true);
  expect(Date.now() / 1000 - Number(stale.headers['x-fal-webhook-timestamp'])).toBeGreaterThan(500);
  expect(JSON.parse((await take('webhook-null-payload')).body)).toMatchObject({
    payload: null,
    payload_error: ANY_TEXT,
  });
  sandbox.faults.add({ kind: 'webhook-early' });
  calls.splice(0);
  await submit();
  expect(calls).toHaveLength(1);
  sandbox.faults.add({ kind: 'webhook-never' });
  calls.splice(0);
  await submit();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(calls).toEqual([]);
});

test('a webhook to another machine is never called', async () => {
  const { sandbox, submit } = await start({ positions: 0, runMs: 1 });
  await submit(INPUT, QWEN, '?fal_webhook=https://example.com/');
  await expect.poll(() => sandbox.journal.webhooks).toMatchObject([{ outcome: like(/^refused/u) }]);
});

interface Begun {
  readonly upload_url: string;
  readonly file_url: string;
}

test('an upload is served with its type, without a key', async () => {
  const { fal } = await start();
  const url = await fal.storage.upload(new File(['words'], 'notes.txt', { type: 'text/plain' }));
  const response = await fetch(url);
  expect([response.headers.get('content-type'), await response.text()]).toEqual([
    'text/plain',
    'words',
  ]);
  expect(url).toMatch(/\/cdn\/files\/b\/[\da-f]+\/notes\.txt$/u);
});

test('an upload of many parts is put together in order, and refused when a part is not the sent one', async () => {
  const { sandbox } = await start();
  const begun = await call(
    `${sandbox.addresses.rest}/storage/upload/initiate-multipart?storage_type=fal-cdn-v3`,
    {
      method: 'POST',
      body: JSON.stringify({ content_type: 'text/plain', file_name: 'a.txt' }),
    },
  );
  const { upload_url, file_url } = await read<Begun>(begun);
  const { origin, pathname, search } = new URL(upload_url);
  const put = async (part: number, body: string) =>
    read<{ etag: string }>(
      await fetch(`${origin}${pathname}/${part}${search}`, { method: 'PUT', body }),
    );
  const two = await put(2, ' world');
  const one = await put(1, 'hello');
  const complete = async (parts: object[]) =>
    (
      await fetch(`${origin}${pathname}/complete${search}`, {
        method: 'POST',
        body: JSON.stringify({ parts }),
      })
    ).status;
  expect(await complete([one, { ...two, etag: 'other' }])).toBe(400);
  expect(await complete([two, one])).toBe(200);
  expect(await (await fetch(file_url)).text()).toBe('hello world');
});

test('fal’s own client uploads more than 90 MB in parts', async () => {
  const { fal, sandbox } = await start();
  await fal.storage.upload(new Blob([new Uint8Array(91 * 1024 * 1024)], { type: 'video/mp4' }));
  expect(sandbox.journal.uploads).toMatchObject([
    { size: 91 * 1024 * 1024, contentType: 'video/mp4' },
  ]);
  expect(sandbox.journal.requests.filter(({ method }) => method === 'PUT')).toHaveLength(10);
});

test('an upload of another type than announced is refused', async () => {
  const { sandbox } = await start();
  const body = JSON.stringify({ content_type: 'image/png', file_name: 'a.png' });
  const response = await call(`${sandbox.addresses.rest}/storage/upload/initiate`, {
    method: 'POST',
    body,
  });
  const { upload_url, file_url } = await read<Begun>(response);
  const headers = { 'content-type': 'text/html' };
  expect((await fetch(upload_url, { method: 'PUT', body: 'x', headers })).status).toBe(403);
  expect((await fetch(file_url)).status).toBe(404);
});

interface Catalogue {
  readonly models: readonly { readonly endpoint_id: string; readonly openapi?: unknown }[];
  readonly next_cursor: string | null;
}

const ids = ({ models }: Catalogue) => models.map((model) => model.endpoint_id);

test('the catalogue can be searched, paged and opened', async () => {
  const { sandbox } = await start();
  const list = async (query: string) =>
    read<Catalogue>(await fetch(`${sandbox.addresses.api}/models?${query}`));
  expect(ids(await list('')).slice(0, 3)).toEqual([NANO, EDIT, QWEN]);
  expect(ids(await list('q=qwen'))[0]).toBe(QWEN);
  expect(ids(await list('category=image-to-image'))[0]).toBe(EDIT);
  expect(ids(await list(`endpoint_id=${QWEN}&endpoint_id=${NANO}`))).toEqual([NANO, QWEN]);
  const first = await list('limit=2');
  expect(first).toMatchObject({ has_more: true, next_cursor: '2' });
  const second = await list(`limit=2&cursor=${first.next_cursor}`);
  expect([...ids(first), ...ids(second)]).toEqual(ids(await list('limit=4')));
  expect(await list('q=qwen-image&category=training')).toMatchObject({
    has_more: false,
    next_cursor: null,
  });
  const { models } = await list(`endpoint_id=${QWEN}&expand=openapi-3.0`);
  const properties = { num_inference_steps: { minimum: 2, maximum: 250, default: 30 } };
  expect(models[0]!.openapi).toMatchObject({
    components: { schemas: { QwenImageInput: { properties } } },
  });
});

test('prices, history and the like need a key and an endpoint', async () => {
  const { sandbox } = await start();
  const { api } = sandbox.addresses;
  for (const path of ['/models/pricing', '/models/requests/by-endpoint']) {
    expect((await fetch(`${api}${path}?endpoint_id=${QWEN}`)).status).toBe(401);
    expect((await call(`${api}${path}`)).status).toBe(400);
  }
  expect(
    await (await call(`${api}/models/pricing?endpoint_id=${QWEN},${NANO}`)).json(),
  ).toMatchObject({
    prices: [
      { endpoint_id: NANO, unit_price: 0.15, unit: 'images', currency: 'USD' },
      { endpoint_id: QWEN },
    ],
  });
  expect((await call(`${api}/models/pricing?endpoint_id=none/none`)).status).toBe(404);
  expect(await (await fetch(`${api}/meta`)).json()).toEqual({
    webhook_ip_ranges: [ANY_TEXT],
  });
});

test('a submit whose answer was lost is found by its endpoint, time and input', async () => {
  const { sandbox, submit } = await start({ positions: 0, runMs: 5 });
  const start0 = new Date(Date.now() - 1000).toISOString();
  sandbox.faults.add({ kind: 'reset-before-answer' });
  await expect(submit()).rejects.toThrow(Error);
  const list = async (query: string) => {
    const path = `/models/requests/by-endpoint?endpoint_id=${QWEN}&${query}`;
    return read<{ items: unknown[] }>(await call(`${sandbox.addresses.api}${path}`));
  };
  const { items } = await list(`start=${start0}&expand=payloads`);
  const { requestId } = sandbox.journal.submits[0]!;
  expect(items).toMatchObject([{ request_id: requestId, endpoint_id: QWEN, json_input: INPUT }]);
  await waitFor(`${sandbox.addresses.queue}/${QWEN}/requests/${requestId}/status`);
  const later = await list(`request_id=${requestId}&expand=payloads`);
  expect(later.items).toMatchObject([
    { status_code: 200, duration: ANY_NUMBER, json_output: { seed: 7 } },
  ]);
  expect((await list(`start=${new Date(Date.now() + 60_000).toISOString()}`)).items).toEqual([]);
  expect((await list('status=error')).items).toEqual([]);
});
