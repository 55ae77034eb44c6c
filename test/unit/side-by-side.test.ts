import { readFile } from 'node:fs/promises';
import { VERSION } from '@ai-sdk/fal';
import { describe, expect, test } from 'vitest';
import { askEasel } from '../../bench/side-by-side/ask-easel.ts';
import { findAll } from '../../bench/side-by-side/find-all.ts';
import { judge } from '../../bench/side-by-side/judge.ts';
import { readShape, toShape } from '../../bench/side-by-side/judge-shape.ts';
import { toDocument } from '../../bench/side-by-side/to-document.ts';
import type { Asked, Wish } from '../../bench/side-by-side/wish.ts';
import { PAGE_RATIOS, RATIO_WISHES, WISHES } from '../../bench/side-by-side/wishes.ts';
import type { Endpoint, Field, FieldType } from '../../src/models/endpoint.ts';
import { loadModels } from '../../src/models/load-models.ts';

const REFERENCE_MODELS = [
  'nano-banana-pro',
  'qwen-image',
  'flux-dev',
  'flux-kontext',
  'flux-kontext-max',
  'flux-lora',
  'ideogram-character',
  'omnigen-v2',
  'dreamina',
  'recraft-v3',
  'wan',
  'whisper',
  'wizper',
  'minimax-voice-clone',
  'minimax-voice-design',
  'minimax-speech-02-hd',
  'minimax-speech-02-turbo',
  'dia-tts',
  'dia-voice-clone',
  'chatterbox-hd',
];
const findings = await findAll();
const models = await loadModels({ allowed: ['**'] });

describe('the wishes', () => {
  test('are at least forty, beside the ratios', () => {
    expect(findings.wishes.length).toBeGreaterThanOrEqual(40);
  });

  test('go to every reference model', () => {
    const asked = new Set(WISHES.map(({ model }) => model));
    expect(REFERENCE_MODELS.filter((model) => !asked.has(model))).toEqual([]);
  });

  test('are told apart by their words', () => {
    const words = WISHES.map(({ endpoint, what }) => `${endpoint}: ${what}`);
    expect(new Set(words).size).toBe(words.length);
  });
});

test.each(findings.wishes.map((one) => [one.wish.endpoint, one.wish.what, one] as const))(
  'Easel loses nothing of %s: %s',
  (_endpoint, _what, { easel }) => {
    expect(easel.judgement.lost).toEqual([]);
  },
);

describe('the judge', () => {
  const wish = WISHES.find(({ what }) => what === 'every usual option')!;
  const facts = factsOf(wish);
  const asked = askEasel(models, wish);
  const [body = {}] = asked.bodies;
  const judgeBody = (changed: Record<string, unknown>, told: readonly string[] = []) =>
    judge(wish, facts, { ...asked, told, bodies: [{ ...body, ...changed }] }).lost;

  test('finds nothing wrong with a whole body', () => {
    expect(judgeBody({})).toEqual([]);
  });

  test.each(Object.keys(body))('misses %s when it is gone', (name) => {
    const { [name]: _, ...rest } = body;
    const { lost } = judge(wish, facts, { ...asked, bodies: [rest] });
    expect(lost).toHaveLength(1);
  });

  test.each([
    ['a value that became another', { seed: 8 }, '`seed`: became 8'],
    ['another shape', { image_size: 'square' }, '`size`: became square'],
    ['what is out of bounds', { num_inference_steps: 251 }, 'everything: fal answers 422'],
    ['what is of another type', { seed: '7' }, 'everything: fal answers 422'],
  ])('sees %s', (_what, changed, line) => {
    expect(judgeBody(changed)).toEqual([expect.stringContaining(line)]);
  });

  test('does not take a note for a thing that could be done', () => {
    const { seed: _, ...rest } = body;
    const told = ['qwen-image has no seed; left out.'];
    expect(judge(wish, facts, { ...asked, told, bodies: [rest] }).lost).toEqual([
      '`seed`: not sent',
    ]);
  });

  test('counts what cannot be done and vanishes in silence as lost, and with a note as told', () => {
    const one = WISHES.find(({ what }) => what === 'steps, which it has not')!;
    const from = askEasel(models, one);
    const silent: Asked = { ...from, told: [] };
    expect(judge(one, factsOf(one), from)).toMatchObject({ lost: [], told: ['steps'] });
    expect(judge(one, factsOf(one), silent).lost).toHaveLength(1);
  });

  test('sees pictures that would come twice', () => {
    const one = WISHES.find(({ what }) => what.startsWith('three with one seed'))!;
    const from = askEasel(models, one);
    const same = from.bodies.map((part) => ({ ...part, seed: 9 }));
    expect(judge(one, factsOf(one), from).lost).toEqual([]);
    expect(judge(one, factsOf(one), { ...from, bodies: same }).lost).toHaveLength(1);
  });
});

describe('@ai-sdk/fal is asked favourably', () => {
  test.each([
    ['fal-ai/qwen-image', 'every usual option'],
    ['fal-ai/flux/dev', 'every usual option'],
    ['fal-ai/nano-banana-pro', 'its own options'],
    ['fal-ai/nano-banana-pro', 'a ratio under fal’s own name'],
    ['fal-ai/nano-banana-pro/edit', 'one picture'],
    ['fal-ai/ideogram/character', 'a reference picture by fal’s own name'],
    ['fal-ai/whisper', 'everything in camelCase'],
    ['fal-ai/minimax/speech-02-hd', 'all of `voice_setting`'],
    ['fal-ai/kokoro/american-english', 'a model whose words are called `prompt`'],
  ])('and loses nothing of %s: %s', (endpoint, what) => {
    const found = findings.wishes.find(
      ({ wish }) => wish.endpoint === endpoint && wish.what === what,
    );
    expect(found?.theirs.judgement.lost).toEqual([]);
  });

  test('and still loses some of it', () => {
    const losing = findings.wishes.filter((one) => one.theirs.judgement.lost.length > 0);
    expect(losing.length).toBeGreaterThan(10);
    expect(losing.length).toBeLessThan(findings.wishes.length);
  });
});

describe('each of the nine aspect ratios of the page', () => {
  test.each(RATIO_WISHES.map((wish) => [wish.what, wish.endpoint, wish] as const))(
    '%s reaches %s within 1 %%, or a note says why not',
    (ratio, _endpoint, wish) => {
      const { endpoint, bodies, told } = askEasel(models, wish);
      expect(endpoint).toBe(wish.endpoint);
      expect(isMet(factsOf(wish), ratio, { body: bodies[0]!, told })).toBe(true);
    },
  );

  test('is kept or noted on every endpoint that makes pictures', () => {
    const ids = models
      .search('')
      .filter(({ kind }) => kind === 'text-to-image' || kind === 'image-to-image')
      .flatMap(({ name }) => models.find(name).endpoints.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(300);
    const lost = [...new Set(ids)].flatMap((id) => {
      const model = models.find(id);
      const endpoint = model.endpoints.find((one) => one.id === id)!;
      return PAGE_RATIOS.filter((ratio) => {
        const { input, notes } = model.toInput(fillIn(endpoint, ratio));
        return !isMet(endpoint, ratio, { body: input, told: notes });
      }).map((ratio) => `${id} ${ratio}`);
    });
    expect(lost).toEqual([]);
  });
});

describe('an odd answer', () => {
  test.each(findings.quirks.map((one) => [one.quirk.model, one.quirk.what, one] as const))(
    'of %s, %s, is read',
    (_model, _what, { easel }) => {
      expect(easel.lost).toEqual([]);
    },
  );

  test.each([
    'a seed of null',
    '`file_data` of null',
    '`has_nsfw_concepts` of null',
    'an end of null in a time stamp',
    'a cloned voice without a sound',
    'a detail that is one sentence',
    'numbers in `loc`',
  ])('such as %s is too much for @ai-sdk/fal, which shows that the comparison can tell', (what) => {
    const { theirs } = findings.quirks.find(({ quirk }) => quirk.what === what)!;
    expect(theirs.lost).not.toEqual([]);
  });
});

describe('the settings', () => {
  const known = /^[A-Z]+ https:\/\/proxy\.example\//u;
  /** An address that fal names for the bytes of a file. */
  const named = 'PUT https://v3.fal.media/slot';

  test('base addresses and headers hold for every call of Easel’s to fal', () => {
    const calls = findings.easelCalls.filter(({ to }) => to !== named);
    expect(calls.map(({ what }) => what)).toEqual([
      'submit',
      'status',
      'result',
      'cancel',
      'lend a file',
      'look back',
    ]);
    for (const { to, hasHeader } of calls) {
      expect(to).toMatch(known);
      expect(hasHeader).toBe(true);
    }
  });

  test('no header of the operator’s goes to an address that fal names', () => {
    expect(findings.easelCalls.find(({ to }) => to === named)?.hasHeader).toBe(false);
  });
});

test('docs/side-by-side.md is what `npm run bench:side-by-side` writes now', async () => {
  const committed = await readFile(new URL('../../docs/side-by-side.md', import.meta.url), 'utf8');
  expect(committed).toContain(`\`@ai-sdk/fal\` ${VERSION}`);
  expect(toDocument(findings)).toBe(committed);
});

function factsOf({ model, endpoint }: Wish): Endpoint {
  return models.find(model).endpoints.find(({ id }) => id === endpoint)!;
}

interface Answer {
  readonly body: Readonly<Record<string, unknown>>;
  readonly told: readonly string[];
}

/** Measured by what is sent; where it is another shape, or none, a note must name the wished one. */
function isMet(endpoint: Endpoint, ratio: string, { body, told }: Answer): boolean {
  const wished = toShape(ratio)!;
  const { width, height } = readShape(endpoint, body) ?? readSides(body) ?? {};
  const off =
    width && height ? Math.abs((width * wished.height) / (height * wished.width) - 1) : Infinity;
  return (
    off < 0.01 || told.some((note) => note.includes(ratio) || note.includes('choice of shape'))
  );
}

function readSides(body: Readonly<Record<string, unknown>>) {
  const { width, height } = body;
  return typeof width === 'number' && typeof height === 'number' ? { width, height } : undefined;
}

/** A wish for nothing but a shape: what else the endpoint cannot do without is made up. */
function fillIn({ fields }: Endpoint, ratio: string) {
  const required = fields.filter(({ required }) => required);
  const files = required.flatMap((field) => fileFor(field) ?? []);
  const others = required.filter((field) => !fileFor(field) && field.name !== 'prompt');
  const options = Object.fromEntries(others.map((field) => [field.name, sampleOf(field)]));
  return { prompt: 'a lighthouse in fog', files, options: { ...options, aspect_ratio: ratio } };
}

function fileFor({ name, type }: Field) {
  const item = type.kind === 'list' ? type.of : type;
  if (item.kind !== 'file') return undefined;
  return { url: 'https://v3.fal.media/files/lake.png', media: item.media, option: name };
}

/** As it is typed: what is structured as JSON. */
function sampleOf({ type }: Field): string | number | boolean {
  const value = makeUp(type);
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

function makeUp(type: FieldType): string | number | boolean | object {
  switch (type.kind) {
    case 'choice':
      return type.values[0] ?? '';
    case 'integer':
    case 'number':
      return type.min ?? (type.above === undefined ? 1 : type.above + 1);
    case 'flag':
      return true;
    case 'file':
      return 'https://v3.fal.media/files/lake.png';
    case 'list':
      return Array.from({ length: type.minItems ?? 1 }, () => makeUp(type.of));
    case 'object': {
      const required = type.fields.filter(({ required }) => required);
      return Object.fromEntries(required.map(({ name, type }) => [name, makeUp(type)]));
    }
    case 'either':
      return makeUp(type.types[0]!);
    case 'text':
    case 'anything':
      return 'fog and rain';
  }
}
