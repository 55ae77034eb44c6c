import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { findModel, loadModels } from '../../src/models/load-models.ts';
import nanoBananaPro from '../../src/models/nano-banana-pro.ts';
import qwenImage from '../../src/models/qwen-image.ts';
import type { PictureSettings } from '../../src/request.ts';

const PROMPT = 'a lighthouse in fog';
const nano = (settings: PictureSettings, pictures: string[] = [], prompt = PROMPT) =>
  nanoBananaPro.toInput({ prompt, pictures, settings });
const qwen = (settings: PictureSettings, pictures: string[] = [], prompt = PROMPT) =>
  qwenImage.toInput({ prompt, pictures, settings });

test('nano-banana-pro sends every input of its page under fal’s names', () => {
  const settings: PictureSettings = {
    count: 4,
    aspectRatio: '21:9',
    resolution: '4K',
    seed: 7,
    format: 'webp',
    safetyTolerance: 2,
    webSearch: true,
    limitGenerations: true,
    systemPrompt: 'Paint.',
  };
  expect(nano(settings)).toEqual({
    endpoint: 'fal-ai/nano-banana-pro',
    input: {
      prompt: PROMPT,
      num_images: 4,
      aspect_ratio: '21:9',
      resolution: '4K',
      seed: 7,
      output_format: 'webp',
      safety_tolerance: '2',
      enable_web_search: true,
      limit_generations: true,
      system_prompt: 'Paint.',
    },
    notes: [],
  });
});

test('pictures make it an edit, and leave the shape to the model', () => {
  expect(nano({}, ['https://a/1.png', 'https://a/2.png'])).toEqual({
    endpoint: 'fal-ai/nano-banana-pro/edit',
    input: { prompt: PROMPT, image_urls: ['https://a/1.png', 'https://a/2.png'] },
    notes: [],
  });
});

test('more pictures than it takes are left out with a note', () => {
  const pictures = Array.from({ length: 15 }, (_, at) => `https://a/${at}.png`);
  const { input, notes } = nano({}, pictures);
  expect(input['image_urls']).toHaveLength(14);
  expect(notes).toEqual(['nano-banana-pro takes 14 pictures; the first ones were used.']);
});

test.each([
  ['16:10', '3:2'],
  ['10:16', '2:3'],
  ['9:21', '9:16'],
] as const)('nano-banana-pro has no %s and takes %s with a note', (wanted, used) => {
  const { input, notes } = nano({ aspectRatio: wanted });
  expect(input['aspect_ratio']).toBe(used);
  expect(notes).toEqual([`nano-banana-pro has no ${wanted}; the nearest, ${used}, was used.`]);
});

test('nano-banana-pro turns pixels into the nearest shape', () => {
  const { input, notes } = nano({ size: { width: 1920, height: 1080 }, aspectRatio: '1:1' });
  expect(input['aspect_ratio']).toBe('16:9');
  expect(notes).toEqual([
    'nano-banana-pro takes no exact size; the nearest shape, 16:9, was used.',
  ]);
});

test('nano-banana-pro notes each setting that it has not', () => {
  const { input, notes } = nano({
    negativePrompt: 'blur',
    steps: 20,
    guidance: 3,
    acceleration: 'high',
    loras: [],
    turbo: true,
    safetyChecker: false,
  });
  expect(Object.keys(input)).toEqual(['prompt']);
  expect(notes).toHaveLength(7);
  expect(notes).toContain('nano-banana-pro has no steps; left out.');
});

test('qwen-image sends every input of its page under fal’s names', () => {
  const loras = [{ path: 'https://a/l.safetensors', scale: 4 }];
  const settings: PictureSettings = {
    count: 1,
    size: { width: 1280, height: 720 },
    seed: 7,
    negativePrompt: 'blur',
    steps: 2,
    guidance: 0,
    format: 'jpeg',
    acceleration: 'high',
    loras,
    turbo: false,
    safetyChecker: true,
  };
  expect(qwen(settings)).toEqual({
    endpoint: 'fal-ai/qwen-image',
    input: {
      prompt: PROMPT,
      num_images: 1,
      image_size: { width: 1280, height: 720 },
      seed: 7,
      negative_prompt: 'blur',
      num_inference_steps: 2,
      guidance_scale: 0,
      output_format: 'jpeg',
      acceleration: 'high',
      loras,
      use_turbo: false,
      enable_safety_checker: true,
    },
    notes: [],
  });
});

test.each([
  ['1:1', 'square_hd'],
  ['4:3', 'landscape_4_3'],
  ['9:16', 'portrait_16_9'],
  ['3:2', { width: 1248, height: 832 }],
  ['21:9', { width: 1568, height: 672 }],
  ['10:16', { width: 816, height: 1296 }],
] as const)('qwen-image draws %s as %j', (aspectRatio, size) => {
  const { input, notes } = qwen({ aspectRatio });
  expect(input['image_size']).toEqual(size);
  expect(notes).toEqual([]);
});

test('qwen-image says that pictures, webp and resolution classes are not for it', () => {
  const { input, notes } = qwen({ format: 'webp', resolution: '4K' }, ['https://a/1.png']);
  expect(input).toEqual({ prompt: PROMPT, output_format: 'png' });
  expect(notes).toEqual([
    'qwen-image draws from words alone; the attached pictures were left out.',
    'qwen-image has no webp; png was used.',
    'qwen-image has no resolution classes; left out.',
  ]);
});

test.each<[PictureSettings, string]>([
  [{ steps: 1 }, '“steps” must be a whole number from 2 to 250, not 1.'],
  [{ steps: 251 }, '“steps” must be a whole number from 2 to 250, not 251.'],
  [{ guidance: -0.1 }, '“guidance” must be a number from 0 to 20, not -0.1.'],
  [{ guidance: 20.1 }, '“guidance” must be a number from 0 to 20, not 20.1.'],
  [{ count: 5 }, '“count” must be a whole number from 1 to 4, not 5.'],
  [{ size: { width: 0, height: 64 } }, '“size” must be 1 to 14142 pixels wide and high.'],
  [{ size: { width: 64, height: 14_143 } }, '“size” must be 1 to 14142 pixels wide and high.'],
  [
    { loras: [{ path: 'a/b', scale: 4.1 }] },
    '“lora” must be at most 3 LoRAs, each with a scale from 0 to 4.',
  ],
  [
    { loras: Array.from({ length: 4 }, () => ({ path: 'a/b', scale: 1 })) },
    '“lora” must be at most 3 LoRAs, each with a scale from 0 to 4.',
  ],
])('qwen-image refuses %j', (settings, text) => {
  expect(() => qwen(settings)).toThrow(new UserError(text));
});

test.each<[PictureSettings, string, string]>([
  [
    { safetyTolerance: 0 },
    PROMPT,
    '“safety_tolerance” must be a whole number from 1 to 6, not “0”.',
  ],
  [
    { safetyTolerance: 7 },
    PROMPT,
    '“safety_tolerance” must be a whole number from 1 to 6, not “7”.',
  ],
  [{ count: 5 }, PROMPT, '“count” must be a whole number from 1 to 4, not 5.'],
  [{}, 'ab', '“prompt” must be 3 to 50,000 characters long, not “ab”.'],
  [{}, 'a'.repeat(50_001), '“prompt” must be 3 to 50,000 characters long.'],
])('nano-banana-pro refuses %j with “%.10s”', (settings, prompt, text) => {
  expect(() => nano(settings, [], prompt)).toThrow(new UserError(text));
});

test('several mistakes are told at once', () => {
  expect(() => qwen({ steps: 1, count: 9 })).toThrow(/“steps”[^\n]*\n“count”/u);
});

test('a qwen-image answer is read whole', () => {
  const output = {
    images: [
      { url: 'https://v3.fal.media/a.png', width: 1024, height: 768, content_type: 'image/jpeg' },
      { url: 'https://v3.fal.media/b.png', width: 1024, height: 768, content_type: 'image/jpeg' },
      { url: 'https://v3.fal.media/c.png' },
    ],
    timings: { inference: 2.5 },
    seed: '196619188014358660',
    has_nsfw_concepts: [false, true],
    prompt: PROMPT,
  };
  const result = qwenImage.toResult('fal-ai/qwen-image', output);
  expect(result.media.map(({ flagged }) => flagged)).toEqual([false, true, false]);
  expect(result.media[0]).toMatchObject({ width: 1024, height: 768, claimedType: 'image/jpeg' });
  expect(result).toMatchObject({
    seed: '196619188014358660',
    inferenceSeconds: 2.5,
    description: undefined,
  });
});

test('older flags, plain addresses, number seeds and descriptions are read too', () => {
  const output = {
    images: ['https://v3.fal.media/a.png', null, { url: 'https://v3.fal.media/b.png' }],
    nsfw_content_detected: [false, false, true],
    seed: 42,
    description: '  A lighthouse.  ',
  };
  const result = nanoBananaPro.toResult('fal-ai/nano-banana-pro', output);
  expect(result.media.map(({ url, flagged }) => [url.at(-5), flagged])).toEqual([
    ['a', false],
    ['b', true],
  ]);
  expect(result).toMatchObject({ seed: '42', description: 'A lighthouse.' });
});

test('a mistyped model is met with the nearest name, a strange one with the list', async () => {
  const models = await loadModels();
  expect(findModel(models, 'qwen-image')).toBe(qwenImage);
  expect(() => findModel(models, 'qwen-imge')).toThrow('Did you mean “qwen-image”?');
  expect(() => findModel(models, 'zzz')).toThrow('Known: nano-banana-pro, qwen-image');
});
