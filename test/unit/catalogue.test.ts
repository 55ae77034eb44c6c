import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readCatalogue } from '../../src/models/catalogue/catalogue.ts';
import { makeCatalogue, readSources } from '../../src/models/catalogue/make-catalogue.ts';
import {
  ENDPOINT_KINDS,
  isEndpointId,
  type Endpoint,
  type EndpointKind,
  type FieldType,
} from '../../src/models/endpoint.ts';
import { takes, walkFields } from '../support/walk-fields.ts';

const CATALOGUE = new URL('../../src/models/catalogue/catalogue.json', import.meta.url);
const TYPES = new URL(
  '../../node_modules/@fal-ai/client/src/types/endpoints.d.ts',
  import.meta.url,
);
/** Beside the repository where it is developed, but no part of it. */
const SCHEMAS = new URL('../../../shared/specs/fal-openapi.json', import.meta.url);

const catalogue = await readCatalogue();
const endpoints = catalogue.ids.map((id) => catalogue.find(id)!);

function find(id: string): Endpoint {
  const endpoint = catalogue.find(id);
  if (!endpoint) throw new Error(`${id} is not in the catalogue`);
  return endpoint;
}

function typeOf(id: string, name: string): FieldType | undefined {
  return find(id).fields.find((field) => field.name === name)?.type;
}

describe('the committed catalogue', () => {
  test('has every endpoint of the client’s type file', async () => {
    const source = await readFile(TYPES, 'utf8');
    const list = source.slice(source.indexOf('export type EndpointTypeMap'));
    const ids = [...list.matchAll(/^ {4}"([^"]+)": \{$/gmu)].map(([, id]) => id);
    expect(ids).toHaveLength(1207);
    expect(ids.filter((id) => !catalogue.find(id!))).toEqual([]);
  });

  test.skipIf(!existsSync(SCHEMAS))('has every endpoint of fal’s schemas', async () => {
    const schemas = JSON.parse(await readFile(SCHEMAS, 'utf8')) as Record<string, unknown>;
    expect(Object.keys(schemas)).toHaveLength(884);
    expect(Object.keys(schemas).filter((id) => !catalogue.find(id))).toEqual([]);
  });

  test.skipIf(!existsSync(SCHEMAS))(
    'is what the script makes of its sources',
    async () => {
      const made = makeCatalogue(await readSources());
      expect(made === (await readFile(CATALOGUE, 'utf8')), 'run npm run catalogue').toBe(true);
    },
    120_000,
  );

  test('names its sources and no place on a machine', async () => {
    const text = await readFile(CATALOGUE, 'utf8');
    expect(text.slice(0, 80)).toMatch(
      /^\{"format":1,"client":"\d+\.\d+\.\d+","schemas":"\d{4}-\d\d-\d\d",\n/u,
    );
    expect(text).not.toContain(fileURLToPath(new URL('../..', import.meta.url)));
    expect(text).not.toMatch(/file:\/\/|node_modules|\.d\.ts/u);
    expect(text.length).toBeLessThan(800 * 1024);
  });

  test('is sorted, one entry a line', async () => {
    const lines = (await readFile(CATALOGUE, 'utf8')).split('\n');
    const keys = lines.flatMap((line) => /^"([^"]+)":\["/u.exec(line)?.[1] ?? []);
    const ids = keys.filter((key) => key.includes('/'));
    expect(ids).toEqual(catalogue.ids);
    expect(ids).toEqual([...ids].sort());
  });
});

describe('every endpoint', () => {
  const places = endpoints.flatMap(({ id, fields }) =>
    walkFields(fields).map(({ path, field }) => ({ place: `${id} ${path}`, field })),
  );

  test('has a lawful id, a title and a known kind', () => {
    expect(endpoints.length).toBe(1406);
    expect(new Set(catalogue.ids).size).toBe(1406);
    const bad = endpoints.filter(
      ({ id, title, kind }) =>
        !isEndpointId(id) || !/^\S.{0,99}$/u.test(title) || !ENDPOINT_KINDS.includes(kind),
    );
    expect(bad.map(({ id }) => id)).toEqual([]);
  });

  test('is summed up without being unpacked, with the same words', () => {
    for (const { id, title, kind } of endpoints) {
      expect(catalogue.summary(id)).toEqual({ id, title, kind });
    }
    expect(catalogue.summary('fal-ai/none')).toBeUndefined();
    expect(catalogue.find('__proto__')).toBeUndefined();
    expect(catalogue.find('constructor')).toBeUndefined();
  });

  test('has its fields once, with lawful names', () => {
    for (const { id, fields } of endpoints) {
      const names = fields.map((field) => field.name);
      expect(new Set(names).size, id).toBe(names.length);
    }
    const bad = places.filter(({ field }) => !/^[a-zA-Z_]\w*$/u.test(field.name));
    expect(bad.map(({ place }) => place)).toEqual([]);
  });

  test('has a field to fill in, but for those without any input', () => {
    const bare = endpoints.filter(({ fields }) => fields.length === 0);
    expect(bare.map(({ id }) => id)).toEqual(WITHOUT_INPUT);
  });

  test('has no default where a value is required', () => {
    const bad = places.filter(({ field }) => field.required && field.standard !== undefined);
    expect(bad.map(({ place }) => place)).toEqual([]);
  });

  test('has defaults that its own types take', () => {
    const bad = places.filter(
      ({ field }) => field.standard !== undefined && !takes(field.type, field.standard),
    );
    expect(bad.map(({ place }) => place)).toEqual([]);
  });

  test('has bounds in order', () => {
    const bad = places.filter(({ field }) => !isInOrder(field.type));
    expect(bad.map(({ place }) => place)).toEqual([]);
  });

  test('has choices to choose from, each once and all of one sort', () => {
    const bad = places.filter(({ field: { type } }) => {
      if (type.kind !== 'choice') return false;
      const sorts = new Set(type.values.map((value) => typeof value));
      const isRepeated = new Set(type.values).size !== type.values.length;
      return type.values.length === 0 || isRepeated || sorts.size > 1;
    });
    expect(bad.map(({ place }) => place)).toEqual([]);
  });

  test('has no words of fal’s: they come at run time', () => {
    const bad = places.filter(({ field }) => field.description !== undefined);
    expect(bad).toEqual([]);
    expect(endpoints.filter(({ description }) => description !== undefined)).toEqual([]);
  });

  test('is of a plausible kind', () => {
    const counts = new Map(ENDPOINT_KINDS.map((kind) => [kind, 0]));
    for (const { kind } of endpoints) counts.set(kind, counts.get(kind)! + 1);
    console.log(Object.fromEntries(counts));
    for (const [kind, [least, most]] of Object.entries(PLAUSIBLE)) {
      const count = counts.get(kind as EndpointKind)!;
      expect(count, kind).toBeGreaterThanOrEqual(least);
      expect(count, kind).toBeLessThanOrEqual(most);
    }
  });

  test('that makes media says where in the answer they are', () => {
    const silent = endpoints.filter(({ outputs }) => outputs.length === 0).map(({ id }) => id);
    expect(silent.length).toBeLessThan(30);
    const makers = endpoints.filter(({ kind }) => kind.endsWith('-to-image'));
    const withPicture = makers.filter(({ outputs }) =>
      outputs.some((one) => one.media === 'image'),
    );
    expect(withPicture.length / makers.length).toBeGreaterThan(0.98);
  });

  test('that edits a picture takes one', () => {
    const editors = endpoints.filter(({ kind }) => kind === 'image-to-image');
    const blind = editors.filter(
      ({ fields }) => !walkFields(fields).some(({ field }) => holdsFile(field.type)),
    );
    expect(blind.map(({ id }) => id)).toEqual([]);
  });
});

/** Read by eye against fal's own pages. */
describe('what is known of', () => {
  test('nano-banana-pro/edit: pictures, ratios and its relatives’ ranges', () => {
    const { kind, title, fields, outputs } = find('fal-ai/nano-banana-pro/edit');
    expect({ kind, title }).toEqual({ kind: 'image-to-image', title: 'Nano Banana Pro Edit' });
    expect(fields.map((field) => field.name)).toEqual([
      'image_urls',
      'prompt',
      'aspect_ratio',
      'enable_web_search',
      'limit_generations',
      'num_images',
      'output_format',
      'resolution',
      'safety_tolerance',
      'seed',
      'sync_mode',
    ]);
    expect(typeOf('fal-ai/nano-banana-pro/edit', 'image_urls')).toEqual({
      kind: 'list',
      of: { kind: 'file', media: 'image' },
    });
    expect(typeOf('fal-ai/nano-banana-pro/edit', 'num_images')).toEqual({
      kind: 'integer',
      min: 1,
      max: 4,
    });
    expect(outputs).toEqual([{ name: 'images', media: 'image' }]);
  });

  test('flux-pro/kontext: one picture, a ratio without default, text for the safety tolerance', () => {
    const { fields } = find('fal-ai/flux-pro/kontext');
    expect(fields.filter((field) => field.required).map((field) => field.name)).toEqual([
      'image_url',
      'prompt',
    ]);
    expect(fields.find((field) => field.name === 'aspect_ratio')).not.toHaveProperty('standard');
    expect(fields.find((field) => field.name === 'guidance_scale')).toEqual({
      name: 'guidance_scale',
      type: { kind: 'number', min: 1, max: 20 },
      required: false,
      nullable: false,
      standard: 3.5,
    });
    expect(fields.find((field) => field.name === 'safety_tolerance')).toMatchObject({
      type: { kind: 'choice', values: ['1', '2', '3', '4', '5', '6'] },
      standard: '2',
    });
  });

  test('ideogram/character: eight pictures at most, sizes as words or numbers, nested colours', () => {
    expect(typeOf('fal-ai/ideogram/character', 'num_images')).toMatchObject({ min: 1, max: 8 });
    expect(typeOf('fal-ai/ideogram/character', 'image_size')).toMatchObject({
      kind: 'either',
      types: [{ kind: 'object' }, { kind: 'choice' }],
    });
    const colours = walkFields(find('fal-ai/ideogram/character').fields).find(
      ({ path }) => path === 'color_palette.members.rgb.r',
    );
    expect(colours?.field.type).toEqual({ kind: 'integer', min: 0, max: 255 });
  });

  test('whisper: sound goes in, 99 languages, and a transcript comes out', () => {
    const { kind, fields, outputs } = find('fal-ai/whisper');
    expect(kind).toBe('speech-to-text');
    expect(fields.find((field) => field.required)).toMatchObject({
      name: 'audio_url',
      type: { kind: 'file', media: 'audio' },
    });
    expect(typeOf('fal-ai/whisper', 'language')).toMatchObject({ kind: 'choice' });
    expect(fields.find((field) => field.name === 'language')?.type).toHaveProperty(
      'values.length',
      99,
    );
    expect(outputs).toEqual([{ name: 'text', media: 'text' }]);
  });

  test('an endpoint with a schema: its order, ranges and numbers to choose from', () => {
    expect(
      find('fal-ai/flux/dev')
        .fields.map((field) => field.name)
        .slice(0, 4),
    ).toEqual(['prompt', 'image_size', 'num_inference_steps', 'seed']);
    const rates = walkFields(find('fal-ai/minimax/speech-02-hd').fields).find(
      ({ path }) => path === 'audio_setting.sample_rate',
    );
    expect(rates?.field).toMatchObject({
      type: { values: [8000, 16000, 22050, 24000, 32000, 44100] },
      standard: 32000,
    });
  });
});

describe('a broken file', () => {
  test.each([
    ['is no JSON', '{"format":1,'],
    ['is of another form', '{"format":2,"types":{},"fields":{},"endpoints":{}}'],
    ['lacks a part', '{"format":1,"types":{},"fields":{}}'],
    ['is empty', ''],
    ['is a list', '[]'],
  ])('that %s is refused in one sentence that says what to do', async (_, text) => {
    await expect(readCatalogue(await writeCopy(text))).rejects.toThrow(
      /^The catalogue of models \(.*\) is damaged .*: restore the file, or make it again/u,
    );
  });

  test('with a gap says which entry is missing when the endpoint is asked for', async () => {
    const text = JSON.stringify({
      format: 1,
      types: {},
      fields: { 'prompt.abcd': ['none', ''] },
      endpoints: {
        'fal-ai/one': ['One', 'other', 'prompt.abcd', ''],
        'fal-ai/two': ['Two', 'other', 'prompt.gone', ''],
      },
    });
    const broken = await readCatalogue(await writeCopy(text));
    expect(broken.summary('fal-ai/two')?.title).toBe('Two');
    expect(() => broken.find('fal-ai/one')).toThrow('lacks its entry none');
    expect(() => broken.find('fal-ai/two')).toThrow('lacks its entry prompt.gone');
  });
});

/** Another company's API behind fal: fal's schemas say nothing of what it takes. */
const WITHOUT_INPUT = [
  'openrouter/router/openai/v1/embeddings',
  'openrouter/router/openai/v1/responses',
  'perceptron/isaac-01/openai/v1/chat/completions',
];

/** Least and most of each kind that is plausible: fal adds models, but not by the hundred. */
const PLAUSIBLE: Partial<Record<EndpointKind, readonly [number, number]>> = {
  'text-to-image': [180, 260],
  'image-to-image': [330, 480],
  'text-to-video': [110, 190],
  'image-to-video': [160, 260],
  'video-to-video': [140, 230],
  'text-to-speech': [25, 70],
  'text-to-audio': [30, 70],
  'audio-to-audio': [35, 70],
  'speech-to-text': [9, 25],
  'image-to-3d': [30, 60],
  training: [30, 70],
  vision: [30, 60],
  other: [0, 15],
};

function isInOrder(type: FieldType): boolean {
  switch (type.kind) {
    case 'integer':
    case 'number': {
      const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity } = type;
      return min <= max && above < max && min < below && above < below;
    }
    case 'text':
      return (type.minLength ?? 0) <= (type.maxLength ?? Infinity);
    case 'list':
      return (type.minItems ?? 0) <= (type.maxItems ?? Infinity) && isInOrder(type.of);
    case 'either':
      return type.types.length > 1 && type.types.every(isInOrder);
    case 'object':
      return type.fields.length > 0;
    case 'flag':
    case 'choice':
    case 'file':
    case 'anything':
      return true;
  }
}

function holdsFile(type: FieldType): boolean {
  if (type.kind === 'list') return holdsFile(type.of);
  return type.kind === 'either' ? type.types.some(holdsFile) : type.kind === 'file';
}

async function writeCopy(text: string): Promise<URL> {
  const file = join(await mkdtemp(join(tmpdir(), 'easel-catalogue-')), 'catalogue.json');
  await writeFile(file, text);
  return pathToFileURL(file);
}
