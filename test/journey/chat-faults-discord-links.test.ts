/** Discord's gateway and the interaction's token give out while a picture is on its way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import { startDiscordChat, type DiscordChat } from '../support/chats/discord-chat.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';
import {
  allClosed,
  expectOnePicture,
  findBugs,
  holdAtFal,
  since,
  startPool,
  tally,
  type Pool,
} from './chat-faults-rig.ts';

const TOKEN_LIFETIME_MS = 4000;

let pool: Pool<DiscordChat>;
beforeAll(async () => {
  pool = await startPool(3, async () =>
    startWorld(
      await startDiscordChat({ heartbeatIntervalMs: 700, tokenLifetimeMs: TOKEN_LIFETIME_MS }),
      { pace: HURRIED_PACE },
    ),
  );
});
afterAll(() => pool.close());

test.concurrent.each(['close', 'reconnect-op7', 'invalid-session', 'silent'] as const)(
  'a gateway that goes away (%s) delays no picture, and what is asked next is heard',
  (how) =>
    pool.use(async (world) => {
      const { chat, easel } = world;
      const before = await tally(world);
      await holdAtFal(world, 800, () => chat.ask('a fox --model qwen-image'));
      await chat.server.dropGateway(how);
      await expectOnePicture(before, world);
      await waitFor('the gateway', async () => {
        const { status } = await fetch(`${easel.url}/healthz`);
        return chat.server.gateway.connected && status === 200;
      });
      await chat.ask('a hen --model qwen-image');
      await waitFor('the next picture', async () => (await since(before, world)).deliveries === 2);
      await waitFor('the last word', () => chat.newestStatus().includes('Done'));
      expect(await since(before, world)).toMatchObject({ jobs: 2, submits: 2, statuses: 2 });
    }),
);

test.concurrent.each(['close', 'silent'] as const)(
  'a command that nobody heard because of a gap (%s) is made up for, once',
  (how) =>
    pool.use(async (world) => {
      const { chat } = world;
      const before = await tally(world);
      await chat.server.dropGateway(how);
      await chat.ask('a fox --model qwen-image');
      await expectOnePicture(before, world);
      expect(chat.newestStatus()).toMatch(/Done/u);
    }),
);

test.concurrent('a token that ends in the waiting line is handed over to the bot in one message', () =>
  pool.use(async (world) => {
    const { chat, sandbox } = world;
    const before = await tally(world);
    sandbox.setPace({ positions: 4, waitMs: 1500 });
    await chat.ask('a fox --model qwen-image');
    await expectOnePicture(before, world);
    expect(chat.newestStatus()).toMatch(/Done/u);
    const { versions } = newestStatus(world);
    expect(versions.map(({ by }) => by)).toEqual(
      expect.arrayContaining(['interaction', 'bot']) as string[],
    );
    expect(versions.at(-1)?.by).toBe('bot');
  }));

test.concurrent('where only the token could answer and it ended, the job ends and Easel lives', () =>
  pool.use(async (world) => {
    const { chat } = world;
    const { server } = chat;
    const before = await tally(world);
    await holdAtFal(world, TOKEN_LIFETIME_MS + 500, () =>
      server.runCommand({
        name: 'imagine',
        options: { prompt: 'a fox', model: 'qwen-image' },
        channelId: server.foreignChannelId,
      }),
    );
    await allClosed(before, world);
    expect(await since(before, world)).toMatchObject({ jobs: 1, submits: 1, deliveries: 0 });
    expect(server.messages(server.foreignChannelId)).toHaveLength(1);
  }));

test('after all of it Easel has met no bug and ends when told to', async () => {
  for (const world of pool.worlds) {
    expect(await world.easel.stop()).toBe(0);
    expect(findBugs(world)).toEqual([]);
  }
});

function newestStatus({ chat: { server } }: World<DiscordChat>) {
  const found = server
    .messages(server.channelId)
    .findLast(
      ({ by, attachments, ephemeral }) =>
        by === 'interaction' && attachments.length === 0 && !ephemeral,
    );
  if (!found) throw new Error('there is no status message');
  return found;
}
