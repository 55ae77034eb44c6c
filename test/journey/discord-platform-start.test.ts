import { expect, test } from 'vitest';
import { defineCommand } from '../../src/command.ts';
import { commands, createTestClock, say, startRig } from './discord-platform-rig.ts';

test('commands are published once, and again only when they changed', async () => {
  const { server, platform, connectAnother } = await startRig();
  await platform.publishCommands(commands);
  const restarted = await connectAnother();
  await restarted.publishCommands(commands);
  expect(server.commandWrites).toBe(1);
  const published = server.publishedCommands as { name: string }[];
  expect(published.map(({ name }) => name)).toEqual([
    'imagine',
    'edit',
    'transcribe',
    'speak',
    'cancel',
    'help',
    'Edit picture',
    'Picture details',
    'Transcribe',
    'Use as prompt',
    'Read aloud',
  ]);
  const sing = defineCommand({
    name: 'sing',
    description: 'Sing a song',
    published: true,
    options: {},
    run: () => ({ kind: 'answer', message: say('La') }),
  });
  await restarted.publishCommands([...commands, sing]);
  expect(server.commandWrites).toBe(2);
  expect(server.violations).toEqual([]);
});

test('of two commands with one name the first is published, and no more than Discord takes', async () => {
  const { server, platform } = await startRig({ isIdle: true });
  const many = Array.from({ length: 120 }, (_, at) =>
    defineCommand({
      name: `sing-${at % 110}`,
      description: `Song ${at}`,
      published: true,
      options: {},
      run: () => ({ kind: 'answer', message: say('La') }),
    }),
  );
  await platform.publishCommands(many);
  const published = server.publishedCommands as { description: string }[];
  expect(published.map(({ description }) => description)).toEqual(
    many.slice(0, 100).map(({ description }) => description),
  );
  expect(server.violations).toEqual([]);
});

test('beyond what Discord takes in menus, entries are left out, and the operator is told', async () => {
  const { server, platform, logged } = await startRig({ isIdle: true });
  const many = Array.from({ length: 17 }, (_, at) =>
    defineCommand({
      name: `hum-${at}`,
      description: 'Hums',
      published: false,
      menu: `Hum ${at}`,
      options: {},
      run: () => ({ kind: 'answer', message: say('Mm') }),
    }),
  );
  await platform.publishCommands(many);
  expect(server.publishedCommands).toMatchObject(
    many.slice(0, 15).map(({ menu }) => ({ type: 3, name: menu })),
  );
  expect(logged.find((text) => text.includes('left out'))).toContain('["Hum 15","Hum 16"]');
  expect(server.violations).toEqual([]);
});

test('commands can be published before the gateway is open', async () => {
  const { server, platform } = await startRig({ isIdle: true });
  await platform.publishCommands(commands);
  expect(server.commandWrites).toBe(1);
  expect(platform.isConnected()).toBe(false);
});

test('a refused token ends the start with what to do about it', async () => {
  const environment = { DISCORD_TOKEN: `${'A'.repeat(24)}.AAAAAA.${'A'.repeat(38)}` };
  const { platform } = await startRig({ isIdle: true, environment });
  await expect(platform.start(async () => {})).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('DISCORD_TOKEN') as string,
  });
  expect(platform.isConnected()).toBe(false);
});

test('an intent that the developer portal does not grant ends the start likewise', async () => {
  const environment = { DISCORD_MESSAGE_CONTENT: 'on' };
  const { platform } = await startRig({ isIdle: true, environment });
  await expect(platform.start(async () => {})).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('DISCORD_MESSAGE_CONTENT=off') as string,
  });
});

test('a granted intent is used', async () => {
  const environment = { DISCORD_MESSAGE_CONTENT: 'on' };
  const { platform } = await startRig({ environment, grantsMessageContent: true });
  expect(platform.isConnected()).toBe(true);
});

test('a Discord that is not there ends the start with an error that may pass', async () => {
  const { platform, server } = await startRig({ isIdle: true });
  await server.close();
  await expect(platform.start(async () => {})).rejects.toMatchObject({
    name: 'UpstreamError',
    retryable: true,
  });
});

test.each(['close', 'reconnect-op7', 'invalid-session'] as const)(
  'after a gateway drop (%s) commands arrive again',
  async (how) => {
    const { server, platform, invocations } = await startRig();
    expect(platform.isConnected()).toBe(true);
    await server.dropGateway(how);
    await server.waitFor(() => !platform.isConnected());
    await server.waitFor(() => platform.isConnected(), 15_000);
    await server.runCommand({ name: 'help' });
    await server.waitFor(() => invocations.length === 1);
    expect(server.violations).toEqual([]);
  },
);

test('a gateway that falls silent is noticed and left for a new connection', async () => {
  const { server, platform, invocations } = await startRig({ heartbeatIntervalMs: 200 });
  await server.dropGateway('silent');
  await server.waitFor(() => !platform.isConnected());
  await server.waitFor(() => platform.isConnected(), 15_000);
  await server.runCommand({ name: 'help' });
  await server.waitFor(() => invocations.length === 1);
  expect(server.gateway.connected).toBe(true);
});

test('stopping lets a command under way end and takes no further ones', async () => {
  const clock = createTestClock();
  const rig = await startRig({ clock });
  let ended = false;
  rig.act(async (invocation) => {
    const status = await invocation.acknowledge(say('Waiting'));
    await status.update(say('Done'));
    ended = true;
  });
  await rig.server.runCommand({ name: 'help' });
  await rig.server.waitFor(() => rig.invocations.length === 1);
  await rig.platform.stop();
  expect(ended).toBe(true);
  expect(rig.platform.isConnected()).toBe(false);
  await rig.server.runCommand({ name: 'help' });
  expect(rig.invocations).toHaveLength(1);
});

test('after stopping, what is under way elsewhere can still be said', async () => {
  const rig = await startRig();
  const place = { platform: 'discord', tenant: rig.server.guildId, channel: rig.server.channelId };
  const status = await rig.platform.post(place, say('Drawing'), 'job-1');
  await rig.platform.stop();
  await status.update(say('Done'));
  expect(rig.server.messages(rig.server.channelId)).toMatchObject([{ content: 'Done' }]);
});
