/** The catalogue's part of the Platform API. */
import { minutesOf } from './any-endpoint/prices.ts';
import { json } from './answers.ts';
import type { Listed } from './models/models.ts';
import { toOpenApi } from './open-api.ts';
import type { Parts, SandboxContext } from './parts.ts';
import { readList, refusePlatform, toPage } from './platform-answers.ts';

/** One call names no more than these. */
const MOST_ENDPOINTS = 50;

export async function listModels(parts: Parts, context: SandboxContext): Promise<Response> {
  const words = (context.req.query('q') ?? '').toLowerCase();
  const category = context.req.query('category');
  // Nothing here is deprecated.
  const isActive = (context.req.query('status') ?? 'active') === 'active';
  const endpoints = readList(context, 'endpoint_id');
  if (endpoints.length > MOST_ENDPOINTS) return refuseMany();
  const found = (await parts.models.all()).filter(
    (model) =>
      isActive &&
      (words === '' || `${model.endpoint} ${model.title}`.toLowerCase().includes(words)) &&
      (category === undefined || category === model.category) &&
      (endpoints.length === 0 || endpoints.includes(model.endpoint)),
  );
  const isOpen = readList(context, 'expand').includes('openapi-3.0');
  const { page, ...rest } = toPage(context, found);
  return json(200, { models: page.map((model) => toEntry(parts, model, isOpen)), ...rest });
}

export async function listPrices(parts: Parts, context: SandboxContext): Promise<Response> {
  const endpoints = readList(context, 'endpoint_id');
  if (endpoints.length === 0) {
    return refusePlatform(400, 'validation_error', 'endpoint_id is required');
  }
  if (endpoints.length > MOST_ENDPOINTS) return refuseMany();
  const models = await parts.models.all();
  const prices = models
    .filter(({ endpoint }) => endpoints.includes(endpoint))
    .map(({ endpoint, price }) => ({
      endpoint_id: endpoint,
      unit_price: price.unitPrice,
      unit: price.unit,
      currency: 'USD',
    }));
  if (prices.length < new Set(endpoints).size) {
    return refusePlatform(404, 'not_found', 'A model was not found');
  }
  return json(200, { prices, next_cursor: null, has_more: false });
}

function refuseMany(): Response {
  return refusePlatform(400, 'validation_error', 'endpoint_id takes at most 50 values');
}

function toEntry(parts: Parts, model: Listed, isOpen: boolean) {
  const subject = { endpoint: model.endpoint, path: '/api/v1/models' };
  const isBare = parts.faults.take(['no-metadata'], subject) !== undefined;
  const isBroken = isOpen && parts.faults.take(['expansion-failed'], subject) !== undefined;
  const error = { code: 'expansion_failed', message: 'The schema could not be read' };
  return {
    endpoint_id: model.endpoint,
    ...(isBare ? {} : { metadata: toMetadata(model) }),
    ...(isOpen ? { openapi: isBroken ? { error } : toOpenApi(model) } : {}),
  };
}

function toMetadata({ endpoint, title, category }: Listed) {
  return {
    display_name: title,
    category,
    description: `A toy in the place of ${title}.`,
    status: 'active',
    tags: [],
    updated_at: '2026-01-01T00:00:00Z',
    is_favorited: false,
    thumbnail_url: '',
    model_url: `https://fal.run/${endpoint}`,
    date: '2026-01-01T00:00:00Z',
    kind: category === 'training' ? 'training' : 'inference',
    duration_estimate: minutesOf(category),
    highlighted: false,
    pinned: false,
  };
}
