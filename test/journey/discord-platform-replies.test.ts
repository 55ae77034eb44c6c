/** Words that answer a picture on Discord: what fal is given, and where the result goes. */
import { afterEach, describe, expect, test } from 'vitest';
import { openDiscordStudio, photo, type DiscordStudio } from '../support/discord/discord-studio.ts';
import type { PersonMessage, ServerMessage } from '../support/discord/types.ts';

const EDIT = 'fal-ai/nano-banana-pro/edit';

let studio: DiscordStudio;
afterEach(() => studio.close());

async function open(intent: 'on' | 'off'): Promise<void> {
  studio = await openDiscordStudio({ intent });
}

interface Reply extends Partial<PersonMessage> {
  readonly content: string;
  readonly repliesTo: string;
}

/** Says it, and waits until everything is done. */
async function reply(said: Reply): Promise<ServerMessage> {
  const before = studio.inputs().length;
  const channelId = studio.server.channelId;
  const message = await studio.server.sendMessage({ channelId, ...said });
  await studio.settle(before + 1);
  return message;
}

async function show(picture: Partial<PersonMessage>): Promise<ServerMessage> {
  const { server } = studio;
  return server.sendMessage({ channelId: server.channelId, content: 'look', ...picture });
}

/** Exactly one new result in that channel, in answer to the reply, and none anywhere else. */
function expectOneDelivery(channelId: string, before: number): void {
  expect(studio.results(channelId)).toHaveLength(before + 1);
  expect(studio.server.violations).toEqual([]);
  expect(studio.server.tooManyRequests).toBe(0);
}

function answerTo({ id, channelId }: ServerMessage): string | undefined {
  return studio.server.messages(channelId).find(({ repliesTo }) => repliesTo === id)?.content;
}

describe.each(['on', 'off'] as const)('with the intent %s', (intent) => {
  test.each(['channelId', 'threadId', 'dmChannelId'] as const)(
    'a reply to Easel’s picture in %s changes it',
    async (place) => {
      await open(intent);
      const channelId = studio.server[place];
      const { id, attachments } = await studio.draw('a lighthouse', { channelId });
      const said = await reply({ channelId, content: 'make it night', repliesTo: id });
      expect(studio.inputs().at(-1)).toMatchObject({
        endpoint: EDIT,
        input: { prompt: 'make it night' },
      });
      expect(await studio.givenLast()).toEqual([attachments[0]?.bytes]);
      expectOneDelivery(channelId, 1);
      expect(answerTo(said)).toContain('Done');
      expect(studio.results(channelId).at(-1)?.content).toContain('make it night');
    },
  );

  test('a picture of several is named by its number, and attachments are further pictures', async () => {
    await open(intent);
    const { channelId } = studio.server;
    const { id, attachments } = await studio.draw('boats', { count: 3 });
    const [hat, scarf] = [await photo('green'), await photo('blue')];
    await reply({
      content: '2: put these on her',
      repliesTo: id,
      attachments: [hat, scarf],
    });
    expect(studio.inputs().at(-1)?.input.prompt).toBe('put these on her');
    expect(await studio.givenLast()).toEqual([attachments[1]?.bytes, hat.bytes, scarf.bytes]);
    expectOneDelivery(channelId, 1);
  });

  test('without a number, buttons ask which, and one press goes on', async () => {
    await open(intent);
    const { server } = studio;
    const { channelId } = server;
    const { id, attachments } = await studio.draw('boats', { count: 3 });
    const requests = studio.inputs().length;
    const said = await server.sendMessage({ channelId, content: 'in red', repliesTo: id });
    const question = await server.waitFor(() =>
      server.messages(channelId).find(({ repliesTo }) => repliesTo === said.id),
    );
    expect(question.content).toContain('Which picture?');
    expect(studio.inputs()).toHaveLength(requests);
    await server.pressButton({ messageId: question.id, label: '3' });
    await studio.settle(requests + 1);
    expect(await studio.givenLast()).toEqual([attachments[2]?.bytes]);
    expectOneDelivery(channelId, 1);
  });

  test('a reply without a ping does nothing and costs nothing', async () => {
    await open(intent);
    const { server } = studio;
    const { channelId } = server;
    const { id } = await studio.draw('a lighthouse');
    const requests = studio.inputs().length;
    const said = server.messages(channelId).length;
    await server.sendMessage({ channelId, content: 'nice!', repliesTo: id, isQuiet: true });
    await server.sendMessage({ channelId, content: 'nice!' });
    // What comes later was read later: nothing is left to wait for.
    await reply({ content: 'make it night', repliesTo: id });
    expect(studio.inputs()).toHaveLength(requests + 1);
    const mine = server
      .messages(channelId)
      .slice(said)
      .filter(({ by }) => by !== 'person');
    expect(mine).toHaveLength(2);
  });

  test('thanks for the news of a job cost nothing', async () => {
    await open(intent);
    const { server } = studio;
    const { channelId } = server;
    const result = await studio.draw('a lighthouse');
    const status = server.messages(channelId).find(({ attachments }) => attachments.length === 0);
    await server.sendMessage({ channelId, content: 'thanks!', repliesTo: status?.id ?? '' });
    await reply({ content: 'make it night', repliesTo: result.id });
    expect(studio.inputs().map(({ input }) => input.prompt)).toEqual([
      'a lighthouse',
      'make it night',
    ]);
  });
});

/** Another app. */
const robot = () => ({ ...studio.server.user('robot'), bot: true });

describe('with the intent on, a reply that mentions Easel changes the picture of', () => {
  const kinds: readonly [
    string,
    (picture: Awaited<ReturnType<typeof photo>>) => Promise<string>,
  ][] = [
    ['a person', async (picture) => (await show({ attachments: [picture] })).id],
    ['another app', async (picture) => (await show({ attachments: [picture], user: robot() })).id],
    [
      'a webhook',
      async (picture) =>
        (await show({ attachments: [picture], user: robot(), viaWebhook: true })).id,
    ],
    [
      'a forward',
      async (picture) => {
        const { id } = await show({ attachments: [picture] });
        return (await show({ content: '', forwards: id })).id;
      },
    ],
    ['an embed', async (picture) => (await show({ embeds: [{ image: picture }] })).id],
    ['a link’s preview', async (picture) => (await show({ embeds: [{ thumbnail: picture }] })).id],
    ['a gallery', async (picture) => (await show({ content: '', gallery: [picture] })).id],
  ];
  test.each(kinds)('%s', async (_, shown) => {
    await open('on');
    const picture = await photo('red');
    const repliesTo = await shown(picture);
    const said = await reply({ content: 'make it night', repliesTo, mentionsBot: true });
    expect(studio.inputs().at(-1)).toMatchObject({
      endpoint: EDIT,
      input: { prompt: 'make it night' },
    });
    expect(await studio.givenLast()).toEqual([picture.bytes]);
    expectOneDelivery(said.channelId, 0);
    expect(answerTo(said)).toContain('Done');
  });
});

test('the mention may stand anywhere in a reply', async () => {
  await open('on');
  const picture = await photo('red');
  const { id: repliesTo } = await show({ attachments: [picture] });
  const content = `make it <@${studio.server.botUserId}> night`;
  await reply({ content, repliesTo });
  expect(studio.inputs().at(-1)?.input.prompt).toBe('make it night');
  expect(await studio.givenLast()).toEqual([picture.bytes]);
});

test('a file that is no picture does not count', async () => {
  await open('on');
  const picture = await photo('red');
  const text = { fileName: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('words') };
  const { id: repliesTo } = await show({ attachments: [text, picture] });
  await reply({ content: 'make it night', repliesTo, mentionsBot: true });
  expect(await studio.givenLast()).toEqual([picture.bytes]);
});

test('words in answer to words are drawn', async () => {
  await open('on');
  const { id: repliesTo } = await show({ content: 'draw what I say' });
  await reply({ content: 'a fox in snow', repliesTo, mentionsBot: true });
  expect(studio.inputs()).toHaveLength(1);
  expect(studio.inputs()[0]?.input).toMatchObject({ prompt: 'a fox in snow' });
  expect(await studio.givenLast()).toEqual([]);
});

test.each(['/imagine a fox', 'imagine a fox'])('%s in a reply is that command', async (content) => {
  await open('off');
  const { id: repliesTo } = await studio.draw('a lighthouse');
  await reply({ content, repliesTo });
  expect(studio.inputs().at(-1)?.input).toMatchObject({ prompt: 'a fox' });
  expect(await studio.givenLast()).toEqual([]);
});

test('with the intent off, others’ pictures are asked for by the menu', async () => {
  await open('off');
  const { server } = studio;
  const { id: repliesTo, channelId } = await show({ attachments: [await photo('red')] });
  const content = 'make it night';
  const said = await server.sendMessage({ channelId, content, repliesTo, mentionsBot: true });
  const answer = await server.waitFor(() => answerTo(said));
  expect(answer).toContain('Apps → Edit picture');
  expect(studio.inputs()).toEqual([]);
  expect(server.violations).toEqual([]);
});

test('where a channel asks for it, any reply to a picture counts', async () => {
  await open('on');
  const { server } = studio;
  const { id, attachments, channelId } = await studio.draw('a lighthouse');
  const boss = server.user('boss');
  server.empower(boss, 1n << 13n);
  const asked = await server.runCommand({
    name: 'settings',
    options: { replies: 'any' },
    user: boss,
  });
  await server.waitFor(() => asked.response?.message?.content);
  await reply({ content: 'make it night', repliesTo: id, isQuiet: true });
  expect(await studio.givenLast()).toEqual([attachments[0]?.bytes]);
  expectOneDelivery(channelId, 1);
});

test('what was deleted cannot be changed, and is said', async () => {
  await open('on');
  const { server } = studio;
  const shown = await show({ attachments: [await photo('red')] });
  shown.deleted = true;
  const said = await server.sendMessage({
    channelId: shown.channelId,
    content: 'make it night',
    repliesTo: shown.id,
    mentionsBot: true,
  });
  expect(await server.waitFor(() => answerTo(said))).toContain('was deleted');
  expect(studio.inputs()).toEqual([]);
});
