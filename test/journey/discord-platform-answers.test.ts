import { expect, test } from 'vitest';
import { line, message } from '../../src/message.ts';
import { say, startRig, withButton } from './discord-platform-rig.ts';

const LINES = Array.from({ length: 110 }, (_, at) => `option ${at}: a number from 0 to ${at}00`);
const LONG = message(...LINES.map((text) => line(text)));
const ENDLESS = message(
  ...Array.from({ length: 900 }, (_, at) => line(`model ${at} draws things`)),
);

const joined = (contents: readonly string[]) => contents.join('\n').split('\n');

test.each(['channelId', 'dmChannelId', 'groupChannelId'] as const)(
  'a long answer to a command in %s is told to this person alone, whole',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    rig.act((invocation) => invocation.answer(LONG));
    const interaction = await server.runCommand({ name: 'help', channelId: server[place] });
    await server.waitFor(() => interaction.followups.length === 1);
    const said = server.messages(server[place]);
    expect(said.every(({ ephemeral }) => ephemeral)).toBe(true);
    expect(joined(said.map(({ content }) => content))).toEqual(LINES);
    expect(server.violations).toEqual([]);
    expect(server.tooManyRequests).toBe(0);
  },
);

test('an endless answer ends with a sentence where Discord would take no more', async () => {
  const rig = await startRig();
  const { server } = rig;
  rig.act((invocation) => invocation.answer(ENDLESS));
  const interaction = await server.runCommand({ name: 'help', channelId: server.groupChannelId });
  const last = await server.waitFor(() => interaction.followups[4]);
  expect(last.content).toMatch(/There is more than Discord takes here: [^\n]+$/u);
  expect(rig.logged.join()).not.toContain('an event failed');
  expect(server.violations).toEqual([]);
});

test('a long answer to a press comes in follow-ups, and an endless one ends', async () => {
  const rig = await startRig();
  const { server } = rig;
  const channelId = server.groupChannelId;
  rig.act(async (invocation) => void (await invocation.acknowledge(withButton('W', 'cancel'))));
  await server.runCommand({ name: 'imagine', options: { prompt: 'a fox' }, channelId });
  const { id } = await server.waitFor(() =>
    server.messages(channelId).find(({ components }) => components.length > 0),
  );
  for (const [answer, count] of [
    [LONG, 2],
    [ENDLESS, 5],
  ] as const) {
    let isDone = false;
    rig.act(async (invocation) => {
      await invocation.answer(answer);
      isDone = true;
    });
    const press = await server.pressButton({ messageId: id, label: 'Cancel', channelId });
    await server.waitFor(() => isDone, 15_000);
    expect(press.followups).toHaveLength(count);
    expect(press.followups.every(({ ephemeral }) => ephemeral)).toBe(true);
  }
  expect(server.violations).toEqual([]);
});

test('a long answer to a mention begins as a reply, and comes once although it is asked twice', async () => {
  const rig = await startRig();
  const { server } = rig;
  const { channelId } = server;
  let answered = 0;
  rig.act(async (invocation) => {
    await invocation.answer(LONG);
    answered += 1;
  });
  const order = await server.sendMessage({ channelId, content: 'help', mentionsBot: true });
  server.redeliver(order);
  await server.waitFor(() => answered === 2, 15_000);
  const said = server.messages(channelId).filter(({ by }) => by === 'bot');
  expect(said.map(({ repliesTo }) => repliesTo)).toEqual([order.id, undefined]);
  expect(joined(said.map(({ content }) => content))).toEqual(LINES);
  expect(said.flatMap(({ pings }) => pings.users)).toEqual([]);
  expect(server.violations).toEqual([]);
});

test('a status message stays one message, whatever it says', async () => {
  const rig = await startRig();
  const { server } = rig;
  let isDone = false;
  rig.act(async (invocation) => {
    const status = await invocation.acknowledge(LONG);
    await status.update(say('Drawing'));
    await status.update(LONG);
    isDone = true;
  });
  await server.runCommand({ name: 'help' });
  await server.waitFor(() => isDone);
  const said = server.messages(server.channelId);
  expect(said).toHaveLength(1);
  expect(said[0]?.content).toMatch(/^option 0: [^]+…$/u);
  expect(server.violations).toEqual([]);
});
