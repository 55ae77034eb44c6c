import { fileTypeFromBuffer } from 'file-type';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { FaultRule } from '../../../src/fal/sandbox/sandbox.ts';
import { requiredOf } from './reference-endpoints.ts';
import { ANY_NUMBER, ANY_TEXT, INPUT, QWEN, like, start } from './start.ts';

const WAN = 'fal-ai/wan/v2.2-a14b/text-to-image';
const SPEECH = 'fal-ai/dia-tts';
const WHISPER = 'fal-ai/whisper';
const VIDEO = 'fal-ai/veo3';
const SHAPE = 'fal-ai/hunyuan-motion';

interface File {
  readonly url: string;
  readonly content_type: string;
}
type Answer = Record<string, never> & {
  images: File[];
  image: File;
  audio: File;
  video: File;
  fbx_file: File;
};

const OPTIONS: Readonly<Record<string, object>> = {
  [QWEN]: INPUT,
  [WAN]: { ...INPUT },
  [VIDEO]: { prompt: 'waves' },
  [SHAPE]: { prompt: 'a cube' },
};

async function completeWith(fault: FaultRule, endpoint: string, more: object = {}) {
  const { sandbox, complete } = await start({ positions: 0, runMs: 1 });
  sandbox.faults.add(fault);
  const input = { ...(OPTIONS[endpoint] ?? requiredOf(endpoint)), ...more };
  const { body, text } = await complete(input, endpoint);
  return { body: body as unknown as Answer, text };
}

const bytesOf = async ({ url }: File) => Buffer.from(await (await fetch(url)).arrayBuffer());

test.each<[FaultRule, string, object]>([
  [{ kind: 'no-media' }, WAN, { image: null }],
  [{ kind: 'no-media' }, SPEECH, { audio: null }],
  [{ kind: 'renamed-media', to: 'audio_file' }, SPEECH, { audio_file: { url: ANY_TEXT } }],
  [{ kind: 'renamed-media', to: 'audio_url' }, SPEECH, { audio_url: like(/^http/u) }],
  [{ kind: 'renamed-media', to: 'image' }, QWEN, { image: [{ url: ANY_TEXT }] }],
  [{ kind: 'null-fields' }, SPEECH, { audio: { url: ANY_TEXT, content_type: null } }],
  [{ kind: 'null-fields' }, VIDEO, { video: { url: ANY_TEXT, width: null } }],
  [{ kind: 'null-fields' }, WHISPER, { text: null, chunks: null, inferred_languages: null }],
  [{ kind: 'empty-text' }, WHISPER, { text: '', inferred_languages: ['en'] }],
  [{ kind: 'open-timestamps' }, WHISPER, { chunks: [{ timestamp: [0, null] }] }],
  [
    { kind: 'wrong-content-type', contentType: 'text/plain' },
    SPEECH,
    { audio: { content_type: 'text/plain' } },
  ],
  [{ kind: 'foreign-url', url: 'http://[::1]/a' }, VIDEO, { video: { url: 'http://[::1]/a' } }],
  [{ kind: 'hex-audio' }, SPEECH, { audio: like(/^52494646[\da-f]+$/u), duration_ms: ANY_NUMBER }],
  [{ kind: 'data-uri' }, SPEECH, { audio: { url: like(/^data:audio\/wav;base64,UklGR/u) } }],
  [{ kind: 'data-uri' }, QWEN, { images: [{ url: like(/^data:image\/png;base64,/u) }] }],
  [{ kind: 'data-uri' }, SHAPE, { fbx_file: { url: like(/^data:model\/gltf-binary;base64,/u) } }],
  [
    { kind: 'extra-fields' },
    SPEECH,
    { audio: { x_unknown: { nested: [1, null, 'new'] } }, x_unknown: {} },
  ],
  [{ kind: 'nsfw' }, WAN, { has_nsfw_concepts: [true] }],
  [{ kind: 'nsfw', field: 'nsfw_content_detected' }, QWEN, { nsfw_content_detected: [true] }],
  [{ kind: 'svg-output' }, WAN, { image: { content_type: 'image/svg+xml' } }],
])('%j changes the answer of %s', async (fault, endpoint, answer) => {
  expect((await completeWith(fault, endpoint)).body).toMatchObject(answer);
});

test('every field but the results themselves can be missing', async () => {
  expect(Object.keys((await completeWith({ kind: 'missing-fields' }, QWEN)).body)).toEqual([
    'images',
    'prompt',
  ]);
  const { body } = await completeWith({ kind: 'missing-fields' }, SPEECH);
  expect(Object.keys(body.audio)).toEqual(['url']);
});

test('certain fields can be missing', async () => {
  const fault: FaultRule = { kind: 'missing-fields', fields: ['seed', 'prompt'] };
  const { body } = await completeWith(fault, QWEN);
  expect(Object.keys(body)).toEqual(['images', 'timings', 'has_nsfw_concepts']);
});

const isBlack = async (file: File) => {
  const { channels } = await sharp(await bytesOf(file)).stats();
  return channels.every(({ max }) => max === 0);
};

test('of several pictures only the named ones are black and flagged', async () => {
  const fault: FaultRule = { kind: 'nsfw', pictures: [1] };
  const { body } = await completeWith(fault, QWEN, { num_images: 3 });
  expect(body).toMatchObject({ has_nsfw_concepts: [false, true, false] });
  expect(await Promise.all(body.images.map(isBlack))).toEqual([false, true, false]);
});

test('the list of flags can be shorter than that of the pictures', async () => {
  const fault: FaultRule = { kind: 'nsfw', pictures: [0], isShort: true };
  const { body } = await completeWith(fault, QWEN, { num_images: 2 });
  expect(body).toMatchObject({ has_nsfw_concepts: [true] });
  expect(body.images).toHaveLength(2);
});

test('a huge seed appears even where the endpoint tells none', async () => {
  expect((await completeWith({ kind: 'huge-seed' }, SPEECH)).text).toContain(
    '"seed":196619188014358660',
  );
});

test.each<[endpoint: string, name: 'audio' | 'video' | 'fbx_file']>([
  [SPEECH, 'audio'],
  [VIDEO, 'video'],
  [SHAPE, 'fbx_file'],
])('the file of %s can be empty or a web page', async (endpoint, name) => {
  const empty = await completeWith({ kind: 'zero-byte-file' }, endpoint);
  expect(await bytesOf(empty.body[name])).toHaveLength(0);
  const page = await completeWith({ kind: 'html-file' }, endpoint);
  expect((await bytesOf(page.body[name])).toString()).toMatch(/^<!doctype/u);
});

test.each<[endpoint: string, name: 'audio' | 'video']>([
  [SPEECH, 'audio'],
  [VIDEO, 'video'],
])('the file of %s can be too large, and still plays', async (endpoint, name) => {
  const { body } = await completeWith({ kind: 'oversized-file', bytes: 3_000_000 }, endpoint);
  const bytes = await bytesOf(body[name]);
  expect(bytes.length).toBeGreaterThanOrEqual(3_000_000);
  expect((await fileTypeFromBuffer(bytes))?.mime).toBe(body[name].content_type);
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  expect(await input.computeDuration()).toBeGreaterThan(0.5);
});
