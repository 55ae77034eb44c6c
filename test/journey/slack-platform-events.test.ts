import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { systemClock } from '../../src/clock.ts';
import { acknowledging, connectTo, hastyClock, startRig } from './slack-platform-rig.ts';

test('no command is lost while Slack replaces both connections', async () => {
  const rig = await startRig();
  const { server } = rig;
  const ask = (text: string) => server.runCommand({ command: '/imagine', text });
  const answers = [await ask('before')];
  for (const how of ['refresh', 'close', 'warning', 'refresh'] as const) {
    await server.dropSocket(how);
    answers.push(...(await Promise.all([ask(how), ask(how), ask(how)])));
    await server.waitFor(() => server.socketConnections() === 2);
  }
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  expect(rig.invocations).toHaveLength(13);
  expect(rig.platform.isConnected()).toBe(true);
});

test('a connection that cannot be reopened at first is reopened later', async () => {
  const rig = await startRig({ clock: hastyClock });
  rig.server.fail({ method: 'apps.connections.open', status: 503, times: 3 });
  await rig.server.dropSocket('close');
  await rig.server.waitFor(() => rig.logged.join('').includes('trying again'));
  await rig.server.waitFor(() => rig.server.socketConnections() === 2);
  expect(rig.platform.isConnected()).toBe(true);
});

test('a token that stops working for good is said loudly, and health tells', async () => {
  const rig = await startRig({ clock: hastyClock });
  rig.server.fail({ method: 'apps.connections.open', error: 'invalid_auth', times: 10 });
  await rig.server.dropSocket('close');
  await rig.server.dropSocket('close');
  await rig.server.waitFor(() => !rig.platform.isConnected());
  await rig.server.waitFor(() => rig.logged.join('').includes('Slack refuses the connection'));
  expect(rig.logged.join('')).toContain('"level":"error"');
});

test.each([
  ['auth.test', 'invalid_auth', 'set a fresh one'],
  ['apps.connections.open', 'not_authed', 'set a fresh one'],
])('a start fails in words when %s answers %s', async (method, error, words) => {
  const rig = await startRig();
  rig.server.fail({ method, error, times: 4 });
  const start = async () => {
    const platform = await connectTo(rig.server, { clock: hastyClock });
    await platform.start(async () => {});
  };
  await expect(start()).rejects.toMatchObject({
    name: 'UpstreamError',
    message: expect.stringContaining(words) as unknown,
  });
});

test('an event is acknowledged when it has been dealt with, or before Slack sends it again', async () => {
  const rig = await startRig();
  const { server } = rig;
  rig.act(() => systemClock.sleep(300));
  await server.sendMessage({ channelId: server.dmChannelId, text: 'a fox' });
  const quick = await server.waitFor(() => server.events[0]?.attempts[0]);
  expect(quick.acknowledgedAfterMs).toBeGreaterThanOrEqual(290);

  rig.act(() => systemClock.sleep(2600));
  await server.sendMessage({ channelId: server.dmChannelId, text: 'a slow fox' });
  const slow = await server.waitFor(() => server.events[1]?.attempts[0]);
  expect(slow.acknowledgedAfterMs).toBeLessThan(2500);
});

test('a redelivered event is one wish here, and has the same id after a restart', async () => {
  const rig = await startRig();
  const { server } = rig;
  const acknowledged = acknowledging(rig);
  await server.sendMessage({ channelId: server.dmChannelId, text: 'a fox' });
  await acknowledged;
  const [event] = server.events;
  if (!event) throw new Error('no event was sent');
  await server.redeliver(event, 'timeout');
  expect(rig.invocations).toHaveLength(1);

  await rig.platform.stop();
  const ids: string[] = [];
  const another = await connectTo(server, {});
  await another.start(async ({ id }) => void ids.push(id));
  await server.redeliver(event, 'timeout');
  expect(ids).toEqual([rig.invocations[0]?.id]);
  await another.stop();
});

test('trouble inside the core is logged and the next wish is heard', async () => {
  const rig = await startRig();
  rig.act(async () => {
    throw new TypeError('a bug');
  });
  await rig.server.runCommand({ command: '/imagine', text: 'one' });
  await rig.server.waitFor(() => rig.logged.join('').includes('a bug'));
  rig.act(async () => {});
  await rig.server.runCommand({ command: '/imagine', text: 'two' });
  await rig.server.waitFor(() => rig.invocations[1]);
  expect(rig.invocations.map(({ options }) => options)).toEqual([
    { prompt: 'one' },
    { prompt: 'two' },
  ]);
});

test.each([
  ['a file', {}, /\/files-pri\//u],
  ['a stub from a shared channel', { stub: true as const }, /\/files-pri\//u],
])('%s is located with its key and its hosts', async (_, extra, address) => {
  const rig = await startRig();
  const { server } = rig;
  const bytes = new Uint8Array([1, 2, 3]);
  await server.sendMessage({
    text: 'imagine snow',
    mentionsBot: true,
    files: [{ name: 'fox.png', mimetype: 'image/png', bytes, ...extra }],
  });
  const { attachments } = await server.waitFor(() => rig.invocations[0]);
  const [attachment] = attachments;
  if (!attachment) throw new Error('no attachment came');
  expect(await rig.platform.locateAttachment(attachment)).toEqual({
    kind: 'remote',
    url: expect.stringMatching(address) as unknown,
    headers: { authorization: `Bearer ${server.botToken}` },
    hosts: [server.fileHost],
  });
});

test('a file that lies elsewhere is never fetched, and the person is told what to do', async () => {
  const rig = await startRig();
  const { server } = rig;
  await server.sendMessage({
    channelId: server.dmChannelId,
    text: 'make it snow',
    files: [
      {
        name: 'drive.png',
        mimetype: 'image/png',
        bytes: new Uint8Array(),
        externalUrl: 'https://drive.example/fox',
      },
    ],
  });
  const { attachments } = await server.waitFor(() => rig.invocations[0]);
  const [attachment] = attachments;
  if (!attachment) throw new Error('no attachment came');
  expect(attachment.url).toBe('');
  await expect(rig.platform.locateAttachment(attachment)).rejects.toThrow(UserError);
});
