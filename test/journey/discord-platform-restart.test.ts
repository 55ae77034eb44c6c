/** Buttons on Discord outlive the process that made them: here two real ones, one after the other. */
import { afterEach, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import { startDiscordChat, type DiscordChat } from '../support/chats/discord-chat.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';

let world: World<DiscordChat>;
afterEach(() => world.close());

test('a new process knows the buttons of the one before', async () => {
  world = await startWorld(await startDiscordChat(), { pace: HURRIED_PACE });
  const { server } = world.chat;
  const results = () =>
    server
      .messages(server.channelId)
      .filter(({ author, attachments }) => author.id === server.botUserId && attachments.length);
  const isIdle = () => server.messages(server.channelId).at(-1)?.loading === false;

  await world.chat.ask('a lighthouse --model qwen-image');
  const result = await waitFor('a picture', () => results()[0], 50_000);
  await waitFor('the last word', () => world.chat.newestStatus().includes('Done') && isIdle());
  await world.easel.kill();
  await world.restart();
  await server.pressButton({ messageId: result.id, label: 'Again' });
  await waitFor('another picture', () => results().length === 2, 50_000);
  const edit = await server.pressButton({ messageId: result.id, label: 'Edit' });
  await waitFor('the form', () => edit.response?.modal);
  await server.sendModal(edit, { values: { prompt: 'make it night' } });
  await waitFor('a changed picture', () => results().length === 3, 50_000);
  const inputs = world.sandbox.journal.submits.map(({ input }) => input as { prompt: string });
  expect(inputs.map(({ prompt }) => prompt)).toEqual([
    'a lighthouse',
    'a lighthouse',
    'make it night',
  ]);
  expect(world.chat.problems()).toEqual([]);
}, 180_000);
