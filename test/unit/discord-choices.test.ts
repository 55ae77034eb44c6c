import { expect, test } from 'vitest';
import { matchChoices, toDiscordChoices } from '../../src/platforms/discord/choices.ts';

const named = (...values: string[]) => values.map((value) => ({ value, label: value }));
const valuesOf = (choices: readonly { value: string }[]) => choices.map(({ value }) => value);

test('no more than 25 are shown, the best ones', () => {
  const values = Array.from({ length: 2000 }, (_, at) => `model-${at}`);
  expect(valuesOf(toDiscordChoices(named(...values)))).toEqual(values.slice(0, 25));
});

test('a value that is too long is left out, a label is cut', () => {
  const shown = toDiscordChoices([
    { value: 'v'.repeat(101), label: 'too long a value' },
    { value: 'v'.repeat(100), label: 'l'.repeat(101) },
  ]);
  expect(shown).toEqual([{ name: `${'l'.repeat(99)}…`, value: 'v'.repeat(100) }]);
});

test('labels that look the same are told apart', () => {
  const shown = toDiscordChoices([
    { value: 'a', label: 'same' },
    { value: 'same', label: 'same' },
    { value: 'b', label: 'same' },
    { value: 'b', label: 'the same value again' },
    { value: 'c', label: ' ' },
  ]);
  expect(shown).toEqual([
    { name: 'same', value: 'a' },
    { name: 'same: same', value: 'same' },
    { name: 'b', value: 'b' },
    { name: 'c', value: 'c' },
  ]);
});

test.each([
  ['', ['png', 'jpeg', 'webp', 'animated png']],
  ['p', ['png', 'jpeg', 'webp', 'animated png']],
  ['PNG', ['png', 'animated png']],
  ['eg', ['jpeg']],
  ['gif', []],
])('%j finds what begins with it, then what holds it', (begun, expected) => {
  const known = named('png', 'jpeg', 'webp', 'animated png');
  expect(valuesOf(matchChoices(known, begun))).toEqual(expected);
});

test('a label is searched as well', () => {
  expect(matchChoices([{ value: '16:9', label: 'Wide' }], 'wi')).toHaveLength(1);
});
