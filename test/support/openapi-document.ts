/** Documents in the form of fal's, for endpoints that a test makes up. */

interface DocumentOptions {
  readonly id?: string;
  readonly category?: string;
  readonly input?: Record<string, unknown>;
  readonly output?: Record<string, unknown>;
  readonly schemas?: Record<string, unknown>;
}

export function createDocument(options: DocumentOptions = {}) {
  const { id = 'acme/painter', category = 'text-to-image', schemas = {} } = options;
  const input = options.input ?? {
    type: 'object',
    required: ['prompt'],
    properties: { prompt: { type: 'string' } },
  };
  const output = options.output ?? {
    type: 'object',
    properties: { images: { type: 'array', items: { $ref: '#/components/schemas/Image' } } },
  };
  return {
    openapi: '3.0.4',
    info: {
      title: `Queue OpenAPI for ${id}`,
      version: '1.0.0',
      description: `The OpenAPI schema for the ${id} queue.`,
      'x-fal-metadata': { endpointId: id, category },
    },
    components: {
      schemas: {
        QueueStatus: { type: 'object', properties: { status: { type: 'string' } } },
        Image: { type: 'object', properties: { url: { type: 'string' } }, required: ['url'] },
        Input: input,
        Output: output,
        ...schemas,
      },
    },
    paths: {
      [`/${id}/requests/{request_id}/status`]: {
        get: { responses: { 200: answer('QueueStatus') } },
      },
      [`/${id}/requests/{request_id}/cancel`]: {
        put: { responses: { 200: answer('QueueStatus') } },
      },
      [`/${id}`]: {
        post: {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Input' } } },
          },
          responses: { 200: answer('QueueStatus') },
        },
      },
      [`/${id}/requests/{request_id}`]: { get: { responses: { 200: answer('Output') } } },
    },
    servers: [{ url: 'https://queue.fal.run' }],
  };
}

const answer = (name: string) => ({
  description: 'The answer.',
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
});
