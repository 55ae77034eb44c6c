/** Forms stay within Discord's limits, whatever a command asks for. */
import { expect, test } from 'vitest';
import { defineCommand } from '../../src/command.ts';
import type { Options, RawValues } from '../../src/option.ts';
import { toForm } from '../../src/platforms/discord/form.ts';
import { checkModal } from '../support/discord/modal-limits.ts';
import { createSchemaCheck } from '../support/discord/schema-check.ts';
import type { ModalField, OpenModal } from '../support/discord/types.ts';
import { takesForm } from '../../src/platforms/discord/open-form.ts';

const path = '/interactions/1/token/callback';

function formOf(options: Options, start: RawValues = {}, title = 'Edit'): OpenModal {
  const command = defineCommand({
    name: 'test',
    description: 'Tests',
    published: true,
    options,
    asks: { title, options: Object.keys(options) },
    run: () => ({ kind: 'answer', message: { blocks: [], buttons: [] } }),
  });
  if (!takesForm(command)) throw new Error('It asks for nothing.');
  const data = toForm(command, { customId: 'v1:test:1', start });
  const sent = JSON.parse(JSON.stringify(data)) as OpenModal;
  expect(checkModal(sent)).toEqual([]);
  const body = { type: 9, data: sent };
  expect(createSchemaCheck().check('POST', path, { body, isForm: false })).toEqual([]);
  return sent;
}

function fieldOf(option: Options[string], begun?: unknown): ModalField {
  const [label] = formOf({ it: option }, { it: begun }).components;
  if (!label) throw new Error('Nothing is asked.');
  return label.component;
}

const values = (field: ModalField) => field.options?.map(({ value }) => value);
const chosen = (field: ModalField) =>
  field.options?.filter((option) => option.default).map(({ value }) => value);

const suggest = (count: number) => () =>
  Array.from({ length: count }, (_, at) => ({ value: `m${at}`, label: `Model ${at}` }));

test('words get several lines, begin as they were, and one word gets one line', () => {
  const words = { kind: 'text', description: 'What', required: true, maxLength: 6000 } as const;
  expect(fieldOf(words, 'a fox')).toMatchObject({
    type: 4,
    style: 2,
    value: 'a fox',
    required: true,
    max_length: 4000,
  });
  expect(fieldOf({ ...words, maxLength: 40 })).toMatchObject({ style: 1, max_length: 40 });
});

test('words that are too long for a form are said to be cut', () => {
  const it = { kind: 'text', description: 'What', maxLength: 6000 } as const;
  const [label] = formOf({ it }, { it: '🦊'.repeat(2500) }).components;
  expect(label?.component.value).toBe('🦊'.repeat(2000));
  expect(label?.description).toContain('4000 of 5000');
});

test('choices are a list, with what was chosen', () => {
  const choices = ['a', 'b'].map((value) => ({ value, label: value.toUpperCase() }));
  const field = fieldOf({ kind: 'choice', description: 'Which', choices }, 'b');
  expect(field).toMatchObject({ type: 3, required: false, min_values: 0, max_values: 1 });
  expect(values(field)).toEqual(['a', 'b']);
  expect(chosen(field)).toEqual(['b']);
});

test('few suggestions are a list, many are named in a text field', () => {
  const base = { kind: 'suggested', description: 'Which', maxLength: 100 } as const;
  expect(values(fieldOf({ ...base, suggest: suggest(25) }))).toHaveLength(25);
  expect(fieldOf({ ...base, suggest: suggest(26) })).toMatchObject({
    type: 4,
    placeholder: 'Such as m0, m1, m2',
  });
  expect(fieldOf({ ...base, suggest: suggest(0) })).toMatchObject({ type: 4 });
  const kept = fieldOf({ ...base, suggest: suggest(3) }, 'other');
  expect(values(kept)).toEqual(['other', 'm0', 'm1', 'm2']);
  expect(chosen(kept)).toEqual(['other']);
});

test('few whole numbers are a list, many are typed', () => {
  const base = { kind: 'integer', description: 'How many', min: 1 } as const;
  expect(values(fieldOf({ ...base, max: 4 }))).toEqual(['1', '2', '3', '4']);
  expect(fieldOf({ ...base, max: 50 })).toMatchObject({
    type: 4,
    placeholder: 'A whole number from 1 to 50',
  });
});

test('a yes or no is a list, a file is uploaded', () => {
  expect(chosen(fieldOf({ kind: 'flag', description: 'Quickly' }, true))).toEqual(['true']);
  const file = fieldOf({ kind: 'file', description: 'A picture', media: 'image' });
  expect(file).toMatchObject({ type: 19, required: false, min_values: 0, max_values: 1 });
  const needed = { kind: 'file', description: 'One', media: 'image', required: true } as const;
  expect(fieldOf(needed)).toMatchObject({ required: true, min_values: 1 });
});

test('names and descriptions of any length fit, and no more than five are asked for', () => {
  const names = Array.from({ length: 8 }, (_, at) => `${'long_'.repeat(18)}${at}`);
  const option = { kind: 'text', description: 'very '.repeat(50), maxLength: 100 } as const;
  const form = formOf(Object.fromEntries(names.map((name) => [name, option])), {}, 'T'.repeat(99));
  expect(form.components).toHaveLength(5);
});
