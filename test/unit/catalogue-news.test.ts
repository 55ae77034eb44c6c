import { describe, expect, test } from 'vitest';
import type { ListedModel, ListedPrice, ModelApi, Told } from '../../src/fal/model-api.ts';
import { readCatalogue } from '../../src/models/catalogue/catalogue.ts';
import { createLearnedNews } from '../../src/models/catalogue/learned-news.ts';
import type { Endpoint } from '../../src/models/endpoint.ts';
import type { RecordStore } from '../../src/platforms/platform.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createMemoryRecords } from '../support/memory-records.ts';

const catalogue = await readCatalogue();
const FLUX = 'fal-ai/flux/dev';
const NEW = 'acme/painter';
const DAY_MS = 24 * 60 * 60 * 1000;

const endpoint = (id: string, more: Partial<Endpoint> = {}): Endpoint => ({
  id,
  title: `Title of ${id}`,
  kind: 'text-to-image',
  fields: [
    {
      name: 'prompt',
      type: { kind: 'text', minLength: 3 },
      required: true,
      nullable: false,
      description: 'What to paint.',
    },
    {
      name: 'size',
      type: {
        kind: 'either',
        types: [
          {
            kind: 'object',
            fields: [
              {
                name: 'width',
                type: { kind: 'integer', above: 0 },
                required: true,
                nullable: true,
              },
            ],
          },
          { kind: 'choice', values: ['square', 2] },
          { kind: 'list', of: { kind: 'file', media: 'image' }, maxItems: 2 },
          { kind: 'flag' },
          { kind: 'anything' },
        ],
      },
      required: false,
      nullable: false,
      standard: { width: 512 },
    },
  ],
  outputs: [{ name: 'images', media: 'image' }],
  description: `About ${id}.`,
  ...more,
});

interface Fal {
  endpoints: readonly Endpoint[];
  models: readonly ListedModel[];
  prices: readonly ListedPrice[];
  /** Set, nothing can be had. */
  trouble: string | undefined;
}

/** A model API that says what the test says, and remembers what it was asked. */
function createFal(said: Partial<Fal> = {}) {
  const fal: Fal = { endpoints: [], models: [], prices: [], trouble: undefined, ...said };
  const asked: string[] = [];
  const answer = async <Data>(question: string, data: Data): Promise<Told<Data>> => {
    asked.push(question);
    if (fal.trouble !== undefined) return { kind: 'unavailable', reason: fal.trouble };
    return { kind: 'told', data };
  };
  const api: ModelApi = {
    list: () => answer('list', fal.models),
    expand: (ids) => answer(`expand ${ids.join(' ')}`, pick(fal.endpoints, ids)),
    prices: (ids) => answer(`prices ${ids.join(' ')}`, pick(fal.prices, ids)),
  };
  return { fal, api, asked };
}

function pick<Item extends { id: string }>(items: readonly Item[], ids: readonly string[]) {
  return items.filter(({ id }) => ids.includes(id));
}

const SAID: Partial<Fal> = {
  endpoints: [endpoint(FLUX), endpoint(NEW)],
  models: [
    { id: FLUX, title: 'FLUX.1 [dev]', description: 'Draws.', isDeprecated: false, seconds: 12 },
    { id: 'acme/old', title: 'Old', isDeprecated: true },
  ],
  prices: [
    { id: FLUX, unitPrice: 0.025, unit: 'megapixels', currency: 'USD' },
    { id: NEW, unitPrice: 3, unit: 'images', currency: 'EUR' },
  ],
};

function createNews(
  records: RecordStore = createMemoryRecords(),
  dropped: readonly Endpoint[] = [],
) {
  return createLearnedNews({ records, catalogue, dropped });
}

describe('what fal says', () => {
  test('is known after it was asked: endpoints, words, prices in dollars, estimates, what goes away', async () => {
    const news = createNews();
    const { api } = createFal(SAID);
    expect(await news.refresh([FLUX, NEW], api, createManualClock())).toEqual([]);
    expect(news.endpointIds().toSorted()).toEqual([NEW, FLUX]);
    expect(news.endpoint(FLUX)).toEqual(endpoint(FLUX));
    expect(news.description(FLUX)).toBe(`About ${FLUX}.`);
    expect(news.title('acme/old')).toBe('Old');
    expect(news.price(FLUX)).toEqual({ unitPrice: 0.025, unit: 'megapixels' });
    expect(news.price(NEW)).toBeUndefined();
    expect(news.typicalSeconds(FLUX)).toBe(12);
    expect(news.typicalSeconds(NEW)).toBeUndefined();
    expect(news.isDeprecated('acme/old')).toBe(true);
    expect(news.isDeprecated(FLUX)).toBe(false);
  });

  test('is known after a restart without a network', async () => {
    const records = createMemoryRecords();
    await createNews(records).refresh([FLUX, NEW], createFal(SAID).api, createManualClock());
    const news = createNews(records);
    expect(news.endpoint(FLUX)).toBeUndefined();
    await news.load();
    expect(news.endpoint(FLUX)).toEqual(endpoint(FLUX));
    expect(news.endpoint(NEW)).toEqual(endpoint(NEW));
    expect(news.price(FLUX)).toEqual({ unitPrice: 0.025, unit: 'megapixels' });
    expect(news.typicalSeconds(FLUX)).toBe(12);
    expect(news.isDeprecated('acme/old')).toBe(true);
  });

  test('is not asked again within a day, and asked again after one', async () => {
    const clock = createManualClock();
    const news = createNews();
    const { api, asked } = createFal(SAID);
    await news.refresh([FLUX], api, clock);
    await clock.advance(DAY_MS - 1);
    await news.refresh([FLUX], api, clock);
    expect(asked).toEqual(['list', `expand ${FLUX}`, `prices ${FLUX}`]);
    await clock.advance(1);
    await news.refresh([FLUX], api, clock);
    expect(asked).toHaveLength(6);
  });

  test('is asked only of endpoints that are new to it', async () => {
    const news = createNews();
    const { api, asked } = createFal(SAID);
    const clock = createManualClock();
    await news.refresh([FLUX, 'acme/unknown'], api, clock);
    await news.refresh([FLUX, 'acme/unknown', NEW], api, clock);
    expect(asked.slice(3)).toEqual([`expand ${NEW}`, `prices ${NEW}`]);
  });

  test('is asked again where the clock was set back', async () => {
    const news = createNews();
    const { api, asked } = createFal(SAID);
    await news.refresh([FLUX], api, createManualClock(new Date('2026-05-01T00:00:00Z')));
    await news.refresh([FLUX], api, createManualClock(new Date('2026-01-01T00:00:00Z')));
    expect(asked).toHaveLength(6);
  });

  test('changes the revision, so that whoever keeps something of it looks again', async () => {
    const news = createNews();
    const before = news.revision();
    await news.refresh([FLUX], createFal(SAID).api, createManualClock());
    expect(news.revision()).toBeGreaterThan(before);
  });
});

describe('where fal cannot be asked', () => {
  test('the reason comes back once and what was known stays', async () => {
    const clock = createManualClock();
    const news = createNews();
    const { fal, api } = createFal(SAID);
    await news.refresh([FLUX], api, clock);
    await clock.advance(DAY_MS);
    fal.trouble = 'no answer in time';
    expect(await news.refresh([FLUX], api, clock)).toEqual(['no answer in time']);
    expect(news.endpoint(FLUX)).toEqual(endpoint(FLUX));
    fal.trouble = undefined;
    fal.endpoints = [endpoint(FLUX, { title: 'Newer' })];
    await news.refresh([FLUX], api, clock);
    expect(news.title(FLUX)).toBe('Newer');
  });

  test('an endpoint that it cannot describe this time stays as it was', async () => {
    const clock = createManualClock();
    const news = createNews();
    const { fal, api } = createFal(SAID);
    await news.refresh([FLUX], api, clock);
    await clock.advance(DAY_MS);
    fal.endpoints = [];
    await news.refresh([FLUX], api, clock);
    expect(news.endpoint(FLUX)).toEqual(endpoint(FLUX));
  });
});

describe('what lies damaged in the store', () => {
  test.each<[string, unknown]>([
    ['a word', 'hello'],
    ['nothing', null],
    ['a record without a time', { value: endpoint(FLUX) }],
    ['a record of no time', { at: 'yesterday', value: endpoint(FLUX) }],
    ['an endpoint of a foreign shape', { at: '2026-01-01T00:00:00.000Z', value: { id: FLUX } }],
    [
      'a field of a type nobody knows',
      {
        at: '2026-01-01T00:00:00.000Z',
        value: {
          ...endpoint(FLUX),
          fields: [{ name: 'x', type: { kind: 'tensor' }, required: false, nullable: false }],
        },
      },
    ],
    [
      'an id that is none',
      { at: '2026-01-01T00:00:00.000Z', value: { ...endpoint(FLUX), id: 'https://evil.example' } },
    ],
  ])('is ignored and asked for anew: %s', async (_, damaged) => {
    const records = createMemoryRecords();
    await records.write('endpoints', FLUX, damaged);
    await records.write('list', 'all', damaged);
    await records.write('prices', FLUX, damaged);
    const news = createNews(records);
    await news.load();
    expect(news.endpoint(FLUX)).toBeUndefined();
    const { api, asked } = createFal(SAID);
    await news.refresh([FLUX], api, createManualClock());
    expect(asked).toHaveLength(3);
    expect(news.endpoint(FLUX)).toEqual(endpoint(FLUX));
  });
});

describe('a dropped endpoint', () => {
  test('is known without fal, and wins over what fal says', async () => {
    const own = endpoint(FLUX, { title: 'Mine', description: 'My own.' });
    const news = createNews(createMemoryRecords(), [own, endpoint('acme/own')]);
    expect(news.endpointIds()).toEqual([FLUX, 'acme/own']);
    await news.refresh([FLUX], createFal(SAID).api, createManualClock());
    expect(news.endpoint(FLUX)).toEqual(own);
    expect(news.description(FLUX)).toBe('My own.');
    expect(news.endpointIds()).toEqual([FLUX, 'acme/own']);
  });
});

test('an endpoint whose document does not say what it makes, makes what the catalogue knows', async () => {
  const news = createNews();
  const { api } = createFal({
    endpoints: [endpoint(FLUX, { outputs: [] }), endpoint(NEW, { outputs: [] })],
  });
  await news.refresh([FLUX, NEW], api, createManualClock());
  expect(news.endpoint(FLUX)?.outputs).toEqual([{ name: 'images', media: 'image' }]);
  expect(news.endpoint(NEW)?.outputs).toEqual([]);
});
