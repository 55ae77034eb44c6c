import { expect, test } from 'vitest';
import { ANY_TEXT, EDIT, NANO, QWEN, start } from './start.ts';

const WORDS = 'a lighthouse in fog';
const DATA = `data:image/png;base64,`;

const CASES: readonly [
  name: string,
  endpoint: string,
  input: object,
  loc: unknown[],
  type: string,
  details?: object,
][] = [
  ['no prompt', QWEN, {}, ['prompt'], 'missing'],
  ['a prompt that is no text', QWEN, { prompt: 5 }, ['prompt'], 'string_type'],
  [
    'too few steps',
    QWEN,
    { num_inference_steps: 1 },
    ['num_inference_steps'],
    'greater_than_equal',
    { ge: 2 },
  ],
  [
    'too many steps',
    QWEN,
    { num_inference_steps: 251 },
    ['num_inference_steps'],
    'less_than_equal',
    { le: 250 },
  ],
  ['half a step', QWEN, { num_inference_steps: 2.5 }, ['num_inference_steps'], 'int_type'],
  [
    'negative guidance',
    QWEN,
    { guidance_scale: -0.1 },
    ['guidance_scale'],
    'greater_than_equal',
    { ge: 0 },
  ],
  [
    'too much guidance',
    QWEN,
    { guidance_scale: 20.1 },
    ['guidance_scale'],
    'less_than_equal',
    { le: 20 },
  ],
  ['no pictures', QWEN, { num_images: 0 }, ['num_images'], 'greater_than_equal', { ge: 1 }],
  ['five pictures', QWEN, { num_images: 5 }, ['num_images'], 'less_than_equal', { le: 4 }],
  ['an unknown preset', QWEN, { image_size: 'wide' }, ['image_size'], 'literal_error'],
  [
    'no width',
    QWEN,
    { image_size: { width: 0 } },
    ['image_size', 'width'],
    'greater_than',
    { gt: 0 },
  ],
  [
    'too much height',
    QWEN,
    { image_size: { height: 14_143 } },
    ['image_size', 'height'],
    'less_than_equal',
    { le: 14_142 },
  ],
  ['webp from qwen', QWEN, { output_format: 'webp' }, ['output_format'], 'literal_error'],
  ['an unknown acceleration', QWEN, { acceleration: 'max' }, ['acceleration'], 'literal_error'],
  [
    'four loras',
    QWEN,
    { loras: Array.from({ length: 4 }, () => ({ path: 'x' })) },
    ['loras'],
    'sequence_too_long',
    { max_length: 3 },
  ],
  ['a lora without a path', QWEN, { loras: [{}] }, ['loras', 0, 'path'], 'missing'],
  [
    'a lora too strong',
    QWEN,
    { loras: [{ path: 'x', scale: 4.1 }] },
    ['loras', 0, 'scale'],
    'less_than_equal',
    { le: 4 },
  ],
  ['a seed in words', QWEN, { seed: 'seven' }, ['seed'], 'float_type'],
  ['a flag in words', QWEN, { use_turbo: 'yes' }, ['use_turbo'], 'bool_type'],
  ['two letters', NANO, { prompt: 'ab' }, ['prompt'], 'string_too_short', { min_length: 3 }],
  [
    'a novel',
    NANO,
    { prompt: 'x'.repeat(50_001) },
    ['prompt'],
    'string_too_long',
    { max_length: 50_000 },
  ],
  ['an unknown ratio', NANO, { aspect_ratio: '7:5' }, ['aspect_ratio'], 'literal_error'],
  ['8K', NANO, { resolution: '8K' }, ['resolution'], 'literal_error'],
  ['gif', NANO, { output_format: 'gif' }, ['output_format'], 'literal_error'],
  ['a tolerance as a number', NANO, { safety_tolerance: 4 }, ['safety_tolerance'], 'literal_error'],
  ['nothing to edit', EDIT, {}, ['image_urls'], 'missing'],
  [
    'an empty list to edit',
    EDIT,
    { image_urls: [] },
    ['image_urls'],
    'sequence_too_short',
    { min_length: 1 },
  ],
  [
    'somebody else’s server',
    EDIT,
    { image_urls: ['https://example.com/a.png'] },
    ['image_urls', 0],
    'file_download_error',
  ],
  [
    'another port of this machine',
    EDIT,
    { image_urls: ['http://127.0.0.1:1/a.png'] },
    ['image_urls', 0],
    'file_download_error',
  ],
  [
    'what is no picture',
    EDIT,
    { image_urls: [`${DATA}AAAA`] },
    ['image_urls', 0],
    'image_load_error',
  ],
];

test.each(CASES)(
  '%s is a completed request with 422',
  async (...[, endpoint, input, loc, type, context]) => {
    const { complete, sandbox } = await start({ positions: 0, runMs: 1 });
    const prompt = endpoint === QWEN && Object.keys(input).length === 0 ? {} : { prompt: WORDS };
    const { status, response, body } = await complete({ ...prompt, ...input }, endpoint);
    expect(sandbox.journal.submits).toHaveLength(1);
    expect(status).toMatchObject({ status: 'COMPLETED', error: 'Invalid status code: 422' });
    expect(response.status).toBe(422);
    expect(body.detail).toHaveLength(1);
    expect(body.detail[0]).toMatchObject({
      loc: ['body', ...loc],
      type,
      msg: ANY_TEXT,
      url: `https://docs.fal.ai/errors#${type}`,
      ...(context && { ctx: context }),
    });
  },
);

test('each limit itself, null where fal allows it, and unknown fields are accepted', async () => {
  const { complete } = await start({ positions: 0, runMs: 1 });
  const size = { image_size: { width: 1, height: 1 } };
  const inputs = [
    { prompt: '', num_inference_steps: 2, guidance_scale: 0, seed: null, ...size },
    { prompt: 'x', num_inference_steps: 250, guidance_scale: 20, loras: [], extra: 1, ...size },
  ];
  for (const input of inputs) expect((await complete(input)).response.status).toBe(200);
  const nano = await complete({ prompt: 'abc', aspect_ratio: null, num_images: 1 }, NANO);
  expect(nano.response.status).toBe(200);
});

test('several mistakes are named together', async () => {
  const { complete } = await start({ positions: 0, runMs: 1 });
  const { body } = await complete({ prompt: 1, num_images: 9, image_size: 'x' });
  expect(new Set(body.detail.map(({ loc }) => loc[1]))).toEqual(
    new Set(['image_size', 'num_images', 'prompt']),
  );
});
