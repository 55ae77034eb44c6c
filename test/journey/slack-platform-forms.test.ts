import { describe, expect, test } from 'vitest';
import { acknowledging, startRig } from './slack-platform-rig.ts';

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  test('an empty command opens a form, and what is filled in becomes the wish', async () => {
    const rig = await startRig({ mode });
    const { server } = rig;
    const acknowledged = acknowledging(rig);
    await server.runCommand({ command: '/imagine', text: '  ' });
    const form = await server.waitFor(() => server.openViews[0]);
    const submitted = await server.submitView({
      viewId: form.id,
      values: {
        prompt: 'a fox in snow',
        aspect_ratio: '16:9',
        seed: '42',
        turbo: 'false',
        image: [{ name: 'fox.png', mimetype: 'image/png', bytes: new Uint8Array([1, 2, 3]) }],
      },
    });
    expect(submitted.errors).toEqual([]);
    const { ref } = await acknowledged;
    expect(ref.channel).toBe(server.channelId);
    expect(rig.invocations).toMatchObject([
      {
        commandName: 'imagine',
        options: { prompt: 'a fox in snow', aspect_ratio: '16:9', seed: '42', turbo: 'false' },
        attachments: [{ fileName: 'fox.png', claimedType: 'image/png', bytes: 3 }],
      },
    ]);
  });
});

test('what does not fit is shown in the form, which stays open', async () => {
  const rig = await startRig();
  const { server } = rig;
  await server.runCommand({ command: '/imagine', text: '' });
  const form = await server.waitFor(() => server.openViews[0]);
  const submitted = await server.submitView({
    viewId: form.id,
    values: { prompt: 'a fox', size: 'huge' },
  });
  expect(submitted.ackBody).toMatchObject({
    response_action: 'errors',
    errors: { prompt: expect.stringContaining('width x height') as unknown },
  });
  expect(rig.invocations).toEqual([]);
});

test('a form for a private channel without the bot ends in a direct message that says why', async () => {
  const rig = await startRig();
  const { server } = rig;
  const acknowledged = acknowledging(rig);
  await server.runCommand({
    command: '/imagine',
    text: '',
    channelId: server.privateChannelId,
  });
  const form = await server.waitFor(() => server.openViews[0]);
  await server.submitView({ viewId: form.id, values: { prompt: 'a fox' } });
  await expect(acknowledged).rejects.toMatchObject({ retryable: false });
  expect(server.messages(server.dmChannelId)).toMatchObject([
    { text: expect.stringContaining('/invite @') as unknown },
  ]);
});

test('a command without required options never opens a form', async () => {
  const rig = await startRig();
  await rig.server.runCommand({ command: '/help', text: '' });
  await rig.server.waitFor(() => rig.invocations[0]);
  expect(rig.invocations).toMatchObject([{ commandName: 'help', options: {} }]);
  expect(rig.server.openViews).toEqual([]);
});

test('a form that Slack does not open is made up for with words', async () => {
  const rig = await startRig();
  rig.server.fail({ method: 'views.open', error: 'expired_trigger_id' });
  await rig.server.runCommand({ command: '/imagine', text: '' });
  await rig.server.waitFor(() => rig.server.ephemerals(rig.server.channelId)[0]);
  expect(rig.server.ephemerals(rig.server.channelId)).toMatchObject([
    { text: expect.stringContaining('The form did not open') as unknown },
  ]);
});
