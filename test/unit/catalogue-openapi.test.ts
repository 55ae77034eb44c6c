import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { readOpenApi } from '../../src/models/catalogue/read-openapi.ts';
import type { Field } from '../../src/models/endpoint.ts';
import { createDocument } from '../support/openapi-document.ts';

type Json = Record<string, unknown>;

/** The only field of an input that has this one property. */
function readField(property: Json, schemas: Json = {}, name = 'thing'): Field {
  const input = { type: 'object', properties: { [name]: property } };
  const [field] = readOpenApi(createDocument({ input, schemas })).fields;
  if (!field) throw new Error('no field was read');
  return field;
}

describe('a document of fal’s', () => {
  test('becomes an endpoint: id, kind, fields in fal’s order, outputs', () => {
    const input = {
      type: 'object',
      required: ['prompt'],
      'x-fal-order-properties': ['prompt', 'count', 'mood'],
      properties: {
        mood: { type: 'string', enum: ['calm', 'wild'], default: 'calm' },
        count: { type: 'integer', minimum: 1, maximum: 4, default: 1 },
        prompt: { type: 'string', description: '  What to\n paint. ', minLength: 3 },
      },
    };
    expect(readOpenApi(createDocument({ input }))).toEqual({
      id: 'acme/painter',
      title: 'Painter',
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
          name: 'count',
          type: { kind: 'integer', min: 1, max: 4 },
          required: false,
          nullable: false,
          standard: 1,
        },
        {
          name: 'mood',
          type: { kind: 'choice', values: ['calm', 'wild'] },
          required: false,
          nullable: false,
          standard: 'calm',
        },
      ],
      outputs: [{ name: 'images', media: 'image' }],
    });
  });

  test('without an order shows what is required first', () => {
    const input = {
      type: 'object',
      required: ['last'],
      properties: { first: { type: 'string' }, last: { type: 'string' } },
    };
    const { fields } = readOpenApi(createDocument({ input }));
    expect(fields.map((field) => field.name)).toEqual(['last', 'first']);
  });

  test('keeps the words of whoever wrote some, cut at 300 characters', () => {
    const document = createDocument();
    const info = {
      ...document.info,
      title: ' The  Painter ',
      description: 'Paints well. '.repeat(40),
    };
    const endpoint = readOpenApi({ ...document, info });
    expect(endpoint.title).toBe('The Painter');
    expect(endpoint.description).toMatch(/^Paints well\. .*…$/u);
    expect(endpoint.description!.length).toBeLessThanOrEqual(301);
  });

  test('without metadata is known by the path of its POST, and of the kind that its shape says', () => {
    const document = createDocument({ id: 'acme/eraser' });
    const input = {
      type: 'object',
      required: ['image_url'],
      properties: { image_url: { type: 'string' } },
    };
    document.components.schemas.Input = input;
    const { id, kind } = readOpenApi({ ...document, info: {} });
    expect({ id, kind }).toEqual({ id: 'acme/eraser', kind: 'image-to-image' });
  });

  test('may say what it makes in the answer to the POST itself', () => {
    const document = createDocument();
    const schema = { type: 'object', properties: { video: { $ref: '#/components/schemas/File' } } };
    const path = {
      post: {
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Input' } } },
        },
        responses: { 200: { content: { 'application/json': { schema } } } },
      },
    };
    document.components.schemas = {
      ...document.components.schemas,
      File: { type: 'object', properties: { url: { type: 'string' } } },
    } as typeof document.components.schemas;
    expect(readOpenApi({ ...document, paths: { '/acme/painter': path } }).outputs).toEqual([
      { name: 'video', media: 'video' },
    ]);
  });

  test('that does not say what it makes is usable all the same', () => {
    const { paths, ...document } = createDocument();
    const post = paths['/acme/painter'];
    expect(readOpenApi({ ...document, paths: { '/acme/painter': post } }).outputs).toEqual([]);
  });
});

describe('a field', () => {
  test.each<[string, Json, Partial<Field>]>([
    [
      'that may be null',
      { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      { nullable: true, type: { kind: 'integer' } },
    ],
    [
      'that is nullable in the old way',
      { type: 'string', nullable: true },
      { nullable: true, type: { kind: 'text' } },
    ],
    [
      'of two types in a list',
      { type: ['string', 'null'] },
      { nullable: true, type: { kind: 'text' } },
    ],
    [
      'with null among its choices',
      { enum: ['a', null] },
      { nullable: true, type: { kind: 'choice', values: ['a'] } },
    ],
    ['with a constant', { const: 'v2' }, { type: { kind: 'choice', values: ['v2'] } }],
    [
      'with constants beside one another',
      { oneOf: [{ const: 1 }, { const: 2 }] },
      { type: { kind: 'choice', values: [1, 2] } },
    ],
    [
      'with choices beside its parts',
      { anyOf: [{ type: 'string' }, { type: 'null' }], enum: ['a', 'b'] },
      { nullable: true, type: { kind: 'choice', values: ['a', 'b'] } },
    ],
    [
      'with open ends',
      { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 2 },
      { type: { kind: 'number', above: 0, below: 2 } },
    ],
    [
      'with open ends in the old way',
      { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: false },
      { type: { kind: 'number', above: 0, max: 1 } },
    ],
    [
      'with a step',
      { type: 'integer', minimum: 4, multipleOf: 4 },
      { type: { kind: 'integer', min: 4, multipleOf: 4 } },
    ],
    [
      'with bounds in fal’s spelling',
      { type: 'integer', min: 1, max: 60 },
      { type: { kind: 'integer', min: 1, max: 60 } },
    ],
    [
      'with parts in order',
      {
        type: 'array',
        prefixItems: [{ type: 'integer' }, { type: 'integer' }],
        minItems: 2,
        maxItems: 2,
      },
      { type: { kind: 'list', of: { kind: 'integer' }, minItems: 2, maxItems: 2 } },
    ],
    [
      'of a list of anything',
      { type: 'array' },
      { type: { kind: 'list', of: { kind: 'anything' } } },
    ],
    ['of an object without fields', { type: 'object' }, { type: { kind: 'anything' } }],
    ['with a default of null', { type: 'string', default: null }, {}],
    [
      'with a falsy default',
      { type: 'boolean', default: false },
      { standard: false, type: { kind: 'flag' } },
    ],
    [
      'with a number as default of words',
      { enum: ['4', '8'], default: 4 },
      { standard: '4', type: { kind: 'choice', values: ['4', '8'] } },
    ],
    ['that says nothing', {}, { type: { kind: 'anything' } }],
    ['of a type nobody knows', { type: 'tensor' }, { type: { kind: 'anything' } }],
  ])('%s', (_, property, expected) => {
    const field = readField(property);
    expect(field).toMatchObject(expected);
    expect('standard' in field).toBe('standard' in expected);
  });

  test('of a size is an object or a choice', () => {
    const ImageSize = {
      type: 'object',
      properties: { width: { type: 'integer', default: 512 }, height: { type: 'integer' } },
    };
    const property = {
      default: 'square',
      anyOf: [
        { $ref: '#/components/schemas/ImageSize' },
        { type: 'string', enum: ['square', 'wide'] },
      ],
    };
    expect(readField(property, { ImageSize })).toMatchObject({
      standard: 'square',
      type: {
        kind: 'either',
        types: [
          { kind: 'object', fields: [{ name: 'width', standard: 512 }, { name: 'height' }] },
          { kind: 'choice', values: ['square', 'wide'] },
        ],
      },
    });
  });

  test('of parts that are all meant is one object; what stands beside wins', () => {
    const schemas = {
      Base: {
        type: 'object',
        description: 'Base.',
        properties: { a: { type: 'string' } },
        required: ['a'],
      },
    };
    const property = {
      allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { b: { type: 'boolean' } } }],
      description: 'Both.',
    };
    expect(readField(property, schemas)).toMatchObject({
      description: 'Both.',
      type: {
        kind: 'object',
        fields: [
          { name: 'a', required: true },
          { name: 'b', required: false, type: { kind: 'flag' } },
        ],
      },
    });
  });

  test.each<[string, Json, string]>([
    ['image_url', { type: 'string' }, 'image'],
    ['mask_url', { type: 'string', description: 'URL of the mask video.' }, 'video'],
    ['first_frame_url', { type: 'string' }, 'image'],
    ['driven_audio_url', { type: 'string' }, 'audio'],
    ['media_url', { type: 'string', description: 'A video file.' }, 'video'],
    ['images_data_url', { type: 'string', description: 'A zip of images.' }, 'any'],
    ['model_url', { type: 'string', description: 'A GLB model.' }, 'any'],
    ['source', { type: 'string', _fal_ui_field: 'audio' }, 'audio'],
    ['source', { type: 'string', ui: { field: 'image' } }, 'image'],
    ['file', { type: 'string', format: 'binary' }, 'any'],
  ])('called %s takes a file', (name, property, media) => {
    expect(readField(property, {}, name).type).toEqual({ kind: 'file', media });
  });

  test.each(['prompt', 'path', 'webhook_url', 'curl', 'image_style', 'video_id'])(
    'called %s takes words',
    (name) => {
      expect(readField({ type: 'string' }, {}, name).type).toEqual({ kind: 'text' });
    },
  );
});

describe('an answer', () => {
  test('is read for what was made, not for what is said about it', () => {
    const File = { type: 'object', properties: { url: { type: 'string' } } };
    const output = {
      type: 'object',
      'x-fal-order-properties': ['video', 'audio', 'model_glb', 'text', 'lora_file', 'seed'],
      properties: {
        seed: { type: 'integer' },
        text: { type: 'string' },
        prompt: { type: 'string' },
        timings: { type: 'object', properties: { total: { type: 'number' } } },
        has_nsfw_concepts: { type: 'array', items: { type: 'boolean' } },
        debug_latents: { $ref: '#/components/schemas/File' },
        lora_file: { $ref: '#/components/schemas/File' },
        model_glb: { anyOf: [{ $ref: '#/components/schemas/File' }, { type: 'null' }] },
        audio: { anyOf: [{ $ref: '#/components/schemas/File' }, { type: 'string' }] },
        video: { type: 'array', items: { $ref: '#/components/schemas/File' } },
      },
    };
    expect(readOpenApi(createDocument({ output, schemas: { File } })).outputs).toEqual([
      { name: 'video', media: 'video' },
      { name: 'audio', media: 'audio' },
      { name: 'model_glb', media: '3d' },
      { name: 'text', media: 'text' },
      { name: 'lora_file', media: 'file' },
    ]);
  });

  test('of words only has them as its result', () => {
    const output = { type: 'object', properties: { style_id: { type: 'string' } } };
    expect(readOpenApi(createDocument({ output })).outputs).toEqual([
      { name: 'style_id', media: 'text' },
    ]);
  });
});

describe('a document that cannot be used', () => {
  const { info, paths, components } = createDocument();
  test.each<[string, unknown, string]>([
    ['no object', 'hello', 'no OpenAPI document'],
    ['nothing', undefined, 'no OpenAPI document'],
    ['a list', [], 'no OpenAPI document'],
    ['an empty one', {}, 'names no endpoint'],
    ['one without paths', { info, components }, 'acme/painter: no POST of its paths'],
    [
      'one with a foreign id',
      { info: { 'x-fal-metadata': { endpointId: 'https://evil.example/x' } }, paths, components },
      '“https://evil.example/x” is no endpoint',
    ],
    [
      'one with an id that climbs',
      { info: { 'x-fal-metadata': { endpointId: '../../x' } }, paths, components },
      'is no endpoint',
    ],
    [
      'one with a query in its id',
      { info: { 'x-fal-metadata': { endpointId: 'a/b?fal_webhook=x' } }, paths, components },
      'is no endpoint',
    ],
    ['one without schemas', { info, paths }, 'acme/painter: its input schema has no properties'],
  ])('%s is refused with what is missing', (_, document, words) => {
    expect(() => readOpenApi(document)).toThrow(UserError);
    expect(() => readOpenApi(document)).toThrow(words);
  });
});

/** None of these may hang, run out of stack or memory, or leave a trap for whoever reads on. */
describe('a hostile document', () => {
  test('that refers to itself ends', () => {
    const Loop = { $ref: '#/components/schemas/Loop' };
    expect(readField({ $ref: '#/components/schemas/Loop' }, { Loop }).type).toEqual({
      kind: 'anything',
    });
  });

  test('that contains itself ends after a few levels', () => {
    const Node = {
      type: 'object',
      properties: { name: { type: 'string' }, child: { $ref: '#/components/schemas/Node' } },
    };
    const text = JSON.stringify(readField({ $ref: '#/components/schemas/Node' }, { Node }));
    expect(text.split('"child"').length).toBeLessThan(12);
  });

  test('that is all of itself many times ends', () => {
    const Many = {
      allOf: Array.from({ length: 16 }, () => ({ $ref: '#/components/schemas/Many' })),
    };
    const started = performance.now();
    expect(readField({ $ref: '#/components/schemas/Many' }, { Many }).type).toEqual({
      kind: 'anything',
    });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('that doubles at every level ends', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => [
        `L${level}`,
        {
          type: 'object',
          properties: Object.fromEntries(
            Array.from({ length: 10 }, (_, n) => [
              `p${n}`,
              { $ref: `#/components/schemas/L${level + 1}` },
            ]),
          ),
        },
      ]),
    );
    const started = performance.now();
    readField({ $ref: '#/components/schemas/L0' }, schemas);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('with a default of a thousand levels loses it', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
    expect(readField({ type: 'array', default: deep })).not.toHaveProperty('standard');
  });

  test('with names that mean something to JavaScript changes nothing', () => {
    const properties: unknown = JSON.parse(
      '{"__proto__":{"type":"string"},"constructor":{"type":"string"}}',
    );
    const { fields } = readOpenApi(createDocument({ input: { type: 'object', properties } }));
    expect(fields.map((field) => field.name)).toEqual(['constructor']);
    expect(readField({ $ref: '#/components/schemas/toString' }).type).toEqual({ kind: 'anything' });
  });

  test.each<[string, Json]>([
    ['bounds as words', { type: 'integer', minimum: '1', maximum: {} }],
    ['a description that is a list', { type: 'integer', description: ['x'] }],
    ['parts that are no list', { type: 'integer', anyOf: 'x' }],
    ['choices that are no list', { type: 'integer', enum: { a: 1 } }],
    ['an order that is a word', { type: 'integer', 'x-fal-order-properties': 'x' }],
    ['a step of nothing', { type: 'integer', multipleOf: 0 }],
  ])('with %s is read without that', (_, property) => {
    expect(readField(property).type).toEqual({ kind: 'integer' });
  });
});
