/** Forms of buttons and menus: what each command asks for, and nothing else. */
import { expect, test } from 'vitest';
import { loadCommands } from '../../src/load-folder.ts';
import { loadModels } from '../../src/models/load-models.ts';
import { toForm, toNotice } from '../../src/platforms/slack/form.ts';
import { fromKept, readMetadata, toKept } from '../../src/platforms/slack/form-metadata.ts';
import { modal } from '../support/slack/block-limits.ts';

const commands = await loadCommands({ models: await loadModels() });
const asking = commands.filter(({ asks }) => asks !== undefined);
const place = { channel: 'C1', isDirect: false, isAsked: true, job: 'job-1.2' };

test('there are commands that ask for something', () => {
  expect(asking.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['edit', 'remix', 'alt', 'replay']),
  );
});

test.each(asking.map((command) => [command.name, command] as const))(
  '/%s: a form that Slack takes, empty and filled in',
  (_, command) => {
    const { asks } = command;
    const filledIn = {
      prompt: 'a fox',
      text: 'A fox in snow',
      model: 'qwen-image',
      number: 2,
      link: 'https://easel-test.slack.com/archives/C1/p1790000000000100',
    };
    for (const values of [{}, filledIn]) {
      const form = toForm(command, place, values);
      expect(modal.safeParse(form).error).toBeUndefined();
      expect(form.title.text).toBe(asks?.title);
      expect(form.blocks.map(({ block_id: id }) => id)).toEqual(asks?.options);
      expect(readMetadata(form.private_metadata ?? '')).toMatchObject(place);
    }
  },
);

test('what a form of a button begins with stands in its fields', () => {
  const edit = asking.find(({ name }) => name === 'edit');
  if (!edit) throw new Error('no /edit');
  const { blocks } = toForm(edit, place, { prompt: 'a fox', number: 2, model: 'qwen-image' });
  expect(blocks).toMatchObject([
    { block_id: 'prompt', element: { initial_value: 'a fox' } },
    { block_id: 'number', element: { initial_value: '2' } },
    { block_id: 'image', element: { type: 'file_input' } },
    { block_id: 'model', element: { initial_option: { value: 'qwen-image' } } },
  ]);
  // No other field depends on the model here, so that nothing is drawn anew.
  expect(JSON.stringify(blocks)).not.toContain('dispatch_action');
});

test('a notice is a form without anything to send', () => {
  const [command] = asking;
  if (!command) throw new Error('no command asks for anything');
  const notice = toNotice(command, place, 'x'.repeat(5000));
  expect(modal.safeParse(notice).error).toBeUndefined();
  expect(notice.submit).toBeUndefined();
});

test('what a form is about comes back as it was, but for what lies outside of Slack', () => {
  const file = { kind: 'file', file: { id: 'F0123456789' } } as const;
  const url = 'https://example.com/a/very/long/way.png?with=everything';
  const about = {
    kind: 'message',
    ts: '1790000000.000100',
    isOwn: false,
    recordings: [{ id: 'F0123456780' }],
    text: 'two cats',
    pictures: [file, { kind: 'outside', url, name: 'a cat' }],
  } as const;
  expect(fromKept(toKept(about))).toEqual({
    ...about,
    pictures: [file, { kind: 'outside', url: 'https://example.com', name: 'picture' }],
  });
  expect(fromKept(toKept({ ...about, text: 'a long story '.repeat(300) }))).toMatchObject({
    text: undefined,
  });
  expect(fromKept(toKept({ kind: 'thread', before: undefined }))).toEqual({
    kind: 'thread',
    before: undefined,
  });
  expect(fromKept(toKept({ kind: 'nothing' }))).toEqual({ kind: 'nothing' });
});

test('a form of an earlier Easel, which kept less, is still understood', () => {
  expect(readMetadata('{"channel":"C1","isDirect":false}')).toEqual({
    channel: 'C1',
    isDirect: false,
    chosen: {},
    isAsked: false,
    about: { kind: 'nothing' },
  });
});
