import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FAL_ADDRESSES } from '../../src/fal/addresses.ts';
import { createModelApi, type ModelApi } from '../../src/fal/model-api.ts';
import { openFal } from '../../src/fal/open-fal.ts';
import { startSandbox, type Sandbox } from '../../src/fal/sandbox/sandbox.ts';
import { createWire } from '../../src/fal/wire.ts';
import { readCatalogue } from '../../src/models/catalogue/catalogue.ts';
import { createDocument } from '../support/openapi-document.ts';
import { answerJson, startScriptedServer } from '../support/scripted-server.ts';

const NANO = 'fal-ai/nano-banana-pro';
const QWEN = 'fal-ai/qwen-image';

function connect(api: string, credentials = 'sandbox'): ModelApi {
  const addresses = { ...FAL_ADDRESSES, api };
  const timeLimits = { callMs: 2000, uploadMs: 2000 };
  const wire = createWire({ addresses, headers: {}, fetch, timeLimits });
  return createModelApi({ wire, credentials });
}

async function start(): Promise<Sandbox> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

describe('with the sandbox', () => {
  test('the list names each model with fal’s words', async () => {
    const sandbox = await start();
    const told = await connect(sandbox.addresses.api).list();
    if (told.kind !== 'told') throw new Error(told.reason);
    const nano = told.data.find(({ id }) => id === NANO);
    expect(nano).toMatchObject({ category: 'text-to-image', isDeprecated: false });
    expect(nano?.title).toMatch(/\S/u);
    expect(nano?.description).toMatch(/\S/u);
  });

  test('endpoints come in full, read from the documents it serves', async () => {
    const sandbox = await start();
    const told = await connect(sandbox.addresses.api).expand([NANO, QWEN]);
    if (told.kind !== 'told') throw new Error(told.reason);
    const endpoints = new Map(told.data.map((endpoint) => [endpoint.id, endpoint]));
    expect([...endpoints.keys()].toSorted()).toEqual([NANO, QWEN]);
    const prompt = endpoints.get(NANO)!.fields.find((field) => field.name === 'prompt');
    expect(prompt).toMatchObject({ required: true, type: { kind: 'text' } });
    expect(endpoints.get(QWEN)!.kind).toBe('text-to-image');
  });

  test('prices come for all that it knows, though it refuses a list with one that it does not', async () => {
    const sandbox = await start();
    const told = await connect(sandbox.addresses.api).prices([
      NANO,
      'acme/none',
      QWEN,
      'acme/never',
    ]);
    if (told.kind !== 'told') throw new Error(told.reason);
    expect(told.data.map(({ id }) => id).toSorted()).toEqual([NANO, QWEN]);
    for (const { unitPrice, unit, currency } of told.data) {
      expect(unitPrice).toBeGreaterThan(0);
      expect(unit).toMatch(/\S/u);
      expect(currency).toBe('USD');
    }
  });

  test('it is there for a bot without a key, too', async () => {
    const pace = { positions: 0, waitMs: 0, runMs: 0, logEveryMs: 10 };
    const limits = { waitMs: 1000, totalMs: 1000, lookBackMs: 1000 };
    const parts = { log: pino({ level: 'silent' }), catalogue: await readCatalogue() };
    const fal = await openFal({ kind: 'sandbox', limits, pace }, parts);
    onTestFinished(() => fal.close());
    expect(await fal.modelApi.list()).toMatchObject({ kind: 'told' });
  });
});

/** Answers each question by its path and query. */
async function startApi(answer: (question: URL) => { status?: number; body: unknown }) {
  const questions: URL[] = [];
  const server = await startScriptedServer(({ path }, response) => {
    const question = new URL(path, 'http://api');
    questions.push(question);
    const { status = 200, body } = answer(question);
    if (typeof body === 'string') response.writeHead(status).end(body);
    else answerJson(response, status, body);
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { api: connect(server.url, 'key-id:key-secret'), questions, server };
}

const model = (id: string, metadata: object = {}) => ({ endpoint_id: id, metadata });
const idsOf = (question: URL) => question.searchParams.getAll('endpoint_id');

describe('the list', () => {
  test('is asked for with the key, page by page', async () => {
    const { api, questions, server } = await startApi(({ searchParams }) => {
      const page = Number(searchParams.get('cursor') ?? '0');
      const next = page < 2 ? String(page + 1) : null;
      const body = { models: [model(`acme/m${page}`)], next_cursor: next, has_more: next !== null };
      return { body };
    });
    const told = await api.list();
    expect(told).toMatchObject({
      kind: 'told',
      data: [{ id: 'acme/m0' }, { id: 'acme/m1' }, { id: 'acme/m2' }],
    });
    expect(questions.map(({ searchParams }) => searchParams.get('cursor'))).toEqual([
      null,
      '1',
      '2',
    ]);
    expect(questions.every(({ pathname }) => pathname === '/models')).toBe(true);
    expect(server.seen[0]!.headers.authorization).toBe('Key key-id:key-secret');
  });

  test('reads what fal says, folds its words and leaves out what is broken', async () => {
    const full = {
      display_name: ' The  Painter ',
      category: 'text-to-image',
      description: 'Paints\n  well.',
      status: 'deprecated',
      duration_estimate: 0.5,
    };
    const models = [
      model('acme/full', full),
      { endpoint_id: 'acme/bare' },
      model('acme/odd', { display_name: 7, duration_estimate: 'soon', description: '  ' }),
      model('https://evil.example/x', full),
      { metadata: full },
      'acme/text',
      null,
    ];
    const { api } = await startApi(() => ({ body: { models, has_more: false } }));
    expect(await api.list()).toEqual({
      kind: 'told',
      data: [
        {
          id: 'acme/full',
          title: 'The Painter',
          category: 'text-to-image',
          description: 'Paints well.',
          isDeprecated: true,
          seconds: 30,
        },
        { id: 'acme/bare', isDeprecated: false },
        { id: 'acme/odd', isDeprecated: false },
      ],
    });
  });

  test.each<[string, { status?: number; body: unknown }, string]>([
    [
      'a bad key',
      { status: 401, body: { error: { type: 'authorization_error' } } },
      'fal answered 401',
    ],
    ['too many questions', { status: 429, body: { error: {} } }, 'fal answered 429'],
    ['trouble', { status: 500, body: {} }, 'fal answered 500'],
    ['no such place', { status: 404, body: {} }, 'not where it was'],
    ['a page of a gateway', { status: 200, body: '<html>' }, 'could not be read'],
    ['a word', { status: 200, body: '"hello"' }, 'could not be read'],
  ])('with %s is unavailable for a reason', async (_, answer, reason) => {
    const { api } = await startApi(() => answer);
    expect(await api.list()).toEqual({
      kind: 'unavailable',
      reason: expect.stringContaining(reason) as string,
    });
  });

  test('that breaks off in the middle is unavailable: half a list would miss models', async () => {
    const { api } = await startApi(({ searchParams }) =>
      searchParams.has('cursor')
        ? { status: 502, body: '' }
        : { body: { models: [model('acme/one')], next_cursor: 'x', has_more: true } },
    );
    expect(await api.list()).toMatchObject({ kind: 'unavailable' });
  });

  test('without an end is called off', async () => {
    let page = 0;
    const { api, questions } = await startApi(() => {
      page += 1;
      return { body: { models: [], next_cursor: String(page), has_more: true } };
    });
    expect(await api.list()).toMatchObject({ kind: 'unavailable' });
    expect(questions.length).toBe(100);
  });

  test('whose cursor stands still ends', async () => {
    const { api, questions } = await startApi(() => ({
      body: { models: [model('acme/one')], next_cursor: 'same', has_more: true },
    }));
    expect(await api.list()).toMatchObject({ kind: 'told' });
    expect(questions.length).toBe(2);
  });

  test('of a fal that is not there is unavailable, and nothing is thrown', async () => {
    expect(await connect('http://127.0.0.1:9').list()).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringMatching(/connection/u) as string,
    });
  });
});

const entry = (id: string, openapi: unknown = createDocument({ id }), metadata = {}) => ({
  ...model(id, metadata),
  openapi,
});

describe('endpoints in full', () => {
  test('are asked for by fifty', async () => {
    const ids = Array.from({ length: 120 }, (_, n) => `acme/m${n}`);
    const { api, questions } = await startApi((question) => ({
      body: { models: idsOf(question).map((id) => entry(id)), has_more: false },
    }));
    const told = await api.expand([...ids, ids[0]!]);
    expect(told.kind === 'told' && told.data.map(({ id }) => id)).toEqual(ids);
    expect(questions.map((question) => idsOf(question).length)).toEqual([50, 50, 20]);
    expect(questions[0]!.searchParams.get('expand')).toBe('openapi-3.0');
  });

  test('have the name and the sentence that fal gives beside the document', async () => {
    const metadata = { display_name: 'The Painter', description: 'Paints well.' };
    const { api } = await startApi(() => ({
      body: { models: [entry('acme/painter', undefined, metadata)], has_more: false },
    }));
    expect(await api.expand(['acme/painter'])).toMatchObject({
      data: [{ id: 'acme/painter', title: 'The Painter', description: 'Paints well.' }],
    });
  });

  test('that fal cannot describe are left out, the others come', async () => {
    const models = [
      entry('acme/failed', { error: { code: 'expansion_failed', message: 'no' } }),
      entry('acme/empty', {}),
      entry('acme/other', createDocument({ id: 'acme/swapped' })),
      model('acme/without'),
      entry('acme/good'),
    ];
    const { api } = await startApi(() => ({ body: { models, has_more: false } }));
    const told = await api.expand(models.map(({ endpoint_id }) => endpoint_id));
    expect(told.kind === 'told' && told.data.map(({ id }) => id)).toEqual(['acme/good']);
  });

  test('that fal does not know cost no other', async () => {
    const known = new Set(Array.from({ length: 60 }, (_, n) => `acme/m${n}`));
    known.delete('acme/m7');
    known.delete('acme/m55');
    const { api, questions } = await startApi((question) => {
      const ids = idsOf(question);
      return ids.every((id) => known.has(id))
        ? { body: { models: ids.map((id) => entry(id)), has_more: false } }
        : { status: 404, body: { error: { type: 'not_found', message: 'no' } } };
    });
    const told = await api.expand(Array.from({ length: 60 }, (_, n) => `acme/m${n}`));
    expect(told.kind === 'told' && told.data.map(({ id }) => id).toSorted()).toEqual(
      [...known].toSorted(),
    );
    expect(questions.length).toBeLessThan(30);
  });

  test('are not asked for by ids that are none', async () => {
    const { api, questions } = await startApi(() => ({ body: { models: [], has_more: false } }));
    expect(await api.expand(['https://evil.example/x', '../..', ''])).toEqual({
      kind: 'told',
      data: [],
    });
    expect(questions).toEqual([]);
  });

  test('are unavailable as a whole where fal is in trouble', async () => {
    const { api } = await startApi(() => ({ status: 503, body: '' }));
    expect(await api.expand(['acme/painter'])).toMatchObject({ kind: 'unavailable' });
  });
});

describe('prices', () => {
  test('come as fal has them; broken ones are left out', async () => {
    const prices = [
      { endpoint_id: 'acme/a', unit_price: 0.025, unit: 'megapixels', currency: 'USD' },
      { endpoint_id: 'acme/b', unit_price: '0.1', unit: 'images', currency: 'USD' },
      { endpoint_id: 'acme/c', unit_price: -1, unit: 'images', currency: 'USD' },
      { endpoint_id: 'acme/d', unit_price: 0, unit: 'images' },
      null,
    ];
    const { api, questions } = await startApi(() => ({ body: { prices, has_more: false } }));
    expect(await api.prices(['acme/a', 'acme/b', 'acme/c', 'acme/d'])).toEqual({
      kind: 'told',
      data: [
        { id: 'acme/a', unitPrice: 0.025, unit: 'megapixels', currency: 'USD' },
        { id: 'acme/d', unitPrice: 0, unit: 'images', currency: 'USD' },
      ],
    });
    expect(
      questions.map(({ pathname, searchParams }) => [pathname, searchParams.has('limit')]),
    ).toEqual([['/models/pricing', false]]);
  });

  test('of nothing that fal knows are none, after a bounded number of questions', async () => {
    const { api, questions } = await startApi(() => ({ status: 404, body: {} }));
    const ids = Array.from({ length: 500 }, (_, n) => `acme/m${n}`);
    expect(await api.prices(ids)).toEqual({ kind: 'told', data: [] });
    expect(questions.length).toBe(300);
  });
});
