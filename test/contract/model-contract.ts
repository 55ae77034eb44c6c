/** What every model must do with whatever a person may ask for, whatever it makes. */
import { describe, expect, test } from 'vitest';
import { UpstreamError, UserError } from '../../src/errors.ts';
import type { ModelAdapter, ModelInput, ModelRequest } from '../../src/models/model.ts';
import { ASPECT_RATIOS } from '../../src/request.ts';
import { listMisfits } from '../support/models/fits.ts';
import { fillInRequired } from '../support/models/plausible.ts';
import { refusalOf } from '../support/refusal-of.ts';

type Value = string | number | boolean;

/** Each neutral option at a value that every model with such an option takes, or can bend. */
const WISHES: readonly (readonly [option: string, value: Value])[] = [
  ['count', 1],
  ['n', 2],
  ['size', '1280x720'],
  ['resolution', '2K'],
  ['res', '1080p'],
  ['seed', 7],
  ['seed', '65535'],
  ['negative_prompt', 'blur'],
  ['no', 'blur'],
  ['steps', 20],
  ['guidance', 2.5],
  ['strength', 0.5],
  ['format', 'png'],
  ['format', 'jpg'],
  ['format', 'mp3'],
  ['acceleration', 'regular'],
  ['lora', 'https://example.com/a.safetensors:0.8'],
  ['turbo', true],
  ['safetyChecker', false],
  ['safety-tolerance', 2],
  ['web_search', 'yes'],
  ['limit_generations', 'on'],
  ['system_prompt', 'Paint.'],
  ['expand_prompt', true],
  ['speed', 1.5],
  ['language', 'auto'],
  ['aspect_ratio', 'auto'],
  ...ASPECT_RATIOS.map((ratio) => ['ar', ratio] as const),
];
/** Nobody's model takes these. */
const IMPOSSIBLE: readonly (readonly [option: string, value: Value, says: string])[] = [
  ['count', 0, 'from 1 to 10, not 0'],
  ['count', -1, 'from 1 to 10, not -1'],
  ['count', 1000, 'from 1 to 10, not 1000'],
  ['n', 1.5, 'from 1 to 10, not 1.5'],
  ['count', 'many', 'from 1 to 10, not many'],
  ['count', true, 'from 1 to 10, not true'],
];
const STRANGERS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  '',
  ' ',
  '.',
  'voice_setting.__proto__',
  'zzzzzzzz',
  'x'.repeat(5000),
];

export function modelContract(model: ModelAdapter): void {
  const plain = fillInRequired(model);
  const ask = (options: Readonly<Record<string, Value>>, request = plain): ModelInput[] =>
    model.split(withOptions(request, options)).map((part) => model.toInput(part));

  describe(`the model ${model.name}`, () => {
    test('says what it is, short enough for a menu', () => {
      expect(model.name).toMatch(/^[a-z0-9][a-z0-9.-]{1,31}$/u);
      expect(`${model.name}: ${model.description}`.length).toBeLessThanOrEqual(100);
    });

    test.each(WISHES)('honours or notes %s %s, and sends nothing illegal', (option, value) => {
      const { [option]: _, ...others } = plain.options;
      const bare = { ...plain, options: others };
      const asked = ask({ [option]: value }, bare);
      expect(asked.flatMap((one) => listIllegal(model, one))).toEqual([]);
      const notes = asked.flatMap((one) => one.notes);
      for (const note of notes) expect(note).toMatch(/^\S.*\.$/u);
      // One is what comes anyway, and some are told to find things out by themselves anyway.
      const isUsual = value === 1 || value === 'auto';
      const isHonoured = JSON.stringify(asked.map(({ input }) => input)) !== inputOf(model, bare);
      expect(isHonoured || notes.length > 0 || isUsual).toBe(true);
    });

    test.each(IMPOSSIBLE)('refuses %s %s in words', (option, value, says) => {
      expect(() => ask({ [option]: value })).toThrow(UserError);
      expect(() => ask({ [option]: value })).toThrow(`“${option}” must be a whole number ${says}`);
    });

    test.each(STRANGERS)('has no option %j, and says so', (option) => {
      const refusal = refusalOf(() => ask({ [option]: 'x' }));
      expect(refusal).toContain(`${model.name} has no option “${option}`);
      expect(refusal).toMatch(/Did you mean “[\w.]+”\?|\/models \S+ lists what it has\./u);
      expect({}).not.toHaveProperty('x');
    });

    test('makes as many as asked for, each with a seed of its own', () => {
      const parts = model.split(withOptions(plain, { count: 10, seed: '18446744073709551600' }));
      const seeds = parts.map(({ options }) => String(options['seed']));
      expect(seeds).toEqual(parts.map((_, at) => `${18_446_744_073_709_551_600n + BigInt(at)}`));
      const made = parts.map(({ options }) => Number(options['count'] ?? 1));
      expect(made.reduce((sum, count) => sum + count, 0)).toBe(10);
    });

    test('says what it lacks when nothing at all is given', () => {
      const isFree = model.endpoints[0]?.fields.every(({ required }) => !required);
      const nothing: ModelRequest = { prompt: '', files: [], options: {} };
      const refusal = isFree
        ? JSON.stringify(model.toInput(nothing))
        : refusalOf(() => model.toInput(nothing));
      expect(refusal).toMatch(isFree ? /^\{/u : /needed|attach/u);
    });

    test.each([null, undefined, 7, [], {}, { images: [] }, { images: [{}] }, { image: null }])(
      'finds nothing made in %j and says so, or shows what there is',
      (output) => {
        for (const { id } of model.endpoints) {
          const read = () => model.toResult(id, output);
          expect(isReadable(read)).toBe(true);
        }
      },
    );
  });
}

/** Anything but an `UpstreamError` would be a mistake of ours. */
function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    return error instanceof UpstreamError;
  }
}

function withOptions(
  request: ModelRequest,
  options: Readonly<Record<string, Value>>,
): ModelRequest {
  // By entries: `__proto__` is a name like any other here.
  const entries = [...Object.entries(request.options), ...Object.entries(options)];
  return { ...request, options: Object.fromEntries(entries) };
}

function inputOf(model: ModelAdapter, request: ModelRequest): string {
  return JSON.stringify(model.split(request).map((part) => model.toInput(part).input));
}

export function listIllegal(
  { endpoints }: ModelAdapter,
  { endpoint, input }: ModelInput,
): string[] {
  const known = endpoints.find(({ id }) => id === endpoint);
  const isJson = JSON.stringify(JSON.parse(JSON.stringify(input))) === JSON.stringify(input);
  return [
    ...listMisfits(known?.fields ?? [], input),
    ...(isJson ? [] : ['JSON changes it']),
    ...('sync_mode' in input ? ['sync_mode: is sent'] : []),
  ];
}
