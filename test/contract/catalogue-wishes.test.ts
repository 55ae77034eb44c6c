/** Whatever a person may type for whatever endpoint: it is honoured, noted or refused in words. */
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { readCatalogue } from '../../src/models/catalogue/catalogue.ts';
import { ENDPOINT_KINDS } from '../../src/models/endpoint.ts';
import { loadModels } from '../../src/models/load-models.ts';
import type { ModelInput, ModelRequest } from '../../src/models/model.ts';
import { ASPECT_RATIOS } from '../../src/request.ts';
import { fillInRequired, WORDS } from '../support/models/plausible.ts';
import { listIllegal } from './model-contract.ts';

type Value = string | number | boolean;

const models = await loadModels({ allowed: ['**'] });
const { ids } = await readCatalogue();
const asked = ids.map((id) => ({ model: models.find(id), plain: fillInRequired(models.find(id)) }));
const byKind = ENDPOINT_KINDS.map((kind) => ({
  kind,
  asked: asked.filter(({ model }) => model.endpoints[0]?.kind === kind),
})).filter((group) => group.asked.length > 0);
type Asked = (typeof asked)[number];

/** fal's names for shapes, in pixels. */
const PRESETS: Readonly<Record<string, string>> = {
  square_hd: '1024x1024',
  square: '512x512',
  portrait_4_3: '768x1024',
  portrait_16_9: '576x1024',
  landscape_4_3: '1024x768',
  landscape_16_9: '1024x576',
};
/** Usual wishes: none is refused anywhere for being unknown. */
const WISHES: readonly (readonly [option: string, value: Value])[] = [
  ['negative_prompt', 'blur'],
  ['steps', 20],
  ['guidance', 2.5],
  ['strength', 0.5],
  ['resolution', '4K'],
  ['resolution', '720p'],
  ['format', 'jpg'],
  ['format', 'wav'],
  ['acceleration', 'full'],
  ['style', 'anime'],
  ['lora', 'somebody/a-lora'],
  ['safety_checker', 'off'],
  ['safety_tolerance', '6'],
  ['expand_prompt', 'no'],
  ['duration', '5'],
  ['fps', '24'],
  ['voice', 'Aria'],
  ['speed', '1.1'],
  ['language', 'English'],
  ['turbo', 'yes'],
  ['web_search', true],
  ['size', '1280x720'],
  ['size', '99999x1'],
];
/** What no form would send, under each of an endpoint's own names. */
const STRANGE: readonly Value[] = [
  '',
  ' ',
  'null',
  'auto',
  '-1',
  '1e400',
  'NaN',
  '9'.repeat(40),
  'x'.repeat(100_001),
  '{}',
  '[]',
  '{"__proto__":{"a":1},"constructor":2}',
  '[{"path":1}]',
  '[[[[[[[[[[1]]]]]]]]]]',
  '{broken',
  '"words"',
  'https://example.com/a.png, https://example.com/b.png',
  'javascript:alert(1)',
  true,
  -0,
  Number.MAX_VALUE,
];

describe.each(byKind)('each of $kind', ({ asked }) => {
  test('gets every shape exactly, or says what it got instead', () => {
    expect(asked.flatMap((one) => ASPECT_RATIOS.flatMap((r) => listShapeMistakes(one, r)))).toEqual(
      [],
    );
  });

  test('makes ten in as many requests as it takes, with seeds one apart', () => {
    expect(asked.flatMap(listCountMistakes)).toEqual([]);
  });

  test('honours, notes or refuses each usual wish, and sends nothing illegal', () => {
    expect(
      asked.flatMap((one) => WISHES.flatMap(([name, value]) => listMistakes(one, name, value))),
    ).toEqual([]);
  });

  test('stands strange values in each field', () => {
    // One of each dozen: all of them take minutes.
    const some = asked.filter((_, at) => at % 12 === 0);
    const mistakes = some.flatMap((one) =>
      (one.model.endpoints[0]?.fields ?? []).flatMap(({ name }) =>
        STRANGE.flatMap((value) => listMistakes(one, name, value)),
      ),
    );
    expect(mistakes).toEqual([]);
  });
});

function withOption({ plain }: Asked, name: string, value: Value): ModelRequest {
  const { [name]: _, ...others } = plain.options;
  return { ...plain, options: { ...others, [name]: value } };
}

function listShapeMistakes(one: Asked, ratio: string): string[] {
  const { model } = one;
  const { size: _, aspect_ratio: __, ...others } = one.plain.options;
  const request = { ...one.plain, options: { ...others, aspect_ratio: ratio } };
  const { endpoint, input, notes } = model.toInput(request);
  const shape = shapeOf(input);
  const isExact = Math.abs(Math.log(shape / toNumber(ratio))) < 0.01;
  const isNoted = notes.some((note) => note.includes(ratio));
  const illegal = listIllegal(model, { endpoint, input, notes });
  return [
    ...illegal.map((words) => `${model.name} ${ratio}: ${words}`),
    ...(isExact || isNoted ? [] : [`${model.name} ${ratio}: ${JSON.stringify(input)}`]),
  ];
}

/** Width through height, in whatever way it is said. */
function shapeOf(input: Readonly<Record<string, unknown>>): number {
  const names = ['aspect_ratio', 'image_size', 'video_size', 'size', 'resolution'];
  const said = names.map((name) => toNumber(input[name])).find((one) => !Number.isNaN(one));
  return said ?? toNumber(input);
}

function toNumber(value: unknown): number {
  if (typeof value === 'object' && value !== null) {
    const { width, height, ratio } = value as Record<string, unknown>;
    return ratio === undefined ? Number(width) / Number(height) : toNumber(ratio);
  }
  const [, width, height] =
    /^([\d.]+)[:x*]([\d.]+)$/u.exec(PRESETS[String(value)] ?? String(value)) ?? [];
  return Number(width) / Number(height);
}

function listCountMistakes({ model, plain }: Asked): string[] {
  const { seed: _, count: __, ...others } = plain.options;
  const parts = model.split({ ...plain, options: { ...others, count: 10, seed: 65_530 } });
  const made = parts.reduce((sum, { options }) => sum + Number(options['count'] ?? 1), 0);
  const inputs = parts.map((part) => model.toInput(part));
  const seeds = inputs.flatMap(({ input }) => ('seed' in input ? [input['seed']] : []));
  return [
    ...(made === 10 ? [] : [`${model.name}: makes ${made}`]),
    ...(new Set(seeds).size === seeds.length ? [] : [`${model.name}: ${seeds.join()}`]),
    ...inputs.flatMap((one) => listIllegal(model, one)).map((words) => `${model.name}: ${words}`),
  ];
}

function listMistakes(one: Asked, name: string, value: Value): string[] {
  const { model } = one;
  const shown = `${model.name} ${name}=${String(value).slice(0, 40)}`;
  try {
    const asked = model.toInput(withOption(one, name, value));
    const isHeard = isIn(asked, one, value) || asked.notes.length > 0 || isNothing(value);
    return [
      ...listIllegal(model, asked).map((words) => `${shown}: ${words}`),
      ...(isHeard ? [] : [`${shown}: silence`]),
    ];
  } catch (error) {
    if (error instanceof UserError) return listWordMistakes(error.message, name, shown);
    return [`${shown}: ${String(error)}`];
  }
}

/** True also where it says what was said anyway. */
function isIn({ input }: ModelInput, { model, plain }: Asked, value: Value): boolean {
  const before = model.toInput(plain).input;
  const isSaid = Object.values(input).some(
    (one) => String(one) === String(value) || one === (Number(value) !== 0),
  );
  return isSaid || JSON.stringify(input) !== JSON.stringify(before);
}

/** What leaves things as they are need not be told. */
function isNothing(value: Value): boolean {
  return value === '' || value === 'null' || value === 'auto' || value === '{}' || value === '[]';
}

/** What is to be attached is called as a form calls it. */
function isAbout(message: string, name: string): boolean {
  return message.includes(`“${name}`) || /attach (?:one|them) as “/u.test(message);
}

function listWordMistakes(message: string, name: string, shown: string): string[] {
  return [
    ...(isAbout(message, name) ? [] : [`${shown}: ${message}`]),
    ...(message.length < 4000 ? [] : [`${shown}: says ${message.length} characters`]),
    ...(/undefined|\[object|NaN\b(?!”)/u.test(message) ? [`${shown}: ${message}`] : []),
  ];
}

test('the words of a request are its own', () => {
  expect(
    asked.filter(({ plain }) => plain.prompt !== '' && !WORDS.startsWith(plain.prompt)),
  ).toEqual([]);
});
