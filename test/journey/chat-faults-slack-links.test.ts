/** Slack's events come twice, its sockets come and go, and its answers leave doubts. */
import { describe, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import { startSlackChat, type SlackChat } from '../support/chats/slack-chat.ts';
import type { FaultRule } from '../support/slack/slack-types.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';
import { allClosed, findBugs, holdAtFal, since, tally } from './chat-faults-rig.ts';

async function inWorld(
  mode: 'socket' | 'http',
  act: (world: World<SlackChat>) => Promise<void>,
): Promise<void> {
  const world = await startWorld(await startSlackChat(mode), { pace: HURRIED_PACE });
  try {
    await act(world);
    expect(world.chat.problems()).toEqual([]);
    expect(findBugs(world)).toEqual([]);
  } finally {
    await world.close();
  }
}

test.concurrent.each(['socket', 'http'] as const)(
  'by %s, a mention that comes as two events, each again and again, makes one picture',
  (mode) =>
    inWorld(mode, async (world) => {
      const { chat } = world;
      const before = await tally(world);
      await chat.ask('a fox --model qwen-image', 'thread');
      const pair = eventsOf('imagine a fox', chat);
      expect(pair.map(({ body }) => body.event['type'])).toEqual(['app_mention', 'message']);
      const again = (reason: string) =>
        Promise.all(pair.map((event) => chat.server.redeliver(event, reason)));
      await again('http_timeout');
      await allClosed(before, world);
      await again('http_error');
      await world.easel.kill();
      await world.restart();
      await again('connection_failed');
      await chat.ask('a hen --model qwen-image', 'thread');
      await waitFor('the second picture', async () => (await since(before, world)).deliveries > 1);
      expect(await since(before, world)).toMatchObject({ jobs: 2, submits: 2, statuses: 2 });
    }),
);

function eventsOf(words: string, { server }: SlackChat) {
  return server.events.filter(({ body: { event } }) => {
    const isSpoken = event['user'] === server.userId;
    return isSpoken && String(event['text']).includes(words);
  });
}

test.concurrent('sockets that are refreshed or cut during a command and a job delay nothing', () =>
  inWorld('socket', async (world) => {
    const { chat } = world;
    for (const how of ['refresh', 'warning', 'close', 'silent'] as const) {
      await chat.server.waitFor(() => chat.server.socketConnections() === 2);
      const before = await tally(world);
      const asked = holdAtFal(world, 600, () => chat.ask('a fox --model qwen-image'));
      if (how === 'refresh' || how === 'warning') await chat.server.dropSocket(how);
      await asked;
      await chat.server.dropSocket(how);
      await allClosed(before, world);
      expect(await since(before, world)).toEqual({
        jobs: 1,
        submits: 1,
        deliveries: 1,
        statuses: 1,
        privately: 0,
        violations: 0,
      });
    }
    expect(await world.easel.stop()).toBe(0);
  }));

test.concurrent('a command that Slack sends right before its goodbye is still acknowledged', () =>
  inWorld('socket', async ({ chat: { server } }) => {
    const ask = () => server.runCommand({ command: '/imagine', text: '--nonsense 1' });
    for (const how of ['refresh', 'warning', 'refresh', 'warning'] as const) {
      await server.waitFor(() => server.socketConnections() === 2);
      const asked = Promise.all([ask(), ask()]);
      await server.dropSocket(how);
      expect((await asked).flatMap(({ errors }) => errors)).toEqual([]);
    }
    await waitFor('every answer', () => server.ephemerals(server.channelId).length === 8);
  }));

/** Easel has to look for the files for a while before it may send them again. */
describe('after a doubt', () => {
  const doubts: readonly (readonly [string, Omit<FaultRule, 'method'>])[] = [
    ['a 500', { status: 500 }],
    ['a connection that broke before', { dropConnection: 'before' }],
    ['an “ok” that shared nothing', { sharesNothing: true }],
  ];

  test.concurrent.each(doubts)('of %s, the files are shared once', (_, fault) =>
    inWorld('socket', async (world) => {
      const { chat } = world;
      const before = await tally(world);
      chat.server.fail({ ...fault, method: 'files.completeUploadExternal' });
      await chat.ask('a fox --model qwen-image');
      await allClosed(before, world);
      expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 1, statuses: 1 });
      expect(chat.newestStatus()).toMatch(/Done/u);
    }),
  );
});
