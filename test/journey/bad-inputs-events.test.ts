/** Forged and malformed events of Slack and Discord: refused or left alone, and Easel lives on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BAD_INTERACTIONS, BAD_SLACK_REQUESTS } from '../support/bad-requests.ts';
import { waitFor } from '../support/chats/chat.ts';
import type { DiscordChat } from '../support/chats/discord-chat.ts';
import type { SlackChat } from '../support/chats/slack-chat.ts';
import { expectPlainWords, expectUnharmed, remember, type Before } from '../support/unharmed.ts';
import { CHATS, HURRIED_PACE, startWorld, type World } from '../support/world.ts';

const ANSWERED = BAD_INTERACTIONS.filter(({ says }) => says !== undefined);
const UNHEARD = BAD_INTERACTIONS.filter(({ says }) => says === undefined);

describe('on Slack', () => {
  let world: World<SlackChat>;
  let before: Before;
  beforeAll(async () => {
    world = await startWorld(await CHATS['slack-http'](), { pace: HURRIED_PACE });
    before = remember(world);
  });
  afterAll(() => world.close());

  test.each(BAD_SLACK_REQUESTS)(
    '$when is answered with $status',
    async ({ status, ...request }) => {
      expect((await world.chat.server.forge(request)).status).toBe(status);
      await expectUnharmed(world, before);
    },
  );

  test.each([
    ['a command nobody published', '/rm', 'a fox', 'There is no command /rm'],
    ['a command from the prototype', '/constructor', 'x', 'There is no command /constructor'],
    ['a hidden command', '/retry', 'x', 'There is no command /retry'],
  ])('%s is answered', async (_, command, text, says) => {
    const { chat } = world;
    const told = chat.privateTexts().length;
    await chat.server.runCommand({ command, text });
    const answer = await waitFor('an answer', () => chat.privateTexts()[told]);
    expect(answer).toContain(says);
    expectPlainWords(answer);
  });

  test('nothing was said in the channel, and nothing was started', async () => {
    expect(world.chat.statusCount()).toBe(0);
    expect(world.chat.server.violations).toEqual([]);
    await expectUnharmed(world, before);
  });
});

describe('on Discord', () => {
  let world: World<DiscordChat>;
  let before: Before;
  let messageId: string;
  beforeAll(async () => {
    world = await startWorld(await CHATS.discord(), { pace: HURRIED_PACE });
    const { chat } = world;
    await chat.ask('a fox to press buttons on');
    await waitFor('a picture', async () => (await chat.deliveries()).length === 1);
    messageId = chat.server.messages(chat.server.channelId).at(-1)?.id ?? '';
    before = remember(world);
  });
  afterAll(() => world.close());

  const send = ({ type, data }: (typeof BAD_INTERACTIONS)[number]) =>
    world.chat.server.sendInteraction({ type, data, ...(type === 3 && { messageId }) });

  test.each(ANSWERED)('$when is answered with: $says', async (bad) => {
    const interaction = await send(bad);
    const answer = await waitFor('an answer', () =>
      [interaction.response?.message, ...interaction.followups].find(
        (message) => message?.ephemeral === true && message.content !== '',
      ),
    );
    expect(answer.content.replaceAll('\\', '')).toContain(bad.says);
    expectPlainWords(answer.content);
  });

  test.each(UNHEARD)('$when is left alone', async (bad) => {
    const interaction = await send(bad);
    await expectUnharmed(world, before);
    expect(interaction.response).toBeUndefined();
  });

  test('no message was changed, and no rule of Discord’s broken', async () => {
    await world.chat.ask('a fox afterwards');
    await waitFor('a picture', async () => (await world.chat.deliveries()).length === 2);
    await expectUnharmed(world, before, { submits: 1 });
    expect(world.chat.problems()).toEqual([]);
  });
});
