import type { ModalView } from '@slack/web-api';
import { expect, test } from 'vitest';
import { defineCommand } from '../../src/command.ts';
import { UserError } from '../../src/errors.ts';
import { loadCommands } from '../../src/load-folder.ts';
import { findFormErrors, readForm, toForm } from '../../src/platforms/slack/form.ts';
import { modal } from '../support/slack/block-limits.ts';

const commands = await loadCommands({
  models: [{ name: 'qwen-image', description: 'x'.repeat(120) }],
});
const metadata = { channel: 'C1', isDirect: false };

function fieldOf(form: ModalView, name: string): unknown {
  return form.blocks.find((block) => block.block_id === name);
}

test.each(commands.filter(({ options }) => Object.keys(options).length > 0))(
  'the form of /$name is one that Slack takes',
  (command) => {
    expect(() => modal.parse(toForm(command, metadata))).not.toThrow();
  },
);

test('every option of /imagine has its field, and all pictures share one', () => {
  const imagine = commands.find(({ name }) => name === 'imagine');
  if (!imagine) throw new Error('no /imagine');
  const form = toForm(imagine, metadata);
  expect(form.blocks.map(({ block_id: id }) => id)).toEqual(
    Object.keys(imagine.options).filter((name) => name !== 'image2' && name !== 'image3'),
  );
  expect(fieldOf(form, 'prompt')).toMatchObject({
    optional: false,
    element: { type: 'plain_text_input', multiline: true, max_length: 3000 },
  });
  expect(fieldOf(form, 'image')).toMatchObject({
    label: { text: 'Pictures' },
    element: { type: 'file_input', max_files: 3 },
  });
  expect(fieldOf(form, 'count')).toMatchObject({
    optional: true,
    element: {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: '1',
      max_value: '4',
    },
  });
  expect(fieldOf(form, 'guidance')).toMatchObject({ element: { is_decimal_allowed: true } });
  expect(fieldOf(form, 'turbo')).toMatchObject({
    element: { options: [{ value: 'true' }, { value: 'false' }] },
  });
});

test('what is left empty is absent, so that the model decides', () => {
  expect(
    readForm({
      prompt: { prompt: { type: 'plain_text_input', value: ' a fox ' } },
      size: { size: { type: 'plain_text_input', value: null } },
      turbo: { turbo: { type: 'static_select', selected_option: null } },
      format: { format: { type: 'static_select', selected_option: { value: 'png' } } },
      image: { image: { type: 'file_input', files: [{ id: 'F1' }] } },
    }),
  ).toEqual({ options: { prompt: 'a fox', format: 'png' }, files: [{ id: 'F1' }] });
});

test('mistakes stand beside their fields, and those of the whole at the top', () => {
  const command = defineCommand({
    name: 'draw',
    description: 'x',
    published: true,
    options: {
      prompt: { kind: 'text', description: 'x', required: true, maxLength: 5 },
      seed: { kind: 'integer', description: 'x', min: 0, max: 9 },
    },
    run: () => {
      throw new UserError('Not today.');
    },
  });
  const check = (options: Record<string, string>) => {
    const filled = { options, files: [] };
    return findFormErrors(command, filled, () =>
      command.plan(options, { commands: [], attachments: [] }),
    );
  };
  expect(check({ seed: '10' })).toEqual({
    prompt: expect.stringContaining('prompt') as unknown,
    seed: expect.stringContaining('from 0 to 9') as unknown,
  });
  expect(check({ prompt: 'a fox', seed: '9' })).toEqual({ prompt: 'Not today.' });
});
