/** What Easel does to messages of its own on Discord, and what it tells one person alone. */
import { expect, test } from 'vitest';
import type { Invocation } from '../../src/platforms/platform.ts';
import {
  createTestClock,
  deliveryOf,
  openStatus,
  say,
  startRig,
  withButton,
  type Rig,
} from './discord-platform-rig.ts';

const MEBIBYTE = 1024 * 1024;
const MANAGE_MESSAGES = 1n << 13n;

/** Two pictures in one message with a button. */
async function post(rig: Rig, channelId = rig.server.channelId) {
  const status = await openStatus(rig, channelId);
  const files = [await rig.makeFile('a-1.png', 'One'), await rig.makeFile('a-2.png', 'Two')];
  const caption = withButton('Here it is.', 'again');
  const [posted] = await status.deliver({ ...deliveryOf(files), caption });
  if (!posted) throw new Error('Nothing was posted.');
  const message = rig.server.messages(channelId).find(({ id }) => id === posted.ref.id);
  if (!message) throw new Error('Nothing is there.');
  return { posted, message };
}

const PLACES = [
  'channelId',
  'threadId',
  'dmChannelId',
  'foreignChannelId',
  'groupChannelId',
] as const;

test.each(PLACES)('in %s one alt text changes and everything else stays', async (place) => {
  const rig = await startRig();
  const { posted, message } = await post(rig, rig.server[place]);
  expect(posted.fileNames).toEqual(['a-1.png', 'a-2.png']);
  const before = structuredClone({ content: message.content, components: message.components });
  const [first, second] = message.attachments;
  expect(await rig.platform.describe(posted.ref, 'a-2.png', 'A fox, at last')).toBe(true);
  expect(message.attachments).toEqual([first, second]);
  expect(message.attachments.map(({ description }) => description)).toEqual([
    'One',
    'A fox, at last',
  ]);
  expect(message).toMatchObject(before);
  expect(message.pings).toEqual({ everyone: false, users: [], roles: [] });
  expect(rig.server.violations).toEqual([]);
});

test('an alt text that is too long is cut, and a file that is not there is said', async () => {
  const rig = await startRig();
  const { posted, message } = await post(rig);
  expect(await rig.platform.describe(posted.ref, 'a-1.png', '🦊'.repeat(2000))).toBe(true);
  expect(message.attachments[0]?.description).toBe('🦊'.repeat(1024));
  expect(await rig.platform.describe(posted.ref, 'other.png', 'x')).toBe(false);
});

test('a hidden picture is described under its own name', async () => {
  const rig = await startRig();
  const status = await openStatus(rig, rig.server.channelId);
  const file = { ...(await rig.makeFile('a-1.png')), isSpoiler: true };
  const [posted] = await status.deliver(deliveryOf([file]));
  expect(posted?.fileNames).toEqual(['a-1.png']);
  const isDescribed = posted && (await rig.platform.describe(posted.ref, 'a-1.png', 'New'));
  expect(isDescribed).toBe(true);
});

test.each(PLACES)('in %s a message is taken away, and once is enough', async (place) => {
  const rig = await startRig();
  const { posted, message } = await post(rig, rig.server[place]);
  await rig.platform.remove(posted.ref);
  expect(message.deleted).toBe(true);
  await rig.platform.remove(posted.ref);
  expect(rig.server.violations).toEqual([]);
});

test('where the bot is not, a message can be changed for 15 minutes, and that is said', async () => {
  const clock = createTestClock();
  const rig = await startRig({ clock, now: () => clock.now().getTime() });
  const { posted } = await post(rig, rig.server.groupChannelId);
  clock.advance(16 * 60_000);
  await expect(rig.platform.remove(posted.ref)).rejects.toThrow('15 minutes');
});

test('a change that Discord holds back for old messages is said to be tried again', async () => {
  const rig = await startRig();
  const { posted } = await post(rig);
  rig.server.fail({ method: 'PATCH', path: /messages/u, status: 429, code: 30046, retryAfter: 0 });
  rig.server.fail({ method: 'PATCH', path: /messages/u, status: 400, code: 30046 });
  const outcome = await rig.platform
    .describe(posted.ref, 'a-1.png', 'New')
    .catch((error: unknown) => error);
  expect(outcome).toMatchObject({ retryable: true });
  expect(String(outcome)).toContain('try again');
});

test.each([
  { code: 50001, words: 'cannot see this channel' },
  { code: 50013, words: 'needs the permissions' },
  { code: 50083, words: 'archived' },
])('a change refused with $code is explained', async ({ code, words }) => {
  const rig = await startRig();
  const status = await rig.platform.post(
    { platform: 'discord', tenant: rig.server.guildId, channel: rig.server.channelId },
    say('Hello'),
    'key',
  );
  rig.server.fail({ method: 'DELETE', path: /messages/u, status: 403, code });
  await expect(rig.platform.remove(status.ref)).rejects.toThrow(words);
});

async function bigFile(rig: Rig, fileName: string, bytes: number) {
  const file = await rig.makeFile(fileName);
  return { ...file, bytes };
}

test('what one person is told may bring files along, hidden from all others', async () => {
  const rig = await startRig();
  const { server } = rig;
  const files = [
    await rig.makeFile('a-1.png', 'One'),
    await bigFile(rig, 'big.png', 11 * MEBIBYTE),
  ];
  rig.act((invocation) => invocation.answer(say('Kept.'), files));
  const command = await server.runCommand({ name: 'help' });
  const response = await server.waitFor(() => {
    const message = command.response?.message;
    return message && !message.loading && message;
  });
  expect(response).toMatchObject({ ephemeral: true, attachments: [{ filename: 'a-1.png' }] });
  expect(response.attachments[0]?.description).toBe('One');
  expect(response.content).toContain('Kept.');
  expect(response.content).toContain(
    '“big.png” is too large for Discord: 11.5 of at most 10.5 MB.',
  );
  expect(server.violations).toEqual([]);
});

test('a place that takes more gets more', async () => {
  const rig = await startRig();
  const { server } = rig;
  const files = [await bigFile(rig, 'big.png', 11 * MEBIBYTE)];
  rig.act((invocation) => invocation.answer(say('Kept.'), files));
  const command = await server.runCommand({ name: 'help', attachmentSizeLimit: 25 * MEBIBYTE });
  const sent = await server.waitFor(() => command.response?.message?.attachments[0]);
  expect(sent.filename).toBe('big.png');
});

test('after a press the files follow, and a dozen takes two messages', async () => {
  const rig = await startRig();
  const { server } = rig;
  const { message } = await post(rig);
  const names = Array.from({ length: 12 }, (_, at) => `f-${at}.png`);
  const files = await Promise.all(names.map((name) => rig.makeFile(name)));
  rig.act((invocation) => invocation.answer(say('Kept.'), files));
  const press = await server.pressButton({ messageId: message.id, label: 'Cancel' });
  await server.waitFor(() => press.followups.length === 2);
  const sent = press.followups.flatMap(({ attachments }) => attachments);
  expect(sent.map(({ filename }) => filename)).toEqual(names);
  expect(press.followups.every(({ ephemeral }) => ephemeral)).toBe(true);
});

test('in answer to a message the files come in a reply', async () => {
  const rig = await startRig();
  const { server } = rig;
  const files = [await rig.makeFile('a-1.png')];
  rig.act((invocation) => invocation.answer(say('Kept.'), files));
  const { channelId } = server;
  const order = await server.sendMessage({ channelId, content: 'help', mentionsBot: true });
  const reply = await server.waitFor(() =>
    server.messages(channelId).find(({ repliesTo }) => repliesTo === order.id),
  );
  expect(reply).toMatchObject({ content: 'Kept.', attachments: [{ filename: 'a-1.png' }] });
});

test.each(['command', 'message'] as const)(
  'who may manage messages in a channel is a moderator there, by %s',
  async (way) => {
    const rig = await startRig();
    const { server } = rig;
    const { channelId } = server;
    const ask = async (user = server.person): Promise<boolean> => {
      const count = rig.invocations.length;
      if (way === 'command') await server.runCommand({ name: 'help', user });
      else await server.sendMessage({ channelId, content: 'help', mentionsBot: true, user });
      const invocation = await server.waitFor<Invocation>(() => rig.invocations[count]);
      return invocation.isModerator();
    };
    expect(await ask()).toBe(false);
    const boss = server.user('boss');
    server.empower(boss, MANAGE_MESSAGES);
    // Events come in their order: once the next order is here, so is the news of the boss.
    await ask();
    expect(await ask(boss)).toBe(true);
    expect(await ask()).toBe(false);
  },
);
