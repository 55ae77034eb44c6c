import { describe, expect, test } from 'vitest';
import { nearest } from '../../src/nearest.ts';
import type { Option, Options } from '../../src/option.ts';
import { UserError } from '../../src/errors.ts';
import { areValuesOf, parseOptions } from '../../src/parse-options.ts';

const kinds = {
  prompt: { kind: 'text', description: 'd', maxLength: 5, required: true },
  ratio: {
    kind: 'choice',
    description: 'd',
    choices: [
      { value: '1:1', label: 'square' },
      { value: '16:9', label: 'wide' },
    ],
  },
  count: { kind: 'integer', description: 'd', min: 1, max: 4 },
  guidance: { kind: 'number', description: 'd', min: 0, max: 1.5 },
  turbo: { kind: 'flag', description: 'd' },
  picture: { kind: 'file', media: 'image', description: 'd' },
  voice: { kind: 'suggested', description: 'd', maxLength: 5, suggest: () => [] },
} satisfies Options;

const CLOSED = { takesMore: false };

function parseOne(name: keyof typeof kinds, value: unknown) {
  const option: Option = kinds[name];
  return parseOptions({ [name]: option }, { [name]: value }, CLOSED).values;
}

describe('values that fit', () => {
  test.each([
    ['prompt', '  fox ', 'fox'],
    ['prompt', '12345', '12345'],
    ['ratio', '16:9', '16:9'],
    ['count', 4, 4],
    ['count', '3', 3],
    ['guidance', '0.5', 0.5],
    ['guidance', 0, 0],
    ['turbo', true, true],
    ['turbo', ' Yes ', true],
    ['turbo', 'off', false],
    ['turbo', '0', false],
    ['voice', ' Ada ', 'Ada'],
  ] as const)('%s %j is read as %j', (name, value, expected) => {
    expect(parseOne(name, value)).toStrictEqual({ [name]: expected });
  });

  test('options that are not given stay absent, and so do empty ones', () => {
    const given = { prompt: 'fox', ratio: '', count: undefined };
    const { values } = parseOptions(kinds, given, CLOSED);
    expect(values).toStrictEqual({ prompt: 'fox' });
  });

  test('a picture is no value: it comes with the attachments', () => {
    const { values } = parseOptions(kinds, { prompt: 'fox', picture: '' }, CLOSED);
    expect(values).toStrictEqual({ prompt: 'fox' });
  });
});

describe('values that do not fit', () => {
  test.each([
    ['prompt', '', '“prompt” is needed: up to 5 characters.'],
    ['prompt', '   ', '“prompt” is needed: up to 5 characters.'],
    ['prompt', '123456', '“prompt” is needed: up to 5 characters.'],
    ['prompt', 12, '“prompt” is needed: up to 5 characters.'],
    ['ratio', '2:1', '“ratio” must be one of 1:1, 16:9.'],
    ['ratio', ['1:1'], '“ratio” must be one of 1:1, 16:9.'],
    ['count', 0, '“count” must be a whole number from 1 to 4.'],
    ['count', 5, '“count” must be a whole number from 1 to 4.'],
    ['count', '2.5', '“count” must be a whole number from 1 to 4.'],
    ['count', 'many', '“count” must be a whole number from 1 to 4.'],
    ['count', ' ', '“count” must be a whole number from 1 to 4.'],
    ['count', Number.NaN, '“count” must be a whole number from 1 to 4.'],
    ['picture', 'https://example.com/fox.png', '“picture” takes an attached picture.'],
    ['guidance', 'Infinity', '“guidance” must be a number from 0 to 1.5.'],
    ['guidance', null, '“guidance” must be a number from 0 to 1.5.'],
    ['voice', 'Adelaide', '“voice” takes up to 5 characters.'],
    ['turbo', 'maybe', '“turbo” must be yes or no.'],
    ['turbo', 1, '“turbo” must be yes or no.'],
  ] as const)('%s %j: %s', (name, value, expected) => {
    expect(() => parseOne(name, value)).toThrow(new UserError(expected));
  });

  test('every mistake is named at once, each on its own line', () => {
    expect(() => parseOptions(kinds, { count: 9, turbo: 'x', zebra: 'red' }, CLOSED)).toThrow(
      new UserError(
        [
          'There is no option “zebra”. Known: prompt, ratio, count, guidance, turbo, picture, voice.',
          '“prompt” is needed: up to 5 characters.',
          '“count” must be a whole number from 1 to 4.',
          '“turbo” must be yes or no.',
        ].join('\n'),
      ),
    );
  });

  test('a name that is nearly right gets a hint', () => {
    expect(() => parseOptions(kinds, { prompt: 'fox', guidence: 1 }, CLOSED)).toThrow(
      'There is no option “guidence”. Did you mean “guidance”?',
    );
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    'the name %s is an unknown one like any other',
    (name) => {
      const raw = JSON.parse(`{"prompt":"fox","${name}":1}`) as Record<string, unknown>;
      expect(() => parseOptions(kinds, raw, CLOSED)).toThrow(`There is no option “${name}”.`);
    },
  );
});

test.each([
  [{ prompt: 'fox' }, true],
  [{ prompt: 'fox', count: 2, turbo: false }, true],
  [{}, false],
  [{ prompt: 'fox', count: 9 }, false],
  [{ prompt: 'fox', ratio: 3 }, false],
])('%j holds the values that the options promise: %j', (values, expected) => {
  expect(areValuesOf(kinds, values)).toBe(expected);
});

test.each([
  ['qwen', ['nano-banana-pro', 'qwen-image'], 'qwen-image'],
  ['QWEN-IMAGES', ['nano-banana-pro', 'qwen-image'], 'qwen-image'],
  ['zebra', ['nano-banana-pro', 'qwen-image'], undefined],
  ['', ['a'], undefined],
  ['x', [], undefined],
] as const)('the nearest to %j of %j is %j', (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected);
});
