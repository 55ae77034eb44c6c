import { describe, expect, expectTypeOf, test } from 'vitest';
import { defineCommand, type CommandContext } from '../../src/command.ts';
import { UserError } from '../../src/errors.ts';
import { message } from '../../src/message.ts';

const context: CommandContext = { commands: [], attachments: [], job: undefined, more: {} };
const echo = defineCommand({
  name: 'echo',
  description: 'Says it again',
  published: true,
  options: {
    text: { kind: 'text', description: 'What', maxLength: 10, required: true },
    times: { kind: 'integer', description: 'How often', min: 1, max: 3 },
    tone: {
      kind: 'choice',
      description: 'How',
      choices: [
        { value: 'loud', label: 'Loud' },
        { value: 'soft', label: 'Soft' },
      ],
    },
  },
  run(values) {
    expectTypeOf(values.text).toEqualTypeOf<string>();
    expectTypeOf(values.times).toEqualTypeOf<number | undefined>();
    expectTypeOf(values.tone).toEqualTypeOf<'loud' | 'soft' | undefined>();
    return { kind: 'cancel', job: JSON.stringify(values) };
  },
});

test('a command keeps its description for the platforms to publish', () => {
  expect(echo).toMatchObject({ name: 'echo', description: 'Says it again', published: true });
  expect(Object.keys(echo.options)).toStrictEqual(['text', 'times', 'tone']);
});

test('raw values reach the command checked and converted', () => {
  expect(echo.plan({ text: ' hi ', times: '2', tone: 'soft' }, context)).toStrictEqual({
    kind: 'cancel',
    job: '{"text":"hi","times":2,"tone":"soft"}',
  });
});

test.each([{}, { text: 'hi', times: 4 }, { text: 'hi', tone: 'shrill' }, { text: 'x', more: 1 }])(
  'a command never runs on %j',
  (raw) => {
    expect(() => echo.plan(raw, context)).toThrow(UserError);
  },
);

describe('a command that takes more', () => {
  const open = defineCommand({
    name: 'open',
    description: 'Takes anything',
    published: true,
    options: { text: { kind: 'text', description: 'What', maxLength: 10 } },
    form: ({ text }) => (text === 'x' ? { extra: { kind: 'flag', description: 'More' } } : {}),
    run: (_values, { more }) => ({ kind: 'cancel', job: JSON.stringify(more) }),
  });

  test('is handed what it has no option for', () => {
    const raw = { text: 'hi', steps: 30, turbo: true, style: 'ink', list: ['x'] };
    expect(() => open.plan(raw, context)).toThrow('There is no option “list”.');
    expect(open.plan({ text: 'hi', steps: 30, style: 'ink' }, context)).toStrictEqual({
      kind: 'cancel',
      job: '{"steps":30,"style":"ink"}',
    });
  });

  test('has a form that depends on what is filled in', () => {
    expect(Object.keys(open.form({ text: 'x' }))).toStrictEqual(['extra']);
    expect(open.form({})).toStrictEqual({});
    expect(echo.form({})).toBe(echo.options);
    expect([open.takesMore, echo.takesMore]).toStrictEqual([true, false]);
  });
});

test('the context reaches the command as it is', () => {
  const help = defineCommand({
    name: 'help',
    description: 'Lists the commands',
    published: true,
    options: {},
    run: (_values, { commands }) => ({
      kind: 'answer',
      message: message({ kind: 'line', parts: commands.map((command) => command.name) }),
    }),
  });
  expect(help.plan({}, { ...context, commands: [echo] })).toStrictEqual({
    kind: 'answer',
    message: { blocks: [{ kind: 'line', parts: ['echo'] }], buttons: [] },
  });
});
