/** Whatever a command holds, Discord takes what is made of it: one refusal would keep all back. */
import { describe, expect, test } from 'vitest';
import { defineCommand } from '../../src/command.ts';
import { message } from '../../src/message.ts';
import type { Option, Options } from '../../src/option.ts';
import { toCommandJson } from '../../src/platforms/discord/command-json.ts';
import { toPublishedOptions } from '../../src/platforms/discord/published-options.ts';
import { checkCommands, type CommandDefinition } from '../support/discord/command-limits.ts';
import { createSchemaCheck } from '../support/discord/schema-check.ts';

function toJson(options: Options, description = 'Tests'): CommandDefinition {
  const command = defineCommand({
    name: 'test',
    description,
    published: true,
    options,
    run: () => ({ kind: 'answer', message: message() }),
  });
  return toCommandJson(command) as CommandDefinition;
}

function listProblems(command: CommandDefinition): string[] {
  const schema = createSchemaCheck();
  const path = '/applications/123456789012345678/commands';
  const problems = [
    ...checkCommands([command]),
    ...schema.check('PUT', path, { body: [command], isForm: false }),
  ];
  return problems.map((problem) => `${problem.path}: ${problem.message}`);
}

function findOption(command: CommandDefinition, name: string) {
  return command.options?.find((option) => option.name === name);
}

const text = (more: Partial<Option> = {}): Option =>
  ({ kind: 'text', description: 'Some words', maxLength: 100, ...more }) as Option;
const choice = (choices: readonly { value: string; label: string }[]): Option => ({
  kind: 'choice',
  description: 'One of them',
  choices,
});
const choices = (count: number, length = 1) =>
  Array.from({ length: count }, (_, at) => {
    const value = `${at}-`.padEnd(length, 'x');
    return { value, label: value };
  });
const many = (count: number, option: Option) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`option_${at}`, option]));

const STRANGE: readonly (readonly [name: string, options: Options])[] = [
  ['26 choices', { one: choice(choices(26)) }],
  ['300 choices', { one: choice(choices(300)) }],
  ['a choice without words', { one: choice([{ value: '', label: '' }]) }],
  ['a value over 100 characters', { one: choice(choices(3, 101)) }],
  ['a label over 100 characters', { one: choice([{ value: 'a', label: 'x'.repeat(300) }]) }],
  ['a label of emoji', { one: choice([{ value: 'a', label: '🦊'.repeat(90) }]) }],
  [
    'labels that are the same when cut',
    { one: choice(['a', 'b'].map((end) => ({ value: end, label: `${'x'.repeat(150)}${end}` }))) },
  ],
  ['the same choice twice', { one: choice([...choices(2), ...choices(2)]) }],
  ['no choices', { one: choice([]) }],
  ['30 options', many(30, text())],
  ['30 required options', many(30, text({ required: true }))],
  ['a required option at the end of 30', { ...many(30, text()), last: text({ required: true }) }],
  ['a long option name', { ['very_'.repeat(10)]: text() }],
  [
    'long names with the same beginning',
    { [`${'x'.repeat(40)}a`]: text(), [`${'x'.repeat(40)}b`]: text({ required: true }) },
  ],
  ['a name in capitals with marks', { 'Aspect Ratio (W:H)': text(), 'aspect ratio (w:h)': text() }],
  ['a name of nothing', { '': text() }],
  ['a long description', { one: text({ description: 'x'.repeat(300) }) }],
  ['an empty description', { one: text({ description: ' ' }) }],
  ['text longer than Discord takes', { one: text({ maxLength: 50_000 }) }],
  [
    'numbers without bounds',
    { one: { kind: 'number', description: 'x', min: -Infinity, max: Infinity } },
  ],
  ['seeds beyond 2^53', { one: { kind: 'integer', description: 'x', min: 0, max: 2 ** 63 } }],
  ['lists of more than 8000 characters', many(25, choice(choices(25, 90)))],
];

test('the official schema is at hand', () => {
  expect(createSchemaCheck().isOn).toBe(true);
});

test.each(STRANGE)('Discord takes a command with %s', (_, options) => {
  expect(listProblems(toJson(options))).toEqual([]);
});

test.each([' ', 'x'.repeat(500)])('Discord takes a command whose description is %j', (words) => {
  expect(listProblems(toJson({}, words))).toEqual([]);
});

describe('nothing that fits is lost', () => {
  test('25 choices are published as choices, 26 are suggested', () => {
    const command = toJson({ few: choice(choices(25)), many: choice(choices(26)) });
    expect(findOption(command, 'few')?.choices).toHaveLength(25);
    expect(findOption(command, 'many')).toMatchObject({ autocomplete: true });
    expect(findOption(command, 'many')).not.toHaveProperty('choices');
  });

  test('of lists that are too much together, the largest ones are suggested', () => {
    const command = toJson({
      large: choice(choices(25, 100)),
      small: choice(choices(3, 10)),
      larger: choice(choices(25, 100).map((one) => ({ ...one, label: `${one.value.slice(1)}yy` }))),
      other: choice(choices(20, 50)),
    });
    expect(command.options?.map(({ name, choices }) => [name, choices?.length])).toEqual([
      ['large', 25],
      ['small', 3],
      ['larger', undefined],
      ['other', 20],
    ]);
    expect(listProblems(command)).toEqual([]);
  });

  test('required options are among the 25, and first', () => {
    const command = toJson({ ...many(30, text()), last: text({ required: true }) });
    expect(command.options).toHaveLength(25);
    expect(command.options?.[0]).toMatchObject({ name: 'last', required: true });
  });

  test('an option under another name can still be told from the others', () => {
    const names = [`${'x'.repeat(40)}a`, `${'x'.repeat(40)}b`, 'Aspect Ratio', 'plain'];
    const published = toPublishedOptions(Object.fromEntries(names.map((name) => [name, text()])));
    expect(published.map(({ name }) => name)).toEqual(names);
    expect(published.map(({ publishedName }) => publishedName)).toEqual([
      'x'.repeat(32),
      `${'x'.repeat(30)}_2`,
      'aspect_ratio',
      'plain',
    ]);
  });

  test('a label that must be cut says so and keeps its value', () => {
    const command = toJson({ one: choice([{ value: 'a', label: 'x'.repeat(300) }]) });
    expect(findOption(command, 'one')?.choices).toEqual([
      { name: `${'x'.repeat(99)}…`, value: 'a' },
    ]);
  });
});
