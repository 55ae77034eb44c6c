/** An endpoint's OpenAPI document in the form in which fal publishes them. */
import { toPascal } from './any-endpoint/field-schemas.ts';
import { describeField } from './field-words.ts';
import type { JsonSchema } from './models/json-schema.ts';
import type { Listed } from './models/models.ts';

const QUEUE_STATUS = {
  type: 'object',
  properties: {
    status: { type: 'string', enum: ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'] },
    request_id: { type: 'string' },
    response_url: { type: 'string' },
    status_url: { type: 'string' },
    cancel_url: { type: 'string' },
    logs: { type: 'object', additionalProperties: true },
    metrics: { type: 'object', additionalProperties: true },
    queue_position: { type: 'integer' },
  },
  required: ['status', 'request_id'],
};

export function toOpenApi(listed: Listed): unknown {
  if (listed.document !== undefined) return listed.document;
  const { endpoint, title, category } = listed;
  const { input, output, components } = listed.open().schemas();
  const name = toPascal(endpoint.replace(/^fal-ai\//u, ''));
  const schemas = { ...components, [`${name}Input`]: input, [`${name}Output`]: output };
  const words = Object.entries(schemas).map(([key, schema]) => [key, withWords(schema)] as const);
  return {
    openapi: '3.0.4',
    info: {
      title: `Queue OpenAPI for ${endpoint}`,
      version: '1.0.0',
      description: `The OpenAPI schema of the sandbox's ${title}.`,
      'x-fal-metadata': {
        endpointId: endpoint,
        category,
        thumbnailUrl: '',
        playgroundUrl: `https://fal.ai/models/${endpoint}`,
        documentationUrl: `https://fal.ai/models/${endpoint}/api`,
      },
    },
    components: {
      securitySchemes: {
        apiKeyAuth: { type: 'apiKey', in: 'header', name: 'Authorization' },
      },
      schemas: { QueueStatus: QUEUE_STATUS, ...Object.fromEntries(words) },
    },
    paths: toPaths(endpoint, name),
    servers: [{ url: 'https://queue.fal.run' }],
    security: [{ apiKeyAuth: [] }],
  };
}

function toPaths(endpoint: string, name: string) {
  const request = `/${endpoint}/requests/{request_id}`;
  return {
    [`${request}/status`]: { get: answerWith('QueueStatus') },
    [`${request}/cancel`]: { put: { responses: { '200': { description: 'Cancelled.' } } } },
    [`/${endpoint}`]: {
      post: {
        requestBody: { required: true, content: refer(`${name}Input`) },
        ...answerWith('QueueStatus'),
      },
    },
    [request]: { get: answerWith(`${name}Output`) },
  };
}

function answerWith(name: string) {
  return { responses: { '200': { description: 'The answer.', content: refer(name) } } };
}

function refer(name: string) {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}

/** Titles as fal's tools make them, and a sentence where there is one. */
function withWords(schema: JsonSchema): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, property]) => [name, { ...toWords(name, property), ...property }] as const,
  );
  return schema.properties ? { ...schema, properties: Object.fromEntries(properties) } : schema;
}

function toWords(name: string, property: JsonSchema): { title: string; description?: string } {
  const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const title = words.join(' ');
  const description = property.description ?? describeField(name);
  return description === undefined ? { title } : { title, description };
}
