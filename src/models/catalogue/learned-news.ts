/** What is learned of models at run time: fal's own words, prices and estimates, and dropped files. */
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { ListedModel, ListedPrice, ModelApi, Told } from '../../fal/model-api.ts';
import type { RecordStore } from '../../platforms/platform.ts';
import type { ModelNews } from '../model-news.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Catalogue } from './catalogue.ts';
import { createKeptAnswers, type KeptAnswers } from './kept-answers.ts';
import { storedEndpoint } from './stored-endpoint.ts';

export interface LearnedNews extends Omit<ModelNews, 'noteDuration'> {
  /** fal's own name of an endpoint. */
  title(id: string): string | undefined;
  /** Everything that fal has, as it said last. */
  listedIds(): readonly string[];
  /** True where fal will take it away. */
  isDeprecated(id: string): boolean;
  /** Reads what was learned before the last stop, so that it is known without a network. */
  load(): Promise<void>;
  /**
   * Asks fal what is not known or older than a day: its list of models, and these endpoints in full.
   * What cannot be had stays as it was; the reasons come back, for the log.
   */
  refresh(ids: readonly string[], modelApi: ModelApi, clock: Clock): Promise<readonly string[]>;
}

interface LearnedNewsParts {
  /** The store's records under `models`. */
  readonly records: RecordStore;
  readonly catalogue: Catalogue;
  /** From the operator's folder: these win over what fal says. */
  readonly dropped: readonly Endpoint[];
}

/** fal's whole list is one answer. */
const WHOLE = 'all';
interface WholeList {
  readonly id: string;
  readonly models: readonly ListedModel[];
}

const listedModel: z.ZodType<ListedModel> = z.object({
  id: z.string(),
  title: z.string().optional(),
  category: z.string().optional(),
  description: z.string().optional(),
  isDeprecated: z.boolean(),
  seconds: z.number().optional(),
});
const wholeList: z.ZodType<WholeList> = z.object({ id: z.string(), models: z.array(listedModel) });
const listedPrice: z.ZodType<ListedPrice> = z.object({
  id: z.string(),
  unitPrice: z.number(),
  unit: z.string(),
  currency: z.string(),
});

interface Shelves {
  readonly list: KeptAnswers<WholeList>;
  readonly endpoints: KeptAnswers<Endpoint>;
  readonly prices: KeptAnswers<ListedPrice>;
}

export function createLearnedNews({ records, catalogue, dropped }: LearnedNewsParts): LearnedNews {
  const shelves: Shelves = {
    list: createKeptAnswers({ records, collection: 'list', schema: wholeList }),
    endpoints: createKeptAnswers({ records, collection: 'endpoints', schema: storedEndpoint }),
    prices: createKeptAnswers({ records, collection: 'prices', schema: listedPrice }),
  };
  const own = new Map(dropped.map((endpoint) => [endpoint.id, endpoint]));
  let listed: ReadonlyMap<string, ListedModel> = new Map();
  let revision = 0;
  const change = (): void => {
    listed = new Map((shelves.list.find(WHOLE)?.models ?? []).map((model) => [model.id, model]));
    revision += 1;
  };
  const endpoint = (id: string): Endpoint | undefined =>
    own.get(id) ?? complete(shelves.endpoints.find(id), catalogue);
  return {
    endpoint,
    endpointIds: () => [...new Set([...own.keys(), ...shelves.endpoints.ids()])],
    description: (id) => endpoint(id)?.description ?? listed.get(id)?.description,
    title: (id) => endpoint(id)?.title ?? listed.get(id)?.title,
    price: (id) => toPrice(shelves.prices.find(id)),
    typicalSeconds: (id) => listed.get(id)?.seconds,
    listedIds: () => [...listed.keys()],
    isDeprecated: (id) => listed.get(id)?.isDeprecated ?? false,
    revision: () => revision,
    async load() {
      await shelves.list.load();
      await shelves.endpoints.load();
      await shelves.prices.load();
      change();
    },
    async refresh(ids, modelApi, clock) {
      const reasons = await refreshShelves(shelves, ids, { modelApi, clock });
      change();
      return reasons;
    },
  };
}

/** fal's documents sometimes do not tell what comes out. */
function complete(endpoint: Endpoint | undefined, catalogue: Catalogue): Endpoint | undefined {
  if (endpoint === undefined || endpoint.outputs.length > 0) return endpoint;
  return { ...endpoint, outputs: catalogue.find(endpoint.id)?.outputs ?? [] };
}

function toPrice(price: ListedPrice | undefined): ReturnType<ModelNews['price']> {
  if (price?.currency !== 'USD') return undefined;
  return { unitPrice: price.unitPrice, unit: price.unit };
}

async function refreshShelves(
  { list, endpoints, prices }: Shelves,
  ids: readonly string[],
  { modelApi, clock }: { modelApi: ModelApi; clock: Clock },
): Promise<readonly string[]> {
  const now = clock.now();
  const reasons = [
    await refreshShelf(list, [WHOLE], { now, ask: () => askWhole(modelApi) }),
    await refreshShelf(endpoints, ids, { now, ask: (ids) => modelApi.expand(ids) }),
    await refreshShelf(prices, ids, { now, ask: (ids) => modelApi.prices(ids) }),
  ];
  return [...new Set(reasons.flatMap((reason) => reason ?? []))];
}

interface Asking<Value> {
  readonly now: Date;
  readonly ask: (ids: readonly string[]) => Promise<Told<readonly Value[]>>;
}

/** The reason where nothing could be had. */
async function refreshShelf<Value extends { readonly id: string }>(
  shelf: KeptAnswers<Value>,
  ids: readonly string[],
  { now, ask }: Asking<Value>,
): Promise<string | undefined> {
  const stale = shelf.findStale(ids, now);
  if (stale.length === 0) return undefined;
  const told = await ask(stale);
  if (told.kind === 'unavailable') return told.reason;
  const byId = new Map(told.data.map((value) => [value.id, value]));
  // What fal cannot say just now is still true as it said it before.
  for (const id of stale) await shelf.keep(id, byId.get(id) ?? shelf.find(id), now);
  return undefined;
}

async function askWhole(modelApi: ModelApi): Promise<Told<readonly WholeList[]>> {
  const told = await modelApi.list();
  if (told.kind === 'unavailable') return told;
  return { kind: 'told', data: [{ id: WHOLE, models: told.data }] };
}
