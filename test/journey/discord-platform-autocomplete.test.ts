import { expect, test } from 'vitest';
import { defineCommand, type Command } from '../../src/command.ts';
import { message } from '../../src/message.ts';
import type { Suggest } from '../../src/option.ts';
import type { TestInteraction } from '../support/discord/discord-server.ts';
import { createTestClock, say, startRig, type Rig } from './discord-platform-rig.ts';

async function suggested(rig: Rig, typing: TestInteraction) {
  const { choices } = await rig.server.waitFor(() => typing.response);
  return choices;
}

function commandWith(suggest: Suggest): Command {
  return defineCommand({
    name: 'imagine',
    description: 'Draws',
    published: true,
    options: {
      model: { kind: 'suggested', description: 'Which', maxLength: 100, suggest },
      ['very_'.repeat(8)]: { kind: 'text', description: 'A long name', maxLength: 100 },
      format: {
        kind: 'choice',
        description: 'More than Discord lists',
        choices: Array.from({ length: 40 }, (_, at) => ({ value: `f${at}`, label: `No. ${at}` })),
      },
    },
    run: () => ({ kind: 'answer', message: message() }),
  });
}

test.each(['channelId', 'threadId', 'dmChannelId', 'foreignChannelId', 'groupChannelId'] as const)(
  'typing in %s is helped, with what else is filled in, and begins nothing',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    const typing = await server.typeInto({
      name: 'imagine',
      option: 'model',
      begun: 'flu',
      options: { prompt: 'a fox', count: 2, turbo: true },
      attachments: [
        {
          optionName: 'image',
          fileName: 'a.png',
          contentType: 'image/png',
          bytes: Buffer.from('a'),
        },
      ],
      channelId: server[place],
    });
    expect(await suggested(rig, typing)).toEqual([
      { name: 'First for {"prompt":"a fox","count":2,"turbo":true}', value: 'flu-1' },
      { name: 'Second', value: 'flu-2' },
    ]);
    expect(typing.acknowledgedAfterMs).toBeLessThan(3000);
    expect(typing.errors).toEqual([]);
    expect(rig.invocations).toEqual([]);
    expect(server.messages(server[place])).toEqual([]);
    expect(server.violations).toEqual([]);
  },
);

test('an option where nothing is typed yet shows its best values', async () => {
  const rig = await startRig();
  const typing = await rig.server.typeInto({ name: 'imagine', option: 'model', begun: '' });
  expect(await suggested(rig, typing)).toMatchObject([{ value: '-1' }, { value: '-2' }]);
});

const suggestVeryMany: Suggest = () => [
  { value: 'x'.repeat(101), label: 'cannot be sent' },
  ...Array.from({ length: 1200 }, (_, at) => ({ value: `v${at}`, label: 'l'.repeat(300) })),
];

test('of very many suggestions those are shown that Discord takes', async () => {
  const rig = await startRig({ commands: [commandWith(suggestVeryMany)] });
  const typing = await rig.server.typeInto({ name: 'imagine', option: 'model', begun: '' });
  const choices = await suggested(rig, typing);
  expect(choices).toHaveLength(25);
  expect(choices?.map(({ value }) => value)).toEqual(
    Array.from({ length: 25 }, (_, at) => `v${at}`),
  );
  expect(rig.server.violations).toEqual([]);
});

test('choices that are too many for a list are found by typing', async () => {
  const rig = await startRig({ commands: [commandWith(() => [])] });
  const typing = await rig.server.typeInto({ name: 'imagine', option: 'format', begun: '39' });
  expect(await suggested(rig, typing)).toEqual([{ name: 'No. 39', value: 'f39' }]);
});

test('options that Discord knows by another name keep their own', async () => {
  const own = 'very_'.repeat(8);
  const rig = await startRig({
    commands: [commandWith((_, filledIn) => [{ value: 'a', label: JSON.stringify(filledIn) }])],
  });
  const options = { [own.slice(0, 32)]: 'words' };
  const typing = await rig.server.typeInto({
    name: 'imagine',
    option: 'model',
    begun: '',
    options,
  });
  expect(await suggested(rig, typing)).toEqual([{ name: `{"${own}":"words"}`, value: 'a' }]);
  await rig.server.runCommand({ name: 'imagine', options });
  const invocation = await rig.server.waitFor(() => rig.invocations[0]);
  expect(invocation.options).toEqual({ [own]: 'words' });
});

test('suggestions that fail are logged, and the person can type on', async () => {
  const rig = await startRig({
    commands: [
      commandWith(() => {
        throw new Error('the catalogue is gone');
      }),
    ],
  });
  const typing = await rig.server.typeInto({ name: 'imagine', option: 'model', begun: 'a' });
  expect(await suggested(rig, typing)).toEqual([]);
  expect(rig.logged.join()).toMatch(/"level":50[^\n]+suggestions failed/u);
});

test('what comes too late is nobody’s trouble', async () => {
  const clock = createTestClock();
  const rig = await startRig({
    now: () => clock.now().getTime(),
    commands: [
      commandWith(() => {
        clock.advance(3001);
        return [];
      }),
    ],
  });
  await rig.server.typeInto({ name: 'imagine', option: 'model', begun: 'a' });
  await rig.server.waitFor(() => rig.logged.some((text) => text.includes('came too late')));
  expect(rig.logged.join()).not.toContain('an event failed');
  rig.act((invocation) => invocation.answer(say('Hello')));
  const interaction = await rig.server.runCommand({ name: 'imagine' });
  await rig.server.waitFor(() => interaction.response);
});

test('an event that comes twice is answered once', async () => {
  const rig = await startRig();
  const typing = await rig.server.typeInto({ name: 'imagine', option: 'model', begun: 'a' });
  await suggested(rig, typing);
  rig.server.redeliver(typing);
  await rig.server.waitFor(() => rig.logged.some((text) => text.includes('came too late')));
  expect(rig.logged.join()).not.toContain('an event failed');
  expect(rig.server.violations).toEqual([]);
});

test('an option that nothing is known about, or a command of an older list, is answered by nothing', async () => {
  const rig = await startRig();
  const { server } = rig;
  for (const data of [
    {
      id: '1',
      name: 'paint',
      type: 1,
      options: [{ name: 'x', type: 3, value: '', focused: true }],
    },
    {
      id: '1',
      name: 'imagine',
      type: 1,
      options: [{ name: 'x', type: 3, value: '', focused: true }],
    },
    { id: '1', name: 'imagine', type: 1, options: [] },
  ]) {
    const typing = await server.sendInteraction({ type: 4, data });
    expect(await suggested(rig, typing)).toEqual([]);
  }
  expect(server.violations).toEqual([]);
});
