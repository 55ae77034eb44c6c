import { expect, test } from 'vitest';
import type { StatusMessage } from '../../src/platforms/platform.ts';
import {
  createTestClock,
  deliveryOf,
  say,
  startRig,
  withButton,
  type Rig,
} from './discord-platform-rig.ts';

/** A message with a button of that command. */
async function openWithButton(
  rig: Rig,
  command: string,
  job = 'job-1',
  channelId = rig.server.channelId,
): Promise<StatusMessage> {
  let status: StatusMessage | undefined;
  rig.act(async (invocation) => {
    status = await invocation.acknowledge(withButton('Waiting', command, job));
  });
  await rig.server.runCommand({ name: 'imagine', options: { prompt: 'a fox' }, channelId });
  return rig.server.waitFor(() => status);
}

test('pressing Cancel invokes the command and answers the person alone', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openWithButton(rig, 'cancel');
  rig.act((invocation) => invocation.answer(say('Stopping it.')));
  const press = await server.pressButton({ messageId: status.ref.id, label: 'Cancel' });
  const [followup] = await server.waitFor(() => press.followups.length > 0 && press.followups);
  expect(followup).toMatchObject({ content: 'Stopping it.', ephemeral: true });
  expect(rig.invocations.at(-1)).toMatchObject({
    id: `discord:${press.id}`,
    commandName: 'cancel',
    options: { job: 'job-1' },
    person: { id: server.person.id },
  });
  expect(press.acknowledgedAfterMs).toBeLessThan(3000);
  expect(press.errors).toEqual([]);
  expect(server.violations).toEqual([]);
});

test('a press that begins something answers the pressed message, which stays as it is', async () => {
  const clock = createTestClock();
  const rig = await startRig({ clock, now: () => clock.now().getTime() });
  const { server } = rig;
  const status = await openWithButton(rig, 'again', 'job-1.2');
  clock.advance(60 * 24 * 60 * 60_000);
  let opened: StatusMessage | undefined;
  rig.act(async (invocation) => {
    opened = await invocation.acknowledge(say('Sending it off'));
    await opened.update(say('Done'));
  });
  const press = await server.pressButton({ messageId: status.ref.id, label: 'Cancel' });
  const { ref } = await server.waitFor(() => opened);
  await server.waitFor(() => server.messages(server.channelId).at(-1)?.content === 'Done');
  expect(rig.invocations.at(-1)?.options).toEqual({ job: 'job-1.2' });
  expect(server.messages(server.channelId)).toMatchObject([
    { id: status.ref.id, content: 'Waiting', components: [{}] },
    { id: ref.id, repliesTo: status.ref.id, by: 'bot', pings: { users: [] } },
  ]);
  expect(press.acknowledgedAfterMs).toBeLessThan(3000);
  expect(server.violations).toEqual([]);
});

test.each(['foreignChannelId', 'groupChannelId'] as const)(
  'a press in %s, where the bot is not, opens a message of its own, too',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    const channelId = server[place];
    const status = await openWithButton(rig, 'again', 'job-1', channelId);
    const picture = await rig.makeFile('fox-ab12.png');
    rig.act(async (invocation) => {
      const opened = await invocation.acknowledge(say('Sending it off'));
      const posted = await opened.deliver({
        ...deliveryOf([picture]),
        caption: withButton('Here it is.', 'again'),
      });
      expect(posted).toMatchObject([{ ref: { id: opened.ref.id }, fileNames: ['fox-ab12.png'] }]);
      await opened.update(say('Done'));
    });
    await server.pressButton({ messageId: status.ref.id, label: 'Cancel' });
    const done = await server.waitFor(() =>
      server.messages(channelId).find(({ content }) => content === 'Done'),
    );
    expect(done.id).not.toBe(status.ref.id);
    expect(done).toMatchObject({ by: 'interaction', attachments: [{}], components: [{}] });
    expect(server.messages(channelId)).toHaveLength(2);
    expect(server.violations).toEqual([]);
  },
);

test('a press where the bot may not post opens a message through the interaction', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openWithButton(rig, 'again');
  server.fail({ method: 'POST', path: /\/messages$/u, status: 403, code: 50013 });
  rig.act(async (invocation) => {
    const opened = await invocation.acknowledge(say('Sending it off'));
    await opened.update(say('Done'));
  });
  await server.pressButton({ messageId: status.ref.id, label: 'Cancel' });
  const done = await server.waitFor(() =>
    server.messages(server.channelId).find(({ content }) => content === 'Done'),
  );
  expect(done).toMatchObject({ by: 'interaction' });
  expect(server.messages(server.channelId)).toHaveLength(2);
});

test('one press opens one message, whatever gets lost on the way', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openWithButton(rig, 'again');
  server.fail({ method: 'POST', path: /\/messages$/u, dropConnection: 'after' });
  rig.act(async (invocation) => {
    const opened = await invocation.acknowledge(say('Sending it off'));
    await opened.update(say('Done'));
  });
  await server.pressButton({ messageId: status.ref.id, label: 'Cancel' });
  await server.waitFor(() =>
    server.messages(server.channelId).find(({ content }) => content === 'Done'),
  );
  expect(server.messages(server.channelId)).toHaveLength(2);
});

test('20 presses at once by two people are 20 invocations, each answered in time', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openWithButton(rig, 'again');
  rig.act((invocation) => invocation.answer(say('Noted.')));
  const people = [server.person, server.user('guest')];
  const presses = await Promise.all(
    Array.from({ length: 20 }, (_, at) => {
      const user = people[at % 2];
      return server.pressButton({
        messageId: status.ref.id,
        label: 'Cancel',
        ...(user && { user }),
      });
    }),
  );
  await server.waitFor(() => presses.every(({ followups }) => followups.length === 1));
  const ids = rig.invocations.slice(1).map(({ id }) => id);
  expect(new Set(ids).size).toBe(20);
  expect(presses.flatMap(({ errors }) => errors)).toEqual([]);
  expect(server.tooManyRequests).toBe(0);
});

test('a button outlives the process that made it', async () => {
  const rig = await startRig();
  const { server } = rig;
  const { ref } = await openWithButton(rig, 'cancel');
  await rig.platform.stop();
  const restarted = await rig.connectAnother();
  const pressed: unknown[] = [];
  await restarted.start(async ({ options }) => void pressed.push(options));
  await server.pressButton({ messageId: ref.id, label: 'Cancel' });
  expect(await server.waitFor(() => pressed[0])).toEqual({ job: 'job-1' });
});

test.each([
  { name: 'that another process took', code: 40060, status: 400 },
  { name: 'that came too late', code: 10062, status: 404 },
])('a press $name does nothing', async ({ code, status: answer }) => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openWithButton(rig, 'retry');
  server.fail({ path: /callback/u, status: answer, code });
  await server.pressButton({ messageId: status.ref.id, label: 'Cancel' });
  await server.waitFor(() => rig.logged.some((text) => text.includes('press was not confirmed')));
  expect(rig.invocations).toHaveLength(1);
});

test('a press whose confirmation is lost still counts', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openWithButton(rig, 'cancel');
  server.fail({ path: /callback/u, dropConnection: 'after' });
  await server.pressButton({ messageId: status.ref.id, label: 'Cancel' });
  await server.waitFor(() => rig.invocations.length === 2);
  expect(rig.invocations[1]?.commandName).toBe('cancel');
});

test('a button that no Easel of today made says so', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openWithButton(rig, 'has:colon');
  const press = await server.pressButton({ messageId: status.ref.id, label: 'Cancel' });
  const response = await server.waitFor(() => press.response);
  expect(response.message).toMatchObject({ ephemeral: true });
  expect(response.message?.content).toContain('another version');
  expect(rig.invocations).toHaveLength(1);
});
