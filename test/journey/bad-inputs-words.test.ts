/** Words that cannot become a picture, through the whole bot: each is answered, none reaches fal. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFlags } from '../../src/command-line.ts';
import { loadCommands } from '../../src/load-folder.ts';
import { loadModels } from '../../src/models/load-models.ts';
import { BAD_OPTIONS, BAD_WORDS, NO_WORDS } from '../support/bad-words.ts';
import { waitFor, type TestChat } from '../support/chats/chat.ts';
import type { DiscordChat } from '../support/chats/discord-chat.ts';
import type { SlackChat } from '../support/chats/slack-chat.ts';
import { expectPlainWords, expectUnharmed, remember, type Before } from '../support/unharmed.ts';
import { CHATS, HURRIED_PACE, startWorld, type World } from '../support/world.ts';

/** Every third, so that each group of the list is among them. */
const SOME_WORDS = [...NO_WORDS, ...BAD_WORDS.filter((_, at) => at % 3 === 0)];

describe('on the web', () => {
  const { world } = useWorld(CHATS.web);

  test.each(BAD_WORDS)('/imagine %j is answered with: %s', async (words, says) => {
    const answer = toPlain(await askPrivately(world().chat, words));
    expect(answer).toContain(says);
    expectPlainWords(answer);
  });
});

describe('on Slack', () => {
  const { world } = useWorld<SlackChat>(CHATS['slack-http']);

  test.each(SOME_WORDS)('/imagine %j is answered with: %s', async (words, says) => {
    const answer = toPlain(await askPrivately(world().chat, words));
    expect(answer).toContain(says);
    expectPlainWords(answer);
  });

  test('/imagine alone opens the form instead', async () => {
    const { server } = world().chat;
    await server.runCommand({ command: '/imagine', text: ' ' });
    const form = await waitFor('a form', () => server.openViews[0]);
    expect(form.view['callback_id']).toContain('imagine');
  });
});

describe('on Discord', () => {
  const { world } = useWorld<DiscordChat>(CHATS.discord);

  test.each(SOME_WORDS)('typed as options, %j is answered with: %s', async (words, says) => {
    const values = parseFlags(await findImagine(), words);
    const options = Object.entries(values).map(([name, value]) => ({ name, type: 3, value }));
    const answer = toPlain(await sendOptions(world().chat, options));
    expect(answer).toContain(says);
    expectPlainWords(answer);
  });

  test.each(BAD_OPTIONS)('the options %j are answered with: %s', async (options, says) => {
    const answer = toPlain(await sendOptions(world().chat, options));
    expect(answer).toContain(says);
    expectPlainWords(answer);
  });
});

/** One Easel for the tests of a group, and a look at it after them. */
function useWorld<Chat extends TestChat>(start: () => Promise<Chat>): { world: () => World<Chat> } {
  const known: { world?: World<Chat>; before?: Before } = {};
  beforeAll(async () => {
    known.world = await startWorld(await start(), { pace: HURRIED_PACE });
    known.before = remember(known.world);
  });
  afterAll(async () => {
    const { world, before } = known;
    if (!world || !before) return;
    try {
      await expectUnharmed(world, before);
      expect(world.chat.statusCount()).toBe(0);
      expect(await world.chat.deliveries()).toEqual([]);
      expect(world.chat.problems()).toEqual([]);
    } finally {
      await world.close();
    }
  });
  return {
    world() {
      if (!known.world) throw new Error('the world did not start');
      return known.world;
    },
  };
}

/** What the person alone is told. */
async function askPrivately(chat: TestChat, words: string): Promise<string> {
  const told = chat.privateTexts().length;
  await chat.ask(words);
  return waitFor('an answer', () => chat.privateTexts()[told]);
}

async function sendOptions({ server }: DiscordChat, options: readonly unknown[]): Promise<string> {
  const [command] = server.publishedCommands as { id: string; name: string }[];
  const interaction = await server.sendInteraction({
    type: 2,
    data: { id: command?.id, name: 'imagine', type: 1, options },
  });
  const answer = await waitFor('an answer', () => interaction.response?.message);
  expect(interaction.errors).toEqual([]);
  expect(answer.ephemeral).toBe(true);
  return waitFor('its words', () => answer.content !== '' && answer.content);
}

/** Without the escapes of the three platforms. */
function toPlain(answer: string): string {
  return answer
    .replaceAll(/\\(?=[^A-Za-z0-9\s])/gu, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

async function findImagine() {
  const commands = await loadCommands({ models: await loadModels() });
  const imagine = commands.find(({ name }) => name === 'imagine');
  if (!imagine) throw new Error('there is no command imagine');
  return imagine;
}
