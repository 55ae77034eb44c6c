import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { shootFilm } from '../../../src/fal/sandbox/films/film.ts';
import { playTune } from '../../../src/fal/sandbox/sounds/tune.ts';
import { toWav } from '../../../src/fal/sandbox/sounds/wav.ts';
import { readCatalogue, type Catalogue } from '../../../src/models/catalogue/catalogue.ts';
import { toLegalInput } from './legal-input.ts';
import { call, start, startWithBlackSheets, type Sandbox } from './start.ts';

const QUICK = { positions: 0, runMs: 1 };
let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await readCatalogue();
});

/** One file of each kind on the sandbox's own CDN. */
async function startWithFiles() {
  const parts = await start(QUICK);
  const upload = (bytes: Buffer, type: string) =>
    parts.fal.storage.upload(new Blob([new Uint8Array(bytes)], { type }));
  const create = { width: 320, height: 200, channels: 3, background: 'navy' } as const;
  const image = await upload(await sharp({ create }).png().toBuffer(), 'image/png');
  const words = 'the words of a recording';
  const sound = toWav(playTune({ words, sampleRate: 8000, seconds: 11 }), words);
  const audio = await upload(sound, 'audio/wav');
  const size = { width: 64, height: 48 };
  const film = await shootFilm({ prompt: 'x', seed: 1, size, sources: [], isBlackedOut: false });
  const video = await upload(film.bytes, 'video/webm');
  return { ...parts, files: { image, audio, video, any: image } };
}

interface File {
  readonly url: string;
  readonly content_type: string;
}

async function typeOf({ url }: File) {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  return (await fileTypeFromBuffer(bytes))?.mime;
}

test.each<[kind: string, endpoint: string, field: string, type: string]>([
  ['text-to-image', 'fal-ai/imagen4/preview', 'images', 'image/png'],
  ['image-to-image', 'fal-ai/flux/dev/image-to-image', 'images', 'image/jpeg'],
  ['text-to-video', 'fal-ai/veo3', 'video', 'video/webm'],
  ['image-to-video', 'fal-ai/kling-video/v2.1/standard/image-to-video', 'video', 'video/webm'],
  ['video-to-video', 'bria/video/increase-resolution', 'video', 'video/webm'],
  ['audio-to-video', 'fal-ai/echomimic-v3', 'video', 'video/webm'],
  ['text-to-speech', 'fal-ai/elevenlabs/tts/turbo-v2.5', 'audio', 'audio/wav'],
  ['text-to-audio', 'cassetteai/music-generator', 'audio_file', 'audio/wav'],
  ['audio-to-audio', 'fal-ai/ace-step/audio-to-audio', 'audio', 'audio/wav'],
  ['speech-to-speech', 'resemble-ai/chatterboxhd/speech-to-speech', 'audio', 'audio/wav'],
  ['video-to-audio', 'mirelo-ai/sfx-v1/video-to-audio', 'audio', 'audio/wav'],
  ['image-to-3d', 'fal-ai/trellis', 'model_mesh', 'model/gltf-binary'],
  ['text-to-3d', 'fal-ai/hunyuan-motion', 'fbx_file', 'model/gltf-binary'],
  ['3d-to-3d', 'fal-ai/meshy/v5/remesh', 'model_glb', 'model/gltf-binary'],
])('an endpoint of %s, %s, makes what it says', async (kind, endpoint, field, type) => {
  const { complete, files } = await startWithFiles();
  const facts = catalogue.find(endpoint)!;
  expect(facts.kind).toBe(kind);
  const { response, body, text } = await complete(toLegalInput(facts, files), endpoint);
  expect(response.status, text).toBe(200);
  expect(Number(response.headers.get('x-fal-billable-units'))).toBeGreaterThan(0);
  const made = (body as unknown as Record<string, File | File[]>)[field];
  const file = Array.isArray(made) ? made[0]! : made!;
  expect(file.content_type).toBe(type);
  expect(await typeOf(file)).toBe(type);
});

test.each<[kind: string, endpoint: string, field: string, words: string]>([
  ['speech-to-text', 'fal-ai/elevenlabs/speech-to-text', 'text', 'the words of a recording'],
  ['audio-to-text', 'openrouter/router/audio', 'output', 'the words of a recording'],
  [
    'llm',
    'openrouter/router',
    'output',
    'The sandbox was told: a lighthouse in fog, seen by somebody',
  ],
  [
    'vision',
    'fal-ai/moondream3-preview/query',
    'output',
    'The sandbox was told: a lighthouse in fog, seen by somebody',
  ],
])('an endpoint of %s, %s, answers in words', async (kind, endpoint, field, words) => {
  const { complete, files } = await startWithFiles();
  const facts = catalogue.find(endpoint)!;
  expect(facts.kind).toBe(kind);
  const { body } = await complete(toLegalInput(facts, files), endpoint);
  expect(body).toMatchObject({ [field]: words });
});

test.each<[endpoint: string, change: object, place: string[], type: string]>([
  ['fal-ai/flux/schnell', { prompt: undefined }, ['prompt'], 'missing'],
  ['fal-ai/flux/schnell', { prompt: ['x'] }, ['prompt'], 'string_type'],
  ['fal-ai/flux/schnell', { num_images: 5 }, ['num_images'], 'less_than_equal'],
  ['fal-ai/flux/schnell', { num_images: 1.5 }, ['num_images'], 'int_type'],
  [
    'fal-ai/flux/schnell',
    { num_inference_steps: 0 },
    ['num_inference_steps'],
    'greater_than_equal',
  ],
  ['fal-ai/flux/schnell', { image_size: { width: 0 } }, ['image_size', 'width'], 'greater_than'],
  ['fal-ai/flux/schnell', { output_format: 'bmp' }, ['output_format'], 'literal_error'],
  ['fal-ai/flux/schnell', { sync_mode: 'no' }, ['sync_mode'], 'bool_type'],
  ['fal-ai/veo3', { duration: '7s' }, ['duration'], 'literal_error'],
])('%s refuses %j with fal’s finding', async (endpoint, change, place, type) => {
  const { complete, files } = await startWithFiles();
  const input = { ...toLegalInput(catalogue.find(endpoint)!, files), ...change };
  const { response, body } = await complete(input, endpoint);
  expect(response.status).toBe(422);
  expect(body.detail).toMatchObject([{ loc: ['body', ...place], type }]);
});

test.each<[object, number, number]>([
  [{ image_size: 'portrait_16_9' }, 576, 1024],
  [{ image_size: { width: 200, height: 120 } }, 200, 120],
])('%j gives a picture of %i × %i', async (options, width, height) => {
  const { complete } = await startWithBlackSheets();
  const { body } = await complete({ prompt: 'fog', ...options }, 'fal-ai/flux/schnell');
  const bytes = await (await fetch(body.images[0].url)).arrayBuffer();
  expect(await sharp(bytes).metadata()).toMatchObject({ width, height });
});

test('an aspect ratio and a resolution give a picture of about that shape and size', async () => {
  const { complete } = await startWithBlackSheets();
  const options = { prompt: 'fog', aspect_ratio: '16:9', resolution: '2K' };
  const { body } = await complete(options, 'fal-ai/imagen4/preview');
  const bytes = await (await fetch(body.images[0].url)).arrayBuffer();
  const { width, height } = await sharp(bytes).metadata();
  expect(width / height).toBeCloseTo(16 / 9, 2);
  expect(width * height).toBeGreaterThan(3_900_000);
});

test('a given picture is in the film, and gives it its shape', async () => {
  const { complete, files } = await startWithFiles();
  const endpoint = 'fal-ai/kling-video/v2.1/standard/image-to-video';
  const { body } = await complete({ prompt: 'it moves', image_url: files.image }, endpoint);
  expect(body).toMatchObject({ video: { width: 320, height: 200 } });
});

test('a given file that is not there is refused by name', async () => {
  const { complete } = await start(QUICK);
  const input = { prompt: 'x', image_url: 'https://example.com/a.png' };
  const { body } = await complete(input, 'fal-ai/flux/dev/image-to-image');
  expect(body.detail).toMatchObject([{ loc: ['body', 'image_url'], type: 'file_download_error' }]);
});

test('fields that an endpoint does not know are kept in the journal', async () => {
  const { complete, sandbox } = await startWithBlackSheets();
  await complete(
    { prompt: 'x', aspect_ratio: '1:1', image_size: { width: 9, height: 9, w: 1 } },
    'fal-ai/flux/schnell',
  );
  expect(sandbox.journal.submits[0]!.ignored).toEqual(['aspect_ratio', 'image_size.w']);
});

test('what nobody knows is still 404', async () => {
  const { submit } = await start();
  expect((await submit({ prompt: 'x' }, 'fal-ai/no-such-model')).status).toBe(404);
});

test('the direct call and its stream serve any endpoint, too', async () => {
  const { sandbox } = await start(QUICK);
  const run = (path: string) =>
    call(`${sandbox.addresses.run}/${path}`, {
      method: 'POST',
      body: JSON.stringify({ prompt: 'who is there?', text: 'who?', model: 'any' }),
    });
  const direct = await run('openrouter/router');
  expect([direct.status, direct.headers.get('x-fal-billable-units')]).toEqual([200, '0.035']);
  for (const path of ['openrouter/router/stream', 'fal-ai/maya/stream']) {
    expect(await (await run(path)).text()).toMatch(/^data: \{"output":"The sandbox was told: /u);
  }
});

const ADDED = {
  openapi: '3.0.4',
  info: {
    title: 'Queue OpenAPI for made-up/postcards',
    version: '1.0.0',
    'x-fal-metadata': { endpointId: 'made-up/postcards', category: 'text-to-image' },
  },
  components: {
    schemas: {
      PostcardsInput: {
        type: 'object',
        required: ['greeting'],
        'x-fal-order-properties': ['greeting', 'stamps', 'edge', 'picture_url', 'scale'],
        properties: {
          greeting: { type: 'string', minLength: 2, maxLength: 40 },
          stamps: { type: 'integer', minimum: 1, maximum: 3, default: 1 },
          edge: {
            anyOf: [
              { $ref: '#/components/schemas/Edge' },
              { type: 'string', enum: ['none', 'zigzag'] },
            ],
            default: 'none',
          },
          picture_url: { type: 'string', nullable: true },
          scale: { type: 'number', minimum: 0, exclusiveMinimum: true, multipleOf: 0.5 },
        },
      },
      Edge: { type: 'object', properties: { width: { type: 'integer', exclusiveMinimum: 0 } } },
      Picture: {
        type: 'object',
        required: ['url'],
        properties: {
          url: { type: 'string' },
          width: { type: 'integer' },
          height: { type: 'integer' },
        },
      },
      PostcardsOutput: {
        type: 'object',
        properties: {
          images: { type: 'array', items: { $ref: '#/components/schemas/Picture' } },
          reading_audio: { allOf: [{ $ref: '#/components/schemas/Picture' }] },
          caption: { type: 'string' },
          seed: { type: 'integer' },
          has_nsfw_concepts: { type: 'array', items: { type: 'boolean' } },
          details: {
            type: 'object',
            properties: { paper: { type: 'string', enum: ['matt', 'shiny'] } },
          },
          extra: { anyOf: [{ type: 'null' }, { type: 'number' }] },
        },
      },
    },
  },
  paths: {
    '/made-up/postcards/requests/{request_id}/status': { get: { responses: { '200': {} } } },
    '/made-up/postcards': {
      post: {
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/PostcardsInput' } },
          },
        },
      },
    },
    '/made-up/postcards/requests/{request_id}': {
      get: {
        responses: {
          '200': {
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/PostcardsOutput' } },
            },
          },
        },
      },
    },
  },
};

const addHere = async (sandbox: Sandbox) => sandbox.addEndpoint(ADDED);
const addOverHttp = async (sandbox: Sandbox) => {
  const response = await call(`${sandbox.url}/sandbox/endpoints`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADDED),
  });
  expect(response.status).toBe(201);
};

test.each([
  ['by a call', addHere],
  ['over HTTP', addOverHttp],
])('an endpoint added %s is served by its document alone', async (_way, add) => {
  const { sandbox, complete, submit } = await start(QUICK);
  const input = { greeting: 'hello from the coast' };
  expect((await submit(input, 'made-up/postcards')).status).toBe(404);
  await add(sandbox);
  const { body } = await complete(input, 'made-up/postcards');
  expect(Object.keys(body)).toEqual(
    Object.keys(ADDED.components.schemas.PostcardsOutput.properties),
  );
  const answer = body as unknown as { images: File[]; reading_audio: File };
  expect(await typeOf(answer.images[0]!)).toBe('image/png');
  expect(Object.keys(answer.images[0]!)).toEqual(['url', 'width', 'height']);
  expect(await typeOf(answer.reading_audio)).toBe('audio/wav');
  expect(body).toMatchObject({ details: { paper: 'matt' }, has_nsfw_concepts: [false] });
});

test.each<[object, string[], string]>([
  [{}, ['greeting'], 'missing'],
  [{ greeting: 'x' }, ['greeting'], 'string_too_short'],
  [{ greeting: 'hello', stamps: 4 }, ['stamps'], 'less_than_equal'],
  [{ greeting: 'hello', edge: 'round' }, ['edge'], 'literal_error'],
  [{ greeting: 'hello', edge: { width: 0 } }, ['edge', 'width'], 'greater_than'],
  [{ greeting: 'hello', scale: 0 }, ['scale'], 'greater_than'],
  [{ greeting: 'hello', scale: 0.7 }, ['scale'], 'multiple_of'],
  [
    { greeting: 'hello', picture_url: 'https://example.com/a.png' },
    ['picture_url'],
    'file_download_error',
  ],
])('an added endpoint refuses %j', async (input, place, type) => {
  const { sandbox, complete } = await start(QUICK);
  sandbox.addEndpoint(ADDED);
  const { body } = await complete(input, 'made-up/postcards');
  expect(body.detail).toMatchObject([{ loc: ['body', ...place], type }]);
});

test('a document that describes no endpoint is refused', async () => {
  const { sandbox } = await start();
  expect(() => sandbox.addEndpoint({ openapi: '3.0.4' })).toThrow(Error);
  const response = await call(`${sandbox.url}/sandbox/endpoints`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(response.status).toBe(422);
});
