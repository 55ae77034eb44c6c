import { expect, test } from 'vitest';
import type { Invocation } from '../../src/platforms/platform.ts';
import { deliveryOf, say, startRig } from './discord-platform-rig.ts';

const PICTURE = { fileName: 'me.png', contentType: 'image/png', bytes: Buffer.from('picture') };

test.each(['channelId', 'threadId', 'dmChannelId'] as const)(
  'an order by mention in %s is answered by a reply and delivered there',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    const channelId = server[place];
    rig.act(async (invocation) => {
      const status = await invocation.acknowledge(say('Waiting in line'));
      await status.update(say('Drawing'));
      await status.deliver(deliveryOf([await rig.makeFile('fox-ab12.png')]));
      await status.update(say('Done'));
    });
    const order = await server.sendMessage({
      channelId,
      content: 'imagine a fox --ar 16:9',
      mentionsBot: true,
      attachments: [PICTURE],
    });
    const done = await server.waitFor(() =>
      server.messages(channelId).find(({ content }) => content === 'Done'),
    );
    expect(done).toMatchObject({ by: 'bot', repliesTo: order.id });
    const said = server.messages(channelId).filter(({ by }) => by === 'bot');
    expect(said).toHaveLength(2);
    expect(rig.invocations).toMatchObject([
      {
        id: `discord:${order.id}`,
        commandName: 'imagine',
        options: { prompt: 'a fox', aspect_ratio: '16:9' },
        attachments: [{ fileName: 'me.png', claimedType: 'image/png', bytes: 7 }],
        place: { channel: channelId },
      },
    ]);
    expect(said.flatMap(({ pings }) => pings.users)).toEqual([]);
    expect(server.violations).toEqual([]);
    expect(server.tooManyRequests).toBe(0);
  },
);

test('plain words in a direct message are an order', async () => {
  const { server, invocations } = await startRig();
  await server.sendMessage({ channelId: server.dmChannelId, content: 'a fox in snow' });
  const invocation = await server.waitFor(() => invocations[0]);
  expect(invocation).toMatchObject({
    commandName: 'imagine',
    options: { prompt: 'a fox in snow' },
  });
});

test('what is not said to the bot is ignored', async () => {
  const { server, invocations } = await startRig();
  const { channelId, botUserId } = server;
  const robot = { ...server.user('robot'), bot: true };
  await server.sendMessage({ channelId, content: 'imagine a fox' });
  await server.sendMessage({ channelId, content: `thanks <@${botUserId}>` });
  await server.sendMessage({ channelId, content: 'imagine a fox', mentionsBot: true, user: robot });
  await server.sendMessage({ channelId, content: 'help', mentionsBot: true });
  await server.waitFor(() => invocations.length > 0);
  expect(invocations.map(({ commandName }) => commandName)).toEqual(['help']);
});

test.each([
  { content: '', expected: 'Say what you want' },
  { content: '/imagin a fox', expected: 'Did you mean /imagine?' },
])('an order that cannot be read ($content) is answered at once', async ({ content, expected }) => {
  const { server, invocations } = await startRig();
  const { channelId } = server;
  const order = await server.sendMessage({ channelId, content, mentionsBot: true });
  const answer = await server.waitFor(() =>
    server.messages(channelId).find(({ repliesTo }) => repliesTo === order.id),
  );
  expect(answer.content).toContain(expected);
  expect(invocations).toEqual([]);
  expect(server.violations).toEqual([]);
});

test('the same message delivered twice is acknowledged by one message', async () => {
  const rig = await startRig();
  const { server } = rig;
  const refs: string[] = [];
  rig.act(async (invocation: Invocation) => {
    refs.push((await invocation.acknowledge(say('Waiting in line'))).ref.id);
  });
  const { channelId } = server;
  server.redeliver(await server.sendMessage({ channelId, content: 'help', mentionsBot: true }));
  await server.waitFor(() => refs.length === 2);
  expect(refs[0]).toBe(refs[1]);
  expect(rig.invocations[0]?.id).toBe(rig.invocations[1]?.id);
});

test('an attachment is read from its host, and afresh once its address is over', async () => {
  const { server, invocations, platform } = await startRig();
  await server.sendMessage({
    channelId: server.dmChannelId,
    content: 'imagine a fox',
    attachments: [PICTURE],
  });
  const [attachment] = (await server.waitFor(() => invocations[0])).attachments;
  if (!attachment) throw new Error('The picture got lost.');
  const source = await platform.locateAttachment(attachment);
  expect(source).toMatchObject({ kind: 'remote', hosts: [server.fileHost], headers: {} });
  const over = new URL(attachment.url);
  over.searchParams.set('ex', '5f000000');
  const fresh = await platform.locateAttachment({ ...attachment, url: over.href });
  const address = fresh.kind === 'remote' ? fresh.url : '';
  const response = await fetch(address);
  expect(await response.text()).toBe('picture');
});
