import type { ModalView } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { defineCommand, type Command } from '../../src/command.ts';
import { UserError } from '../../src/errors.ts';
import { toChoices, type Option, type Options } from '../../src/option.ts';
import { findFormErrors, readForm } from '../../src/platforms/slack/form-answers.ts';
import { readMetadata } from '../../src/platforms/slack/form-metadata.ts';
import { toForm } from '../../src/platforms/slack/form.ts';
import { modal } from '../support/slack/block-limits.ts';

const place = { channel: 'C1', isDirect: false };
const suggesting = (...values: string[]) => ({
  kind: 'suggested' as const,
  description: 'x',
  maxLength: 100,
  suggest: (begun: string) => toChoices(values, begun),
});
const model = suggesting('brush', 'camera');
const FIELDS: Readonly<Record<string, Options>> = {
  brush: {
    prompt: { kind: 'text', description: 'Words', required: true, maxLength: 6000 },
    model,
    steps: { kind: 'integer', description: 'Steps', min: 1, max: 50, standard: '28' },
    size: {
      kind: 'choice',
      description: 'Size',
      choices: ['small', 'large'].map((value) => ({ value, label: value })),
    },
  },
  camera: {
    prompt: { kind: 'text', description: 'Words', required: true, maxLength: 6000 },
    model,
    steps: { kind: 'integer', description: 'Steps', min: 1, max: 10 },
    size: {
      kind: 'choice',
      description: 'Size',
      choices: ['small', 'huge'].map((value) => ({ value, label: value })),
    },
    flash: { kind: 'flag', description: 'Flash' },
  },
};

function commandWith(options: Options, run: () => never = notCalled): Command {
  return defineCommand({ name: 'draw', description: 'x', published: true, options, run });
}

function notCalled(): never {
  throw new Error('not to be called');
}

const draw = defineCommand({
  name: 'draw',
  description: 'x',
  published: true,
  options: { model },
  form: ({ model: chosen }) => FIELDS[String(chosen)] ?? FIELDS['brush'] ?? {},
  run: notCalled,
});

interface Shown {
  readonly block_id: string;
  readonly element: Readonly<Record<string, unknown>>;
}

function fieldOf(form: ModalView, name: string): Shown {
  const block = form.blocks.find((one) => one.block_id === name);
  if (!block) throw new Error(`no field ${name}`);
  return block as unknown as Shown;
}

/** The one field of a form that has this option alone. */
function elementOf(option: Option, filledIn = {}): Shown['element'] {
  const form = toForm(commandWith({ it: option }), place, filledIn);
  expect(() => modal.parse(form)).not.toThrow();
  return fieldOf(form, 'it').element;
}

describe('a field', () => {
  test('for words has room for what Slack takes', () => {
    expect(elementOf({ kind: 'text', description: 'x', maxLength: 6000 })).toMatchObject({
      type: 'plain_text_input',
      multiline: true,
      max_length: 3000,
    });
  });

  test('shows a default without sending it', () => {
    const steps = fieldOf(toForm(draw, place), 'steps').element;
    expect(steps).toMatchObject({ placeholder: { text: '28' } });
    expect(steps).not.toHaveProperty('initial_value');
  });

  test.each([
    [
      { min: 1, max: 50 },
      { min_value: '1', max_value: '50' },
    ],
    [
      { min: -0.5, max: 1.5 },
      { min_value: '-0.5', max_value: '1.5' },
    ],
    [{ min: 0, max: Number.MAX_SAFE_INTEGER }, { min_value: '0' }],
    [{ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }, {}],
    [{ min: 1e-7, max: 1 }, { max_value: '1' }],
  ])('for numbers in %o says only bounds that Slack reads', (bounds, expected) => {
    const element = elementOf({ kind: 'number', description: 'x', ...bounds });
    expect(element).toEqual({
      type: 'number_input',
      action_id: 'field:number',
      is_decimal_allowed: true,
      ...expected,
    });
  });

  test('for yes and no can also be left open', () => {
    expect(elementOf({ kind: 'flag', description: 'x' })).toMatchObject({
      type: 'static_select',
      options: [{ value: 'true' }, { value: 'false' }],
    });
  });

  test('with suggestions is a select that asks for them, and one without is words', () => {
    expect(elementOf(suggesting('16:9', '1:1'))).toMatchObject({
      type: 'external_select',
      min_query_length: 0,
    });
    expect(elementOf(suggesting())).toMatchObject({ type: 'plain_text_input' });
  });

  test('with more choices than a list holds asks for them, too', () => {
    const choices = Array.from({ length: 101 }, (_, at) => ({ value: `${at}`, label: `${at}` }));
    expect(elementOf({ kind: 'choice', description: 'x', choices })).toMatchObject({
      type: 'external_select',
    });
    expect(
      elementOf({ kind: 'choice', description: 'x', choices: choices.slice(1) })['options'],
    ).toHaveLength(100);
  });

  test('whose values are too long for a select is words, and its hint lists them', () => {
    const long = 'y'.repeat(76);
    for (const option of [
      suggesting(long),
      { kind: 'choice' as const, description: 'x', choices: [{ value: long, label: 'y' }] },
    ]) {
      const form = toForm(commandWith({ it: option }), place);
      expect(fieldOf(form, 'it')).toMatchObject({
        element: { type: 'plain_text_input' },
        hint: { text: expect.stringContaining(long) as unknown },
      });
      expect(modal.safeParse(form).error).toBeUndefined();
    }
  });

  test('has the longest texts cut to what Slack takes', () => {
    const form = toForm(
      commandWith({
        ['n'.repeat(80)]: {
          kind: 'choice',
          description: 'd'.repeat(2100),
          standard: 's'.repeat(200),
          choices: [{ value: 'a', label: 'l'.repeat(90) }],
        },
      }),
      place,
    );
    expect(modal.safeParse(form).error).toBeUndefined();
  });

  test('for files takes one of its kind, and a series of options is one field', () => {
    const picture = { kind: 'file' as const, description: 'x', media: 'image' as const };
    const form = toForm(
      commandWith({
        image: { ...picture, required: true },
        image2: picture,
        image3: picture,
        mask: picture,
        voice: { kind: 'file', description: 'x', media: 'audio' },
        thing: { kind: 'file', description: 'x', media: 'any' },
      }),
      place,
    );
    expect(modal.safeParse(form).error).toBeUndefined();
    expect(form.blocks.map(({ block_id: id }) => id)).toEqual(['image', 'mask', 'voice', 'thing']);
    expect(fieldOf(form, 'image')).toMatchObject({
      optional: false,
      label: { text: 'Pictures' },
      element: { type: 'file_input', max_files: 3 },
    });
    expect(fieldOf(form, 'mask').element).toMatchObject({ max_files: 1 });
    expect(fieldOf(form, 'voice').element['filetypes']).toContain('mp3');
    expect(fieldOf(form, 'thing').element).not.toHaveProperty('filetypes');
  });
});

/** Of a field in the forms of both models. */
function idsOf(name: string): unknown[] {
  return ['brush', 'camera'].map(
    (chosen) => fieldOf(toForm(draw, place, { model: chosen }), name).element['action_id'],
  );
}

describe('what is chosen', () => {
  test('decides on the fields, and stands in what Slack keeps with the form', () => {
    const form = toForm(draw, place, { model: 'camera' });
    expect(form.blocks.map(({ block_id: id }) => id)).toEqual([
      'prompt',
      'model',
      'steps',
      'size',
      'flash',
    ]);
    expect(readMetadata(form.private_metadata ?? '')).toMatchObject({
      ...place,
      chosen: { model: 'camera' },
    });
    expect(fieldOf(form, 'model')).toMatchObject({
      dispatch_action: true,
      element: { type: 'external_select', initial_option: { value: 'camera' } },
    });
  });

  test('stays a menu although one name is too long for it', () => {
    const names = suggesting('m'.repeat(76), 'camera');
    const command = defineCommand({
      name: 'draw',
      description: 'x',
      published: true,
      options: { model: names },
      form: () => ({ model: names }),
      run: notCalled,
    });
    expect(fieldOf(toForm(command, place), 'model').element).toMatchObject({
      type: 'external_select',
    });
  });

  test('fields that are the same keep their ids, and those with other values do not', () => {
    for (const name of ['prompt', 'model', 'steps']) expect(new Set(idsOf(name)).size).toBe(1);
    expect(new Set(idsOf('size')).size).toBe(2);
  });

  test('goes over into the new fields where they take it', () => {
    const filled = { model: 'camera', prompt: 'a fox', steps: '28', size: 'small' };
    const form = toForm(draw, place, filled);
    expect(modal.safeParse(form).error).toBeUndefined();
    expect(fieldOf(form, 'prompt').element).toMatchObject({ initial_value: 'a fox' });
    expect(fieldOf(form, 'size').element).toMatchObject({ initial_option: { value: 'small' } });
    expect(fieldOf(form, 'steps').element).not.toHaveProperty('initial_value');
    const large = toForm(draw, place, { model: 'camera', size: 'large' });
    expect(fieldOf(large, 'size').element).not.toHaveProperty('initial_option');
  });
});

const flag = (required: boolean): Option => ({ kind: 'flag', description: 'x', required });

function flags(count: number): Options {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`o${at}`, flag(false)]));
}

describe('more than fits', () => {
  test('100 fields fit, and of 101 the last two are named', () => {
    expect(toForm(commandWith(flags(100)), place).blocks).toHaveLength(100);
    const form = toForm(commandWith(flags(101)), place);
    expect(modal.safeParse(form).error).toBeUndefined();
    expect(form.blocks).toHaveLength(100);
    expect(form.blocks.at(-1)).toMatchObject({
      type: 'context',
      elements: [{ text: expect.stringContaining('--o99 --o100') as unknown }],
    });
  });

  test('what must be filled in is never left out', () => {
    const form = toForm(commandWith({ ...flags(120), needed: flag(true) }), place);
    expect(form.blocks.map(({ block_id: id }) => id)).toContain('needed');
  });

  test('long lists of choices do not make a form larger than Slack takes', () => {
    const choices = Array.from({ length: 100 }, (_, at) => ({
      value: `${at}`.padEnd(75, 'v'),
      label: 'l'.repeat(75),
    }));
    const form = toForm(
      commandWith(
        Object.fromEntries(
          Array.from({ length: 60 }, (_, at) => [
            `o${at}`,
            { kind: 'choice' as const, description: 'x', choices },
          ]),
        ),
      ),
      place,
    );
    expect(JSON.stringify(form).length).toBeLessThan(250_000);
    expect(form.blocks.at(-1)).toMatchObject({ type: 'context' });
  });
});

test('what is left empty is absent, and each file knows its field', () => {
  expect(
    readForm({
      prompt: { 'field:text': { type: 'plain_text_input', value: ' a fox ' } },
      size: { 'field:text': { type: 'plain_text_input', value: null } },
      turbo: { 'field:select:x': { type: 'static_select', selected_option: null } },
      model: { 'field:decide': { type: 'external_select', selected_option: { value: 'brush' } } },
      mask: { 'field:file:image': { type: 'file_input', files: [{ id: 'F1' }] } },
    }),
  ).toEqual({
    options: { prompt: 'a fox', model: 'brush' },
    attachments: [
      {
        platform: 'slack',
        id: 'F1',
        fileName: 'F1',
        claimedType: '',
        bytes: 0,
        url: '',
        option: 'mask',
      },
    ],
  });
});

function failing(error: Error): () => never {
  return () => {
    throw error;
  };
}

describe('mistakes', () => {
  const shown = ['prompt', 'model', 'steps', 'size', 'image'];
  const check = (options: Record<string, string>, plan: () => unknown = () => undefined) =>
    findFormErrors({ command: draw, filled: { options, attachments: [] }, shown }, plan);

  test('stand beside their fields', () => {
    expect(check({ model: 'camera', steps: '28', size: 'large' })).toEqual({
      prompt: expect.stringContaining('“prompt” is needed') as unknown,
      steps: expect.stringContaining('from 1 to 10') as unknown,
      size: expect.stringContaining('small, huge') as unknown,
    });
    expect(check({ prompt: 'a fox', steps: '28' })).toEqual({});
  });

  test('that only the plan finds stand beside the fields that they name, the others at the top', () => {
    const sentences = '“size” is not for foxes.\n“seed” of “size” is odd.\nNot today.';
    expect(check({ prompt: 'a fox' }, failing(new UserError(sentences)))).toEqual({
      size: '“size” is not for foxes. “seed” of “size” is odd.',
      prompt: 'Not today.',
    });
  });

  test('include what the model chosen last does not know', () => {
    const errors = findFormErrors(
      {
        command: draw,
        filled: { options: { prompt: 'a fox', flash: 'true' }, attachments: [] },
        shown: ['prompt', 'model', 'flash'],
      },
      () => undefined,
    );
    expect(errors).toEqual({ flash: expect.stringContaining('leave it empty') as unknown });
  });

  test('that are bugs are not shown to people', () => {
    const plan = failing(new TypeError('x is undefined'));
    expect(() => check({ prompt: 'a fox' }, plan)).toThrow(TypeError);
  });
});
