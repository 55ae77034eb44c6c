import { expect, test } from 'vitest';
import type { StatusMessage } from '../../src/platforms/platform.ts';
import { createTestClock, say, startRig, withButton, type Rig } from './discord-platform-rig.ts';

/** A message with a button of that command. */
async function openWithButton(rig: Rig, command: string): Promise<StatusMessage> {
  let status: StatusMessage | undefined;
  rig.act(async (invocation) => {
    status = await invocation.acknowledge(withButton('Waiting', command));
  });
  await rig.server.runCommand({ name: 'imagine', options: { prompt: 'a fox' } });
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

test('an acknowledged press goes on with the message that the button is on', async () => {
  const clock = createTestClock();
  const rig = await startRig({ clock, now: () => clock.now().getTime() });
  const { server } = rig;
  const status = await openWithButton(rig, 'retry');
  clock.advance(60 * 60_000);
  let reopened: StatusMessage | undefined;
  rig.act(async (invocation) => {
    reopened = await invocation.acknowledge(say('Sending it again'));
  });
  await server.pressButton({ messageId: status.ref.id, label: 'Cancel' });
  const { ref } = await server.waitFor(() => reopened);
  expect(ref.id).toBe(status.ref.id);
  const shown = server.messages(server.channelId);
  expect(shown).toMatchObject([{ content: 'Sending it again', components: [] }]);
  expect(shown[0]?.versions.at(-1)?.by).toBe('interaction');
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
