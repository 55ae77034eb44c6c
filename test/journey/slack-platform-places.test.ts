import { describe, expect, test } from 'vitest';
import { acknowledging, deliveryOf, hastyClock, startRig } from './slack-platform-rig.ts';

const picture = { name: 'fox.png', mimetype: 'image/png', bytes: new Uint8Array([1, 2, 3]) };

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  test('a command in a channel becomes one card there, edited in place, with its picture in its thread', async () => {
    const rig = await startRig({ mode, clock: hastyClock });
    const { server } = rig;
    const acknowledged = acknowledging(rig);
    const seen = await server.runCommand({
      command: '/imagine',
      text: 'a fox & a <hen> --ar 16:9 —model qwen-image',
    });
    expect(seen.errors).toEqual([]);
    expect(seen.acknowledgedAfterMs).toBeLessThan(1000);

    const status = await acknowledged;
    expect(rig.invocations).toEqual([
      expect.objectContaining({
        commandName: 'imagine',
        options: { prompt: 'a fox & a <hen>', aspect_ratio: '16:9', model: 'qwen-image' },
        person: { id: server.userId, name: expect.stringMatching(/./u) as unknown },
        place: { platform: 'slack', tenant: `:${server.teamId}`, channel: server.channelId },
        attachments: [],
      }),
    ]);
    await status.update({ blocks: [{ kind: 'quote', text: 'a fox' }], buttons: [] });
    const file = await rig.makeFile('fox-1.png', 'A fox in snow');
    const refs = await status.deliver(deliveryOf([file]));

    const [root, result, ...others] = server.messages(server.channelId);
    expect(others).toEqual([]);
    expect(root).toMatchObject({ ts: status.ref.id, text: 'a fox', threadTs: undefined });
    expect(root?.edits).toHaveLength(1);
    expect(root?.buttons).toEqual([]);
    expect(result).toMatchObject({ threadTs: root?.ts, text: 'For alice · nano-banana-pro' });
    expect(result?.files).toHaveLength(1);
    expect(result?.files[0]).toMatchObject({ name: 'fox-1.png', altText: 'A fox in snow' });
    expect(Buffer.from(result?.files[0]?.bytes ?? [])).toEqual(file.content);
    expect(refs).toEqual([
      {
        ref: expect.objectContaining({ channel: server.channelId, id: result?.ts }) as unknown,
        fileNames: ['fox-1.png'],
      },
    ]);
  });

  test('a mention in a thread stays in that thread and brings its picture along, once', async () => {
    const rig = await startRig({ mode, clock: hastyClock });
    const { server } = rig;
    const root = await server.sendMessage({ text: 'look at this' });
    const acknowledged = acknowledging(rig);
    await server.sendMessage({
      text: 'imagine make it snow --seed 7',
      mentionsBot: true,
      threadTs: root,
      files: [picture],
    });
    const status = await acknowledged;
    await status.deliver(deliveryOf([await rig.makeFile('fox-1.png')]));
    await server.waitFor(() => server.events.every(({ attempts }) => attempts.length > 0));

    expect(rig.invocations).toHaveLength(1);
    expect(rig.invocations[0]).toMatchObject({
      options: { prompt: 'make it snow', seed: '7' },
      place: { channel: server.channelId, thread: root },
      attachments: [{ platform: 'slack', fileName: 'fox.png', claimedType: 'image/png', bytes: 3 }],
    });
    const ours = server.messages(server.channelId).filter(({ fromBot }) => fromBot);
    expect(ours.map(({ threadTs }) => threadTs)).toEqual([root, root]);
  });

  test('plain words in a direct message are a wish, answered there', async () => {
    const rig = await startRig({ mode });
    const { server } = rig;
    const acknowledged = acknowledging(rig);
    await server.sendMessage({ channelId: server.dmChannelId, text: 'a lighthouse in fog' });
    const status = await acknowledged;
    expect(rig.invocations[0]).toMatchObject({
      commandName: 'imagine',
      options: { prompt: 'a lighthouse in fog' },
      place: { channel: server.dmChannelId },
    });
    expect(status.ref.channel).toBe(server.dmChannelId);
  });

  test('a press on a button is a command about its job', async () => {
    const rig = await startRig({ mode });
    const { server } = rig;
    const acknowledged = acknowledging(rig, 'job-77');
    await server.runCommand({ command: '/imagine', text: 'a fox' });
    const { ref } = await acknowledged;
    rig.act((invocation) => invocation.answer({ blocks: [], buttons: [] }));
    const press = await server.pressButton({
      channelId: ref.channel,
      ts: ref.id,
      actionId: 'v1:cancel',
      user: server.otherUserId,
    });
    expect(press.errors).toEqual([]);
    await server.waitFor(() => server.ephemerals(server.channelId).length > 0);
    expect(rig.invocations[1]).toMatchObject({
      commandName: 'cancel',
      options: { job: 'job-77' },
      person: { id: server.otherUserId },
    });
    expect(server.ephemerals(server.channelId)).toMatchObject([{ userId: server.otherUserId }]);
  });
});

test('a command in a public channel without the bot makes it join', async () => {
  const rig = await startRig();
  const acknowledged = acknowledging(rig);
  await rig.server.runCommand({
    command: '/imagine',
    text: 'a fox',
    channelId: rig.server.publicChannelId,
  });
  const { ref } = await acknowledged;
  expect(ref.channel).toBe(rig.server.publicChannelId);
});

test('a command in a private channel without the bot is refused in words, before anything is paid', async () => {
  const rig = await startRig();
  const { server } = rig;
  const acknowledged = acknowledging(rig);
  await server.runCommand({
    command: '/imagine',
    text: 'a fox',
    channelId: server.privateChannelId,
  });
  await expect(acknowledged).rejects.toMatchObject({ name: 'UpstreamError', retryable: false });
  expect(server.ephemerals(server.privateChannelId)).toMatchObject([
    {
      userId: server.userId,
      text: expect.stringContaining('`/invite @') as unknown,
      by: 'response_url',
    },
  ]);
  expect(server.messages(server.privateChannelId)).toEqual([]);
  await expect(
    rig.platform.post(
      { platform: 'slack', tenant: ':T', channel: server.privateChannelId },
      { blocks: [], buttons: [] },
      'job-1',
    ),
  ).rejects.toMatchObject({ name: 'UpstreamError', retryable: false });
});

test('messages that nobody addressed to Easel are left alone', async () => {
  const rig = await startRig();
  const { server } = rig;
  await server.sendMessage({ text: 'nothing for the bot' });
  await server.sendMessage({ text: `hello <@${server.otherUserId}>` });
  server.sendEvent({
    type: 'message',
    subtype: 'bot_message',
    bot_id: 'B0OTHER',
    channel: server.dmChannelId,
    channel_type: 'im',
    ts: '1700000000.000100',
    text: 'imagine a loop of bots',
  });
  server.sendEvent({ type: 'message', channel: 7, nonsense: true });
  await server.waitFor(() => server.events.every(({ attempts }) => attempts.length > 0));
  expect(rig.invocations).toEqual([]);
  expect(server.events.map(({ attempts }) => attempts.length)).toEqual([1, 1, 1, 1]);
});

test('a command that does not exist is answered with the one that was meant', async () => {
  const rig = await startRig();
  const { server } = rig;
  await server.sendMessage({ text: '/imagin a fox', mentionsBot: true });
  await server.waitFor(() => server.ephemerals(server.channelId).length > 0);
  expect(server.ephemerals(server.channelId)).toMatchObject([
    { text: expect.stringContaining('Did you mean /imagine') as unknown, by: 'chat.postEphemeral' },
  ]);
});

test('the main command can have another name', async () => {
  const rig = await startRig({ environment: { SLACK_COMMAND: '/draw' } });
  const acknowledged = acknowledging(rig);
  await rig.server.runCommand({ command: '/draw', text: 'cancel culture as a painting' });
  await acknowledged;
  expect(rig.invocations[0]).toMatchObject({
    commandName: 'imagine',
    options: { prompt: 'cancel culture as a painting' },
  });
});
