import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAL_ADDRESSES } from '../../src/fal/addresses.ts';
import { createFalQueue } from '../../src/fal/create-fal-queue.ts';
import { toUrl } from '../../src/fal/wire.ts';
import { noneClaimed } from '../support/none-claimed.ts';

const ENDPOINT = 'fal-ai/nano-banana-pro/edit';
const REQUEST = { endpoint: ENDPOINT, requestId: 'a1b2c3d4-0000-4000-8000-000000000000' };

interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  readonly init: RequestInit;
}

/** A fetch that never leaves this process. */
function createRecorder(answers: (url: string) => unknown) {
  const calls: Recorded[] = [];
  const record: typeof fetch = async (target, init = {}) => {
    const url = toUrl(target);
    const { body } = init;
    calls.push({
      method: init.method ?? 'GET',
      url,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: body instanceof Blob ? await body.text() : body,
      init,
    });
    return Response.json(answers(url));
  };
  return { calls, record };
}

function createRecordedQueue(answers: (url: string) => unknown, headers = {}) {
  const { calls, record } = createRecorder(answers);
  const queue = createFalQueue({
    credentials: 'key-id:key-secret',
    addresses: FAL_ADDRESSES,
    headers,
    fetch: record,
  });
  return { calls, queue };
}

const DOCUMENTED_HEADERS = {
  authorization: 'Key key-id:key-secret',
  accept: 'application/json',
  'content-type': 'application/json',
};

describe('with fal’s own addresses', () => {
  test('a seed beyond 2^53 goes out as the very number that was typed', async () => {
    const { calls, queue } = createRecordedQueue(() => ({ status: 'IN_QUEUE', request_id: 'r-1' }));
    const input = { prompt: 'a fox', seed: '196619188014358660' };
    expect(await queue.submit({ endpoint: 'fal-ai/flux/dev', input })).toMatchObject({
      kind: 'accepted',
    });
    expect(calls[0]?.body).toBe('{"prompt":"a fox","seed":196619188014358660}');
  });

  test('a submission is one documented POST to queue.fal.run', async () => {
    const { calls, queue } = createRecordedQueue(() => ({ status: 'IN_QUEUE', request_id: 'r-1' }));
    const input = { prompt: 'a lighthouse in fog', num_images: 2 };
    expect(await queue.submit({ endpoint: ENDPOINT, input })).toEqual({
      kind: 'accepted',
      requestId: 'r-1',
    });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      method: 'POST',
      url: 'https://queue.fal.run/fal-ai/nano-banana-pro/edit',
      body: JSON.stringify(input),
    });
    expect(calls[0]?.headers).toMatchObject({
      ...DOCUMENTED_HEADERS,
      'x-fal-queue-priority': 'normal',
    });
    expect(calls[0]?.headers).not.toHaveProperty('x-fal-object-lifecycle-preference');
  });

  test.each([
    ['status', 'GET', `/requests/${REQUEST.requestId}/status?logs=1`],
    ['result', 'GET', `/requests/${REQUEST.requestId}`],
    ['cancel', 'PUT', `/requests/${REQUEST.requestId}/cancel`],
  ] as const)(
    '%s leaves the endpoint’s sub-path out, as fal wants it',
    async (verb, method, path) => {
      const { calls, queue } = createRecordedQueue(() => ({ status: 'IN_QUEUE' }));
      await queue[verb](REQUEST);
      expect(calls).toHaveLength(1);
      expect(calls[0]).toMatchObject({
        method,
        url: `https://queue.fal.run/fal-ai/nano-banana-pro${path}`,
      });
      expect(calls[0]?.headers).toMatchObject(DOCUMENTED_HEADERS);
    },
  );

  test('an upload asks rest.fal.ai for a day and puts the bytes where it says, without the key', async () => {
    const { calls, queue } = createRecordedQueue(
      () => ({
        upload_url: 'https://v3.fal.media/upload/slot?sig=1',
        file_url: 'https://v3.fal.media/files/a/picture.png',
      }),
      { 'x-team': 'easel' },
    );
    const path = join(await mkdtemp(join(tmpdir(), 'easel-')), 'given-1');
    await writeFile(path, 'the bytes');
    const address = await queue.upload({ path, fileName: 'picture.png', contentType: 'image/png' });
    expect(address).toBe('https://v3.fal.media/files/a/picture.png');
    expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3',
      'PUT https://v3.fal.media/upload/slot?sig=1',
    ]);
    const [initiate, put] = calls;
    expect(initiate?.headers).toMatchObject({
      ...DOCUMENTED_HEADERS,
      'x-team': 'easel',
      'x-fal-object-lifecycle': JSON.stringify({ expiration_duration_seconds: 86_400 }),
    });
    expect(initiate?.body).toBe(
      JSON.stringify({ content_type: 'image/png', file_name: 'picture.png' }),
    );
    expect(put?.body).toBe('the bytes');
    expect(put?.headers).toEqual({ 'content-type': 'image/png' });
  });

  test('a look back asks api.fal.ai for requests with their payloads', async () => {
    const { calls, queue } = createRecordedQueue(() => ({ items: [] }));
    const since = new Date('2026-05-01T10:00:00.000Z');
    expect(
      await queue.lookBack({ endpoint: ENDPOINT, input: {}, since, claimed: noneClaimed }),
    ).toEqual({
      kind: 'absent',
    });
    const url = new URL(calls[0]?.url ?? '');
    expect(url.origin + url.pathname).toBe('https://api.fal.ai/v1/models/requests/by-endpoint');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      endpoint_id: ENDPOINT,
      expand: 'payloads',
      start: '2026-05-01T09:59:55.000Z',
      limit: '100',
    });
    expect(calls[0]?.headers['authorization']).toBe('Key key-id:key-secret');
  });

  test('extra headers go along with every call, and no call follows redirects or lacks a limit', async () => {
    const { calls, queue } = createRecordedQueue(() => ({ items: [] }), { 'x-team': 'easel' });
    await queue.submit({ endpoint: ENDPOINT, input: {} });
    await queue.status(REQUEST);
    await queue.result(REQUEST);
    await queue.cancel(REQUEST);
    await queue.lookBack({
      endpoint: ENDPOINT,
      input: {},
      since: new Date(),
      claimed: noneClaimed,
    });
    expect(calls).toHaveLength(5);
    for (const { headers, init } of calls) {
      expect(headers['x-team']).toBe('easel');
      expect(init.redirect).toBe('manual');
      expect(init.signal).toBeInstanceOf(AbortSignal);
    }
  });
});

test('what fal counts for the bill comes over the wire with the result', async () => {
  const queue = createFalQueue({
    credentials: 'k',
    addresses: FAL_ADDRESSES,
    headers: {},
    fetch: async () =>
      Response.json({ images: [] }, { headers: { 'X-Fal-Billable-Units': '2.0736' } }),
  });
  expect(await queue.result(REQUEST)).toEqual({
    kind: 'output',
    output: { images: [] },
    billableUnits: 2.0736,
  });
});

test('other addresses take the place of fal’s, with their paths', async () => {
  const { calls, record } = createRecorder(() => ({ items: [] }));
  const queue = createFalQueue({
    credentials: 'k',
    addresses: {
      queue: 'http://127.0.0.1:9/queue',
      run: 'http://127.0.0.1:9/run',
      rest: 'http://127.0.0.1:9/rest',
      api: 'http://127.0.0.1:9/api/v1',
    },
    headers: {},
    fetch: record,
  });
  await queue.submit({ endpoint: 'fal-ai/qwen-image', input: {} });
  await queue.lookBack({
    endpoint: 'fal-ai/qwen-image',
    input: {},
    since: new Date(0),
    claimed: noneClaimed,
  });
  expect(calls[0]?.url).toBe('http://127.0.0.1:9/queue/fal-ai/qwen-image');
  expect(calls[1]?.url).toMatch(
    /^http:\/\/127\.0\.0\.1:9\/api\/v1\/models\/requests\/by-endpoint\?/u,
  );
});

test.each([
  'https://evilfal.ai/steal',
  'https://notfal.run/x',
  'fal-ai/flux/dev?fal_webhook=https://evil.example/',
  'fal-ai/../admin',
  'fal-ai/flux#x',
  'fal-ai/flux dev',
  'fal-ai//flux',
  'fal-ai/.',
  'fal-ai',
  '',
])('an endpoint such as “%s” reaches nobody', async (endpoint) => {
  const { calls, queue } = createRecordedQueue(() => ({}));
  await expect(queue.submit({ endpoint, input: {} })).rejects.toThrow(TypeError);
  await expect(queue.status({ endpoint, requestId: 'r' })).rejects.toThrow(TypeError);
  expect(calls).toEqual([]);
});

test.each(['../../x', 'a/b', 'a?b', ''])(
  'a request id such as “%s” reaches nobody',
  async (requestId) => {
    const { calls, queue } = createRecordedQueue(() => ({}));
    await expect(queue.result({ endpoint: ENDPOINT, requestId })).rejects.toThrow(TypeError);
    expect(calls).toEqual([]);
  },
);
