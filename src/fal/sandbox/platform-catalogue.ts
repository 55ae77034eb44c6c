/** The catalogue's part of the Platform API. */
import { z } from 'zod';
import { json } from './answers.ts';
import { MODELS } from './models/catalogue.ts';
import type { SandboxModel } from './models/model.ts';
import type { SandboxContext } from './parts.ts';
import { readList, refusePlatform, toPage } from './platform-answers.ts';

export function listModels(context: SandboxContext): Response {
  const words = (context.req.query('q') ?? '').toLowerCase();
  const category = context.req.query('category');
  const endpoints = readList(context, 'endpoint_id');
  const found = MODELS.filter(
    (model) =>
      `${model.endpoint} ${model.title}`.toLowerCase().includes(words) &&
      (category === undefined || category === model.category) &&
      (endpoints.length === 0 || endpoints.includes(model.endpoint)),
  );
  const isOpen = readList(context, 'expand').includes('openapi-3.0');
  const { page, ...rest } = toPage(context, found);
  return json(200, { models: page.map((model) => toEntry(model, isOpen)), ...rest });
}

export function listPrices(context: SandboxContext): Response {
  const endpoints = readList(context, 'endpoint_id');
  if (endpoints.length === 0) {
    return refusePlatform(400, 'validation_error', 'endpoint_id is required');
  }
  const prices = MODELS.filter(({ endpoint }) => endpoints.includes(endpoint)).map((model) => ({
    endpoint_id: model.endpoint,
    unit_price: model.price.unitPrice,
    unit: model.price.unit,
    currency: 'USD',
  }));
  if (prices.length < endpoints.length) {
    return refusePlatform(404, 'not_found', 'A model was not found');
  }
  return json(200, { prices, next_cursor: null, has_more: false });
}

function toEntry(model: SandboxModel, isOpen: boolean) {
  const metadata = {
    display_name: model.title,
    category: model.category,
    description: `A toy in the place of ${model.title}.`,
    status: 'active',
    tags: [],
    updated_at: '2026-01-01T00:00:00Z',
    is_favorited: false,
    thumbnail_url: '',
    model_url: `https://fal.run/${model.endpoint}`,
    date: '2026-01-01T00:00:00Z',
    highlighted: false,
    pinned: false,
  };
  const entry = { endpoint_id: model.endpoint, metadata };
  return isOpen ? { ...entry, openapi: toOpenApi(model) } : entry;
}

function toOpenApi(model: SandboxModel) {
  const { $schema: _, ...input } = z.toJSONSchema(model.input, {
    io: 'input',
    target: 'openapi-3.0',
    unrepresentable: 'any',
  });
  const schema = { $ref: '#/components/schemas/Input' };
  return {
    openapi: '3.0.4',
    info: {
      title: `Queue OpenAPI for ${model.endpoint}`,
      version: '1.0.0',
      'x-fal-metadata': { endpointId: model.endpoint, category: model.category },
    },
    components: {
      schemas: {
        Input: { ...input, 'x-fal-order-properties': Object.keys(input.properties ?? {}) },
      },
    },
    paths: {
      [`/${model.endpoint}`]: {
        post: { requestBody: { required: true, content: { 'application/json': { schema } } } },
      },
    },
    servers: [{ url: 'https://queue.fal.run' }],
  };
}
