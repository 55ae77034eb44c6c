import { expect, test } from 'vitest';
import { deliveryOf, say, startRig, withButton } from './discord-platform-rig.ts';

const SAID = ['', 'Waiting in line', 'Drawing', 'Done'];
const SAID_WITH_FILES = ['', 'Waiting in line', 'Drawing', 'Here it is.', 'Done'];

const PLACES = [
  { where: 'a channel', channel: 'channelId', by: 'bot', said: SAID },
  { where: 'a thread', channel: 'threadId', by: 'bot', said: SAID },
  { where: 'a direct message', channel: 'dmChannelId', by: 'bot', said: SAID },
  {
    where: 'a server without the bot',
    channel: 'foreignChannelId',
    by: 'interaction',
    said: SAID_WITH_FILES,
  },
  { where: 'a group', channel: 'groupChannelId', by: 'interaction', said: SAID_WITH_FILES },
] as const;

test.each(PLACES)('a command in $where moves one message and delivers once', async (place) => {
  const rig = await startRig();
  const { server } = rig;
  const channelId = server[place.channel];
  rig.act(async (invocation) => {
    const status = await invocation.acknowledge(withButton('Waiting in line', 'cancel'));
    await status.update(say('Drawing'));
    const refs = await status.deliver(
      deliveryOf([await rig.makeFile('fox-ab12.png', 'A fox in snow')]),
    );
    expect(refs).toHaveLength(1);
    await status.update(say('Done'));
  });

  const interaction = await server.runCommand({
    name: 'imagine',
    options: { prompt: 'a fox' },
    channelId,
  });
  const done = await server.waitFor(() =>
    server.messages(channelId).find(({ content }) => content === 'Done'),
  );

  expect(done.versions.map(({ content }) => content)).toEqual(place.said);
  expect(done.components).toEqual([]);
  const carriers = server.messages(channelId).filter(({ attachments }) => attachments.length > 0);
  expect(carriers).toHaveLength(1);
  expect(carriers[0]).toMatchObject({
    by: place.by,
    attachments: [
      { filename: 'fox-ab12.png', description: 'A fox in snow', contentType: 'image/png' },
    ],
  });
  expect(carriers[0]?.attachments[0]?.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(interaction.acknowledgedAfterMs).toBeLessThan(3000);
  expect(interaction.errors).toEqual([]);
  expect(server.violations).toEqual([]);
  expect(server.tooManyRequests).toBe(0);
});

test('an invocation tells who wants what, where, with pictures in the order of the options', async () => {
  const { server, invocations } = await startRig();
  const picture = { contentType: 'image/png', bytes: Buffer.from('picture') };
  await server.runCommand({
    name: 'imagine',
    options: { prompt: '  a fox ', count: 2, turbo: true, guidance: 3.5 },
    attachments: [
      { ...picture, optionName: 'image2', fileName: 'second.png' },
      { ...picture, optionName: 'image', fileName: 'first.png' },
    ],
  });
  const invocation = await server.waitFor(() => invocations[0]);
  expect(invocation).toMatchObject({
    id: expect.stringMatching(/^discord:\d+$/u) as string,
    person: { id: server.person.id, name: 'Ada' },
    place: { platform: 'discord', tenant: server.guildId, channel: server.channelId },
    commandName: 'imagine',
    options: { prompt: '  a fox ', count: 2, turbo: true, guidance: 3.5 },
    attachments: [
      { platform: 'discord', fileName: 'first.png', claimedType: 'image/png', bytes: 7 },
      { fileName: 'second.png' },
    ],
  });
});

test('the tenant of a direct message is the person', async () => {
  const { server, invocations } = await startRig();
  await server.runCommand({ name: 'help', channelId: server.dmChannelId });
  const { place } = await server.waitFor(() => invocations[0]);
  expect(place).toEqual({
    platform: 'discord',
    tenant: `dm:${server.person.id}`,
    channel: server.dmChannelId,
  });
});

test('an answer is for the person alone', async () => {
  const rig = await startRig();
  rig.act((invocation) => invocation.answer(say('The commands are …')));
  const interaction = await rig.server.runCommand({ name: 'help' });
  const response = await rig.server.waitFor(() => interaction.response);
  expect(response.message).toMatchObject({ content: 'The commands are …', ephemeral: true });
  expect(rig.server.violations).toEqual([]);
});

test('the same event delivered twice has the same id', async () => {
  const { server, invocations } = await startRig();
  server.redeliver(await server.runCommand({ name: 'help' }));
  await server.waitFor(() => invocations.length === 2);
  expect(invocations[0]?.id).toBe(invocations[1]?.id);
});

test('acknowledging comes first and waits for nothing else', async () => {
  const rig = await startRig();
  const { server } = rig;
  rig.act(async (invocation) => void (await invocation.acknowledge(say('Waiting in line'))));
  const before = server.journal.length;
  const interaction = await server.runCommand({ name: 'imagine', options: { prompt: 'a fox' } });
  await server.waitFor(() => interaction.response?.message?.content === 'Waiting in line');
  expect(server.journal.slice(before)).toMatchObject([
    { method: 'POST', path: `/interactions/${interaction.id}/${interaction.token}/callback` },
    { method: 'PATCH', headers: { authorization: undefined } },
  ]);
});

test('a command that throws is logged, and the next one is still answered', async () => {
  const rig = await startRig();
  rig.act(async () => {
    throw new Error('a bug');
  });
  await rig.server.runCommand({ name: 'help' });
  await rig.server.waitFor(() => rig.logged.some((text) => text.includes('an event failed')));
  rig.act((invocation) => invocation.answer(say('Hello')));
  const interaction = await rig.server.runCommand({ name: 'help' });
  const response = await rig.server.waitFor(() => interaction.response);
  expect(response.message?.content).toBe('Hello');
});
