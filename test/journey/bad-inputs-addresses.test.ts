/** Attached files whose address leads elsewhere: nobody is asked there, least of all with a key. */
import { afterEach, expect, test } from 'vitest';
import { badAddresses, badRedirects } from '../support/bad-addresses.ts';
import { FINE_FILES } from '../support/bad-files.ts';
import { waitFor, type TestChat } from '../support/chats/chat.ts';
import { startTrap, type Trap } from '../support/trap.ts';
import { expectPlainWords, expectUnharmed, remember } from '../support/unharmed.ts';
import { CHATS, HURRIED_PACE, startWorld, type World } from '../support/world.ts';

const picture = FINE_FILES[0]?.bytes ?? new Uint8Array();

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of opened.splice(0).toReversed()) await part.close();
});

async function openTrap(): Promise<Trap> {
  const trap = await startTrap(picture);
  opened.push(trap);
  return trap;
}

async function openWorld<Chat extends TestChat>(
  chat: Chat,
  env: Readonly<Record<string, string>>,
): Promise<World<Chat>> {
  const world = await startWorld(chat, { pace: HURRIED_PACE, env });
  opened.push(world);
  return world;
}

const promptOf = (at: number): string => `address ${at + 100} of many`;

async function waitForRefusals(chat: TestChat, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const said = await waitFor(`a word on ${promptOf(at)}`, () =>
      chat.statusTexts().find((text) => text.includes('No picture') && text.includes(promptOf(at))),
    );
    expect(said).toContain('fox.png');
    expectPlainWords(said);
  }
}

test('on Discord', async () => {
  const [trap, lure] = [await openTrap(), await openTrap()];
  const chat = await CHATS.discord();
  const hosts = `${chat.server.fileHost},${lure.host}`;
  const world = await openWorld(chat, { DISCORD_FILE_HOSTS: hosts });
  const before = remember(world);
  const addresses = [...badAddresses(trap.host), ...badRedirects(lure.host, trap.host)];
  const [command] = chat.server.publishedCommands as { id: string }[];
  for (const [at, url] of addresses.entries()) {
    await chat.server.sendInteraction({
      type: 2,
      data: {
        id: command?.id,
        name: 'imagine',
        type: 1,
        options: [
          { name: 'prompt', type: 3, value: promptOf(at) },
          { name: 'image', type: 11, value: '7' },
        ],
        resolved: {
          attachments: { 7: { id: '7', filename: 'fox.png', size: 9, url, proxy_url: url } },
        },
      },
    });
  }
  await waitForRefusals(chat, addresses.length);
  expect(trap.requests).toEqual([]);
  expect(lure.requests.length).toBeGreaterThan(5);
  await expectUnharmed(world, before);
  expect(chat.problems()).toEqual([]);
});

test('on Slack, where the key must not travel either', async () => {
  const [trap, lure] = [await openTrap(), await openTrap()];
  const chat = await CHATS['slack-http']();
  const { server } = chat;
  const world = await openWorld(chat, { SLACK_FILE_HOSTS: `${server.fileHost},${lure.host}` });
  const before = remember(world);
  const addresses = [
    // Slack's limits on posting make each of them take a second.
    ...badAddresses(trap.host).filter((_, at) => at % 2 === 0),
    ...badRedirects(lure.host, trap.host),
  ];
  for (const [at, url] of addresses.entries()) {
    server.sendEvent({
      type: 'message',
      channel: server.dmChannelId,
      channel_type: 'im',
      user: server.userId,
      ts: `${1_700_000_000 + at}.000100`,
      text: `imagine ${promptOf(at)}`,
      files: [{ id: `F${at}`, name: 'fox.png', mimetype: 'image/png', size: 9, url_private: url }],
    });
  }
  await waitForRefusals(chat, addresses.length);
  expect(trap.requests).toEqual([]);
  expect(server.violations).toEqual([]);
  await expectUnharmed(world, before);
});

test('on Slack, a file that is kept elsewhere is not fetched, by its stub neither', async () => {
  const trap = await openTrap();
  const chat = await CHATS['slack-http']();
  const { server } = chat;
  const world = await openWorld(chat, {});
  const before = remember(world);
  const externalUrl = `http://${trap.host}/x.png`;
  const file = { name: 'fox.png', mimetype: 'image/png', bytes: picture, externalUrl };
  for (const [at, attached] of [file, { ...file, stub: true as const }].entries()) {
    await server.sendMessage({
      channelId: server.channelId,
      text: `imagine ${promptOf(at)}`,
      mentionsBot: true,
      files: [attached],
    });
  }
  await waitForRefusals(chat, 2);
  expect(chat.newestStatus()).toContain('upload the file');
  expect(trap.requests).toEqual([]);
  await expectUnharmed(world, before);
});
