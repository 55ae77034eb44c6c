/** fal's own words about its models, from its Platform API: what there is, its schemas, its prices. */
import { z } from 'zod';
import { lenient } from '../lenient.ts';
import { foldText } from '../models/catalogue/fold-text.ts';
import { readOpenApi } from '../models/catalogue/read-openapi.ts';
import { isEndpointId, type Endpoint } from '../models/endpoint.ts';
import { parseJson } from './parse-json.ts';
import { askPlatform, type PlatformApiParts } from './platform-api.ts';

/** What fal says of one model beside its schema. */
export interface ListedModel {
  readonly id: string;
  readonly title?: string | undefined;
  /** One of fal's categories, as fal writes it. */
  readonly category?: string | undefined;
  readonly description?: string | undefined;
  /** fal will take it away. */
  readonly isDeprecated: boolean;
  /** fal's own estimate of how long one request takes. */
  readonly seconds?: number | undefined;
}

export interface ListedPrice {
  readonly id: string;
  readonly unitPrice: number;
  /** Such as `images`, `megapixels` or `1000 characters`. */
  readonly unit: string;
  /** Such as `USD`. */
  readonly currency: string;
}

/** What was asked for, or why fal did not say it. */
export type Told<Data> =
  | { readonly kind: 'told'; readonly data: Data }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Nothing here throws; nothing costs. */
export interface ModelApi {
  /** Every model of fal's. */
  list(): Promise<Told<readonly ListedModel[]>>;
  /** The endpoints with fal's own descriptions; those that fal cannot describe are left out. */
  expand(ids: readonly string[]): Promise<Told<readonly Endpoint[]>>;
  /** Prices of these endpoints; those without one are left out. Needs a key. */
  prices(ids: readonly string[]): Promise<Told<readonly ListedPrice[]>>;
}

/** fal's own limit for ids in one question; also what its documents ask for as a page. */
const BATCH_SIZE = 50;
/** fal has some 1,500 models: past this, something goes round in circles. */
const MOST_PAGES = 100;
const NO_LIST = 'fal’s list of models is not where it was';
/** Questions for one list of ids, those after a 404 included. */
const MOST_QUESTIONS = 300;

const pageSchema = z.object({
  models: lenient(z.array(z.unknown())),
  prices: lenient(z.array(z.unknown())),
  next_cursor: lenient(z.string()),
  has_more: lenient(z.boolean()),
});
type Page = z.infer<typeof pageSchema>;
const metadataSchema = z.object({
  display_name: lenient(z.string()),
  category: lenient(z.string()),
  description: lenient(z.string()),
  status: lenient(z.string()),
  duration_estimate: lenient(z.number().positive()),
});
const modelSchema = z.object({
  endpoint_id: z.string().refine(isEndpointId),
  // Endpoints without an entry in fal's registry have none.
  metadata: lenient(metadataSchema),
  openapi: z.unknown().optional(),
});
const priceSchema = z.object({
  endpoint_id: z.string().refine(isEndpointId),
  unit_price: z.number().nonnegative(),
  unit: z.string(),
  currency: z.string().catch('USD'),
});

export function createModelApi(parts: PlatformApiParts): ModelApi {
  const ask = createAsk(parts);
  return {
    async list() {
      const answer = await collect(ask, { path: '/models', ids: [] }, toListedModel);
      return answer.kind === 'not-found' ? { kind: 'unavailable', reason: NO_LIST } : answer;
    },
    expand: (ids) =>
      collectByIds(ids, (batch) =>
        collect(ask, { path: '/models', ids: batch, expand: 'openapi-3.0' }, toEndpoint),
      ),
    prices: (ids) =>
      collectByIds(ids, (batch) =>
        collect(ask, { path: '/models/pricing', ids: batch }, toListedPrice),
      ),
  };
}

interface Question {
  readonly path: string;
  readonly ids: readonly string[];
  readonly expand?: string;
}

type Answer<Data> = Told<Data> | { readonly kind: 'not-found' };
type Ask = (question: Question, cursor: string | undefined) => Promise<Answer<Page>>;

function createAsk(parts: PlatformApiParts): Ask {
  return async ({ path, ids, expand }, cursor) => {
    const query = new URLSearchParams(path === '/models' ? { limit: String(BATCH_SIZE) } : {});
    for (const id of ids) query.append('endpoint_id', id);
    if (expand) query.set('expand', expand);
    if (cursor) query.set('cursor', cursor);
    const answer = await askPlatform(parts, path, query);
    if (answer.kind === 'silence') return { kind: 'unavailable', reason: answer.reason };
    if (answer.status === 404) return { kind: 'not-found' };
    const page = pageSchema.safeParse(parseJson(answer.text)).data;
    if (answer.status === 200 && page) return { kind: 'told', data: page };
    const reason = page
      ? `fal answered ${answer.status} to a question about its models`
      : 'fal’s answer about its models could not be read';
    return { kind: 'unavailable', reason };
  };
}

/** All pages of one question; a broken entry is left out, a broken page spoils the whole. */
async function collect<Item>(
  ask: Ask,
  question: Question,
  toItem: (entry: unknown) => Item | undefined,
): Promise<Answer<readonly Item[]>> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask(question, cursor);
    if (answer.kind !== 'told') return answer;
    const { models, prices, next_cursor: next, has_more: hasMore } = answer.data;
    const found = (models ?? prices ?? []).map(toItem);
    items.push(...found.filter((item) => item !== undefined));
    if (hasMore === false || !next || next === cursor) return { kind: 'told', data: items };
    cursor = next;
  }
  return { kind: 'unavailable', reason: 'fal’s list of models has no end' };
}

/**
 * fal refuses a whole batch with 404 for one id that it does not know, so that a refused batch is
 * halved until only unknown ids are left over.
 */
async function collectByIds<Item>(
  ids: readonly string[],
  read: (batch: readonly string[]) => Promise<Answer<readonly Item[]>>,
): Promise<Told<readonly Item[]>> {
  const items: Item[] = [];
  const batches = toBatches([...new Set(ids)].filter(isEndpointId), BATCH_SIZE);
  for (let asked = 0; asked < MOST_QUESTIONS; asked += 1) {
    const batch = batches.shift();
    if (batch === undefined) break;
    const answer = await read(batch);
    if (answer.kind === 'unavailable') return answer;
    if (answer.kind === 'told') items.push(...answer.data);
    else if (batch.length > 1) batches.push(...toBatches(batch, Math.ceil(batch.length / 2)));
  }
  return { kind: 'told', data: items };
}

function toBatches(ids: readonly string[], size: number): (readonly string[])[] {
  const starts = ids.flatMap((_, index) => (index % size === 0 ? index : []));
  return starts.map((start) => ids.slice(start, start + size));
}

function toListedModel(entry: unknown): ListedModel | undefined {
  const model = modelSchema.safeParse(entry).data;
  if (model === undefined) return undefined;
  const { endpoint_id: id, metadata = {} } = model;
  const minutes = metadata.duration_estimate;
  return {
    id,
    title: toWords(metadata.display_name),
    category: metadata.category,
    description: toWords(metadata.description),
    isDeprecated: metadata.status === 'deprecated',
    seconds: minutes === undefined ? undefined : Math.max(1, Math.round(minutes * 60)),
  };
}

/** fal's documents lack a name of their own; the entry beside them has it. */
function toEndpoint(entry: unknown): Endpoint | undefined {
  const model = modelSchema.safeParse(entry).data;
  const endpoint = model && readDocument(model.openapi);
  if (endpoint === undefined || endpoint.id !== model?.endpoint_id) return undefined;
  const title = toWords(model.metadata?.display_name) ?? endpoint.title;
  const description = toWords(model.metadata?.description) ?? endpoint.description;
  return { ...endpoint, title, ...(description !== undefined && { description }) };
}

function readDocument(document: unknown): Endpoint | undefined {
  try {
    return readOpenApi(document);
  } catch {
    // One of fal's documents that cannot be used is no reason to do without the others.
    return undefined;
  }
}

function toListedPrice(entry: unknown): ListedPrice | undefined {
  const price = priceSchema.safeParse(entry).data;
  if (price === undefined) return undefined;
  const { endpoint_id: id, unit_price: unitPrice, unit, currency } = price;
  return { id, unitPrice, unit, currency };
}

function toWords(text = ''): string | undefined {
  const words = foldText(text);
  return words === '' ? undefined : words;
}
