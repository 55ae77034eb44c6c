import { expect, test } from 'vitest';
import { createToy } from '../../../src/fal/sandbox/any-endpoint/create-toy.ts';
import { readDocument } from '../../../src/fal/sandbox/any-endpoint/from-document.ts';
import { toBlueprint } from '../../../src/fal/sandbox/any-endpoint/from-endpoint.ts';
import { readCatalogue } from '../../../src/models/catalogue/catalogue.ts';
import { REFERENCE } from './reference-endpoints.ts';
import { ANY_NUMBER, ANY_TEXT, EDIT, NANO, QWEN, call, read, start } from './start.ts';

interface Entry {
  readonly endpoint_id: string;
  readonly metadata?: Record<string, unknown>;
  readonly openapi?: Document;
}
interface Schema {
  readonly $ref?: string;
  readonly properties?: Record<string, Schema>;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly 'x-fal-order-properties'?: readonly string[];
}
interface Document {
  readonly info: Record<string, unknown>;
  readonly components: { readonly schemas: Record<string, Schema> };
  readonly paths: Record<string, Record<string, unknown>>;
}
interface Page {
  readonly models: readonly Entry[];
  readonly next_cursor: string | null;
  readonly has_more: boolean;
}

async function startApi() {
  const { sandbox } = await start();
  const { api } = sandbox.addresses;
  const list = async (query: string) => read<Page>(await fetch(`${api}/models?${query}`));
  /** Every page to the end. */
  const all = async (query: string) => {
    const entries: Entry[] = [];
    for (let cursor = ''; ;) {
      const page = await list(`${query}&limit=100${cursor}`);
      entries.push(...page.models);
      expect(page.has_more).toBe(page.next_cursor !== null);
      if (page.next_cursor === null) return entries;
      cursor = `&cursor=${page.next_cursor}`;
    }
  };
  return { sandbox, api, list, all };
}

const ids = (entries: readonly Entry[]) => entries.map(({ endpoint_id }) => endpoint_id);

test('page by page, every endpoint comes once: the reference ones first', async () => {
  const { all } = await startApi();
  const catalogue = await readCatalogue();
  const found = ids(await all(''));
  const reference = REFERENCE.map(({ endpoint }) => endpoint);
  expect(found.slice(0, 3)).toEqual([NANO, EDIT, QWEN]);
  expect(new Set(found.slice(0, reference.length))).toEqual(new Set(reference));
  expect(new Set(found).size).toBe(found.length);
  expect(new Set(found)).toEqual(new Set([...reference, ...catalogue.ids]));
});

test('every endpoint’s document can be read, and says the same again', async () => {
  const { all } = await startApi();
  for (const { endpoint_id, openapi } of await all('expand=openapi-3.0')) {
    const { schemas, endpoint } = readDocument(openapi);
    expect(endpoint).toBe(endpoint_id);
    expect(schemas.input, endpoint_id).not.toEqual({});
    expect(schemas.output, endpoint_id).not.toEqual({});
  }
});

test('every endpoint of the catalogue becomes a check that can say no', async () => {
  const catalogue = await readCatalogue();
  for (const id of catalogue.ids) {
    const toy = createToy(toBlueprint(catalogue.find(id)!));
    // No studio is needed to refuse what is no object.
    await expect(toy.run('words', {} as never), id).rejects.toMatchObject({
      refusal: { status: 422 },
    });
  }
});

test('a document has fal’s form', async () => {
  const { list } = await startApi();
  const { models } = await list(`endpoint_id=${QWEN}&expand=openapi-3.0`);
  const { openapi } = models[0]!;
  expect(openapi).toMatchObject({
    openapi: '3.0.4',
    info: { 'x-fal-metadata': { endpointId: QWEN, category: 'text-to-image' } },
    components: {
      schemas: {
        QueueStatus: { properties: { status: {} } },
        QwenImageInput: {
          type: 'object',
          required: ['prompt'],
          'x-fal-order-properties': [
            'prompt',
            'image_size',
            'num_inference_steps',
            'seed',
            'guidance_scale',
            'sync_mode',
            'num_images',
            'enable_safety_checker',
            'output_format',
            'negative_prompt',
            'acceleration',
            'loras',
            'use_turbo',
          ],
          properties: {
            num_inference_steps: {
              type: 'integer',
              minimum: 2,
              maximum: 250,
              default: 30,
              title: 'Num Inference Steps',
              description: ANY_TEXT,
            },
            seed: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
            image_size: {
              anyOf: [{ $ref: '#/components/schemas/ImageSize' }, { type: 'string' }],
              default: 'landscape_4_3',
            },
            loras: { items: { $ref: '#/components/schemas/LoraWeight' }, maxItems: 3 },
          },
        },
        ImageSize: { properties: { width: { exclusiveMinimum: 0, maximum: 14_142 } } },
        QwenImageOutput: { required: ['images', 'timings', 'seed', 'has_nsfw_concepts', 'prompt'] },
      },
    },
    paths: {
      [`/${QWEN}`]: {
        post: {
          requestBody: {
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/QwenImageInput' } },
            },
          },
        },
      },
      [`/${QWEN}/requests/{request_id}`]: {
        get: {
          responses: {
            '200': {
              content: {
                'application/json': { schema: { $ref: '#/components/schemas/QwenImageOutput' } },
              },
            },
          },
        },
      },
    },
    servers: [{ url: 'https://queue.fal.run' }],
  });
});

test.each(REFERENCE.map(({ endpoint, full, answer }) => ({ endpoint, full, answer })))(
  'the document of $endpoint names and describes every field',
  async ({ endpoint, full, answer }) => {
    const { list } = await startApi();
    const { models } = await list(`endpoint_id=${endpoint}&expand=openapi-3.0`);
    const { schemas } = models[0]!.openapi!.components;
    const find = (end: string) =>
      Object.entries(schemas).find(([name]) => name.endsWith(end))![1].properties!;
    const input = find('Input');
    expect(Object.keys(input)).toEqual(expect.arrayContaining(Object.keys(full)));
    expect(Object.keys(find('Output'))).toEqual(answer);
    const silent = Object.entries(input).filter(([, { description }]) => !description);
    expect(silent.map(([name]) => name)).toEqual([]);
  },
);

test('the list can be searched, narrowed and asked for certain endpoints', async () => {
  const { list, all } = await startApi();
  expect(ids(await all('q=qwen')).every((id) => /qwen/iu.test(id))).toBe(true);
  const speech = await all('category=text-to-speech');
  expect(speech.length).toBeGreaterThan(25);
  expect(new Set(speech.map(({ metadata }) => metadata!['category']))).toEqual(
    new Set(['text-to-speech']),
  );
  expect(ids((await list(`endpoint_id=${QWEN},${NANO}`)).models)).toEqual([NANO, QWEN]);
  expect(ids((await list(`endpoint_id=${QWEN}&endpoint_id=fal-ai/veo3`)).models)).toEqual([
    QWEN,
    'fal-ai/veo3',
  ]);
  expect((await list('status=deprecated')).models).toEqual([]);
  expect((await list('q=qwen-image&status=active')).models.length).toBeGreaterThan(0);
});

test('more than fifty endpoints at once are refused', async () => {
  const { api } = await startApi();
  const many = Array.from({ length: 51 }, (_, index) => `a/${index}`).join(',');
  expect((await fetch(`${api}/models?endpoint_id=${many}`)).status).toBe(400);
  expect((await call(`${api}/models/pricing?endpoint_id=${many}`)).status).toBe(400);
});

test('an entry tells title, category, kind and how long it takes', async () => {
  const { list } = await startApi();
  const { models } = await list('endpoint_id=fal-ai/veo3,fal-ai/flux-lora-fast-training');
  expect(models.map(({ metadata }) => metadata)).toMatchObject([
    { kind: 'training', duration_estimate: 15, display_name: ANY_TEXT },
    { category: 'text-to-video', kind: 'inference', status: 'active', duration_estimate: 2 },
  ]);
});

test('every endpoint has a price in the unit of what it makes', async () => {
  const { api, all } = await startApi();
  const every = ids(await all(''));
  const prices: { endpoint_id: string; unit: string }[] = [];
  for (let start0 = 0; start0 < every.length; start0 += 50) {
    const query = every.slice(start0, start0 + 50).join(',');
    const response = await call(`${api}/models/pricing?endpoint_id=${query}`);
    prices.push(...(await read<{ prices: typeof prices }>(response)).prices);
  }
  expect(prices).toHaveLength(every.length);
  const unitOf = (id: string) => prices.find(({ endpoint_id }) => endpoint_id === id)?.unit;
  expect(
    [
      'fal-ai/veo3',
      'fal-ai/flux/schnell',
      'fal-ai/elevenlabs/tts/turbo-v2.5',
      'fal-ai/trellis',
    ].map(unitOf),
  ).toEqual(['seconds', 'megapixels', '1000 characters', 'requests']);
  expect(prices[0]).toEqual({
    endpoint_id: NANO,
    unit: 'images',
    unit_price: ANY_NUMBER,
    currency: 'USD',
  });
});

test('schema and metadata may be missing, as at fal', async () => {
  const { sandbox, list } = await startApi();
  sandbox.faults.add({ kind: 'expansion-failed', when: { endpoint: QWEN } });
  sandbox.faults.add({ kind: 'no-metadata', when: { endpoint: NANO } });
  const { models } = await list(`endpoint_id=${QWEN},${NANO}&expand=openapi-3.0`);
  expect(models[0]).not.toHaveProperty('metadata');
  expect(models[1]).toMatchObject({ openapi: { error: { code: 'expansion_failed' } } });
});

test('an added endpoint is listed with its own document, priced, and found by its words', async () => {
  const { sandbox, api, list } = await startApi();
  const document = (await list(`endpoint_id=${QWEN}&expand=openapi-3.0`)).models[0]!.openapi!;
  const added = {
    ...document,
    info: {
      title: 'Harbour Painter',
      'x-fal-metadata': { endpointId: 'me/harbour', category: 'text-to-image' },
    },
  };
  sandbox.addEndpoint(added);
  const { models } = await list('q=harbour%20painter&expand=openapi-3.0');
  expect(models).toMatchObject([{ endpoint_id: 'me/harbour', openapi: added }]);
  expect((await call(`${api}/models/pricing?endpoint_id=me/harbour`)).status).toBe(200);
});
