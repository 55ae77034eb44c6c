/** Forms on Discord that a button opens: what they hold, and what comes of sending them. */
import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import type { StatusMessage } from '../../src/platforms/platform.ts';
import type { TestInteraction } from '../support/discord/types.ts';
import { say, startRig, withButton, type Rig } from './discord-platform-rig.ts';

const JOB = 'b8fd5a40-7d6c-4a3f-9c2e-1f6f5a1f0c11.2';
const PICTURE = { fileName: 'hat.png', contentType: 'image/png', bytes: Buffer.from('hat') };

/** A message with a button that asks for something first. */
async function openWithEdit(rig: Rig, channelId = rig.server.channelId): Promise<string> {
  let status: StatusMessage | undefined;
  rig.act(async (invocation) => {
    status = await invocation.acknowledge(withButton('Here it is.', 'edit', JOB));
  });
  await rig.server.runCommand({ name: 'imagine', options: { prompt: 'a fox' }, channelId });
  const { ref } = await rig.server.waitFor(() => status);
  rig.act((invocation) => invocation.answer(say('Noted.')));
  return ref.id;
}

async function press(rig: Rig, messageId: string): Promise<TestInteraction> {
  const pressed = await rig.server.pressButton({ messageId, label: 'Cancel' });
  await rig.server.waitFor(() => pressed.response);
  return pressed;
}

test('a press opens the form as its first answer, with what it holds at first', async () => {
  const asked: unknown[] = [];
  const rig = await startRig({
    startForm: (form) => {
      asked.push(form);
      return { prompt: 'a fox', model: 'kontext', number: 2 };
    },
  });
  const pressed = await press(rig, await openWithEdit(rig));
  const { server } = rig;
  expect(asked).toEqual([
    {
      commandName: 'edit',
      job: JOB,
      person: { id: server.person.id, name: 'Ada' },
      place: { platform: 'discord', tenant: server.guildId, channel: server.channelId },
    },
  ]);
  const fields = pressed.response?.modal?.components.map(({ component }) => component) ?? [];
  expect(pressed.response?.modal?.title).toBe('Edit picture');
  expect(fields.map(({ custom_id: id }) => id)).toEqual(['prompt', 'model', 'image', 'number']);
  expect(fields[0]?.value).toBe('a fox');
  const chosen = fields.flatMap(({ options }) => options?.filter((one) => one.default) ?? []);
  expect(chosen.map(({ value }) => value)).toEqual(['kontext', '2']);
  expect(pressed.errors).toEqual([]);
  expect(server.violations).toEqual([]);
});

test('a form that is sent is an invocation with the answers and what the button is about', async () => {
  const rig = await startRig();
  const { server } = rig;
  const messageId = await openWithEdit(rig);
  rig.act(async (invocation) => void (await invocation.acknowledge(say('Sending it off'))));
  const sent = await server.sendModal(await press(rig, messageId), {
    values: { prompt: 'at night --number 3', image: [PICTURE] },
  });
  const status = await server.waitFor(() =>
    server.messages(server.channelId).find(({ content }) => content === 'Sending it off'),
  );
  expect(status).toMatchObject({ by: 'bot', repliesTo: messageId });
  const invocation = rig.invocations.at(-1);
  expect(invocation).toMatchObject({
    id: `discord:${sent.id}`,
    commandName: 'edit',
    attachments: [{ fileName: 'hat.png', option: 'image', bytes: 3 }],
  });
  expect(invocation?.options).toEqual({ prompt: 'at night', number: '3', job: JOB });
  expect(await invocation?.readAnswered()).toBeUndefined();
  expect(sent.acknowledgedAfterMs).toBeLessThan(3000);
  expect(sent.errors).toEqual([]);
  expect(server.violations).toEqual([]);
});

test.each(['foreignChannelId', 'groupChannelId'] as const)(
  'in %s a form is answered through the interaction',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    const messageId = await openWithEdit(rig, server[place]);
    rig.act(async (invocation) => {
      const status = await invocation.acknowledge(say('Sending it off'));
      await status.update(say('Done'));
    });
    const values = { prompt: 'at night' };
    await server.sendModal(await press(rig, messageId), { values });
    const done = await server.waitFor(() =>
      server.messages(server[place]).find(({ content }) => content === 'Done'),
    );
    expect(done.by).toBe('interaction');
    expect(server.messages(server[place])).toHaveLength(2);
    expect(server.violations).toEqual([]);
  },
);

test('who may not do that here is told so instead of being asked', async () => {
  const rig = await startRig({
    startForm: () => {
      throw new UserError('There is no such result here.');
    },
  });
  const pressed = await press(rig, await openWithEdit(rig));
  expect(pressed.response?.message).toMatchObject({
    ephemeral: true,
    content: 'There is no such result here.',
  });
});

test('a form that fails inside Easel is logged, and the person hears a plain sentence', async () => {
  const rig = await startRig({
    startForm: () => {
      throw new TypeError('secret detail');
    },
  });
  const pressed = await press(rig, await openWithEdit(rig));
  expect(pressed.response?.message?.ephemeral).toBe(true);
  expect(pressed.response?.message?.content).not.toContain('secret');
  expect(rig.logged.some((text) => text.includes('a form could not be begun'))).toBe(true);
});

test('a form that is opened too late is no error', async () => {
  const rig = await startRig();
  const { server } = rig;
  const messageId = await openWithEdit(rig);
  server.fail({ path: /callback/u, status: 404, code: 10062 });
  await server.pressButton({ messageId, label: 'Cancel' });
  await server.waitFor(() => rig.logged.some((text) => text.includes('opened too late')));
  expect(rig.logged.some((text) => text.includes('an event failed'))).toBe(false);
});

test('two forms of one press, or a form sent twice, are two wishes', async () => {
  const rig = await startRig();
  const { server } = rig;
  const opening = await press(rig, await openWithEdit(rig));
  const values = { prompt: 'at night' };
  await server.sendModal(opening, { values });
  await server.sendModal(opening, { values });
  await server.waitFor(() => rig.invocations.length === 3);
  expect(new Set(rig.invocations.map(({ id }) => id)).size).toBe(3);
});

test.each(['v1:unheard:of', 'menu1:edit:12345', 'nonsense'])(
  'a form called %s, which no Easel of today opened, is refused',
  async (customId) => {
    const rig = await startRig();
    const data = { custom_id: customId, components: [] };
    const sent = await rig.server.sendInteraction({ type: 5, data });
    const response = await rig.server.waitFor(() => sent.response);
    expect(response.message?.ephemeral).toBe(true);
    expect(response.message?.content).toContain('open it again');
    expect(rig.invocations).toEqual([]);
  },
);
