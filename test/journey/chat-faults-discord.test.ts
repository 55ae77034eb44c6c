/**
 * Everything that can go wrong between Easel and Discord, through the whole bot: each ends in one
 * picture or in one clear word, is paid for once at most, and leaves no job behind.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import { startDiscordChat, type DiscordChat } from '../support/chats/discord-chat.ts';
import type { FaultRule } from '../support/discord/types.ts';
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

let pool: Pool<DiscordChat>;
beforeAll(async () => {
  pool = await startPool(3, async () =>
    startWorld(await startDiscordChat(), { pace: HURRIED_PACE }),
  );
});
afterAll(() => pool.close());

const MEBIBYTE = 1024 * 1024;
const CALLBACK = { method: 'POST', path: /^\/interactions\/.*\/callback$/u } as const;
const EDIT = { method: 'PATCH', path: /^\/webhooks\/.*\/messages\/@original$/u } as const;
const POST = { method: 'POST', path: /^\/channels\/\d+\/messages$/u } as const;
const ANYTHING_HERE = { path: /^\/(?:channels|webhooks)\//u, times: Infinity } as const;

interface Case {
  readonly when: string;
  readonly fault: FaultRule;
}

const recoveries: readonly Case[] = [
  { when: 'edits are rate limited', fault: { ...EDIT, status: 429, retryAfter: 0.3, times: 2 } },
  { when: 'edits meet 500', fault: { ...EDIT, status: 500, times: 4 } },
  { when: 'edits meet 502 without end', fault: { ...EDIT, status: 502, times: 8 } },
  { when: 'an edit’s answer is lost', fault: { ...EDIT, dropConnection: 'after', times: 3 } },
  { when: 'an edit never arrives', fault: { ...EDIT, dropConnection: 'before', times: 3 } },
  {
    when: 'the token ends early (50027)',
    fault: { ...EDIT, status: 401, code: 50027, times: Infinity },
  },
  {
    when: 'the token is unknown (10015)',
    fault: { ...EDIT, status: 404, code: 10015, times: Infinity },
  },
  { when: 'the post is rate limited', fault: { ...POST, status: 429, retryAfter: 0.3, times: 2 } },
  { when: 'the post meets 500', fault: { ...POST, status: 500 } },
  { when: 'posts meet 503 for longer', fault: { ...POST, status: 503, times: 4 } },
  { when: 'Discord is overloaded (130000)', fault: { ...POST, status: 503, code: 130_000 } },
  { when: 'the post never arrives', fault: { ...POST, dropConnection: 'before', times: 2 } },
  { when: 'the post’s answer is lost', fault: { ...POST, dropConnection: 'after' } },
  { when: 'two posts’ answers are lost', fault: { ...POST, dropConnection: 'after', times: 2 } },
  { when: 'the callback’s answer is lost', fault: { ...CALLBACK, dropConnection: 'after' } },
  { when: 'the callback never arrives', fault: { ...CALLBACK, dropConnection: 'before' } },
  { when: 'the callback meets 500', fault: { ...CALLBACK, status: 500 } },
  {
    when: 'the interaction is unknown (10062)',
    fault: { ...CALLBACK, status: 404, code: 10062, times: 2 },
  },
  { when: 'the callback comes after 3 seconds', fault: { ...CALLBACK, delayMs: 3500 } },
];

test.concurrent.each(recoveries)(
  'when $when, one picture comes and one message tells',
  ({ fault }) =>
    pool.use(async (world) => {
      const { chat } = world;
      const before = await tally(world);
      chat.server.fail(fault);
      await chat.ask('a fox --model qwen-image');
      await expectOnePicture(before, world);
      expect(chat.newestStatus()).toMatch(/Done/u);
    }),
);

const refusals: readonly (Case & { readonly ends: RegExp })[] = [
  {
    when: 'the files are too large (413)',
    fault: { ...POST, status: 413, code: 40005 },
    ends: /No picture[\s\S]*too large/u,
  },
  {
    when: 'the picture counts as explicit (20009)',
    fault: { ...POST, status: 400, code: 20009 },
    ends: /No picture[\s\S]*explicit/u,
  },
  {
    when: 'AutoMod blocks the post (200000)',
    fault: { ...POST, status: 400, code: 200_000 },
    ends: /No picture[\s\S]*AutoMod/u,
  },
];

test.concurrent.each(refusals)('when $when, the one message says why', ({ fault, ends }) =>
  pool.use(async (world) => {
    const { chat } = world;
    const before = await tally(world);
    chat.server.fail(fault);
    await chat.ask('a fox --model qwen-image');
    await allClosed(before, world);
    expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
    expect(chat.newestStatus()).toMatch(ends);
  }),
);

test.concurrent('an interaction that another process answered (40060) is neither paid nor spoken of', () =>
  pool.use(async (world) => {
    const { chat } = world;
    const before = await tally(world);
    chat.server.fail({ ...CALLBACK, status: 400, code: 40060 });
    await chat.ask('a fox');
    await allClosed(before, world);
    expect(await since(before, world)).toEqual({
      jobs: 1,
      submits: 0,
      deliveries: 0,
      statuses: 0,
      privately: 0,
      violations: 0,
    });
  }));

test.concurrent.each([50001, 50013])(
  'where posting is refused with %i, the response takes it',
  (code) =>
    pool.use(async (world) => {
      const { chat } = world;
      const before = await tally(world);
      chat.server.fail({ ...POST, status: 403, code, times: Infinity });
      await chat.ask('a fox --model qwen-image');
      await allClosed(before, world);
      expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 1, statuses: 0 });
      expect((await chat.deliveries()).at(-1)?.text).toMatch(/For Ada/u);
    }),
);

test.concurrent('a picture of 11 MB is made to fit into 10 MiB', () =>
  pool.use(async (world) => {
    const { chat, sandbox } = world;
    const before = await tally(world);
    sandbox.faults.add({ kind: 'oversized-file' });
    await chat.ask('a fox --model qwen-image');
    await expectOnePicture(before, world);
    const [file] = (await chat.deliveries()).at(-1)?.files ?? [];
    expect(file?.bytes.length).toBeLessThanOrEqual(10 * MEBIBYTE);
    expect(file?.bytes.length).toBeGreaterThan(100_000);
  }));

test.concurrent('a picture comes although a moderator deleted the status message', () =>
  pool.use(async (world) => {
    const { chat } = world;
    const before = await tally(world);
    await holdAtFal(world, 1000, () => chat.ask('a fox --model qwen-image'));
    await deleteNewestStatus(world);
    await allClosed(before, world);
    expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 1, statuses: 0 });
  }));

test.concurrent('a failure is told anew where a moderator deleted the status message', () =>
  pool.use(async (world) => {
    const { chat, sandbox } = world;
    const before = await tally(world);
    sandbox.faults.add({ kind: 'job-fails' });
    await holdAtFal(world, 1000, () => chat.ask('a fox --model qwen-image'));
    await deleteNewestStatus(world);
    await allClosed(before, world);
    expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
    expect(chat.newestStatus()).toMatch(/No picture/u);
  }));

test.concurrent('a channel that is deleted meanwhile (10003) ends the job and nothing else', () =>
  pool.use(async (world) => {
    const { chat } = world;
    const before = await tally(world);
    await holdAtFal(world, 600, () => chat.ask('a fox --model qwen-image'));
    chat.server.fail({ ...ANYTHING_HERE, status: 404, code: 10003 });
    await allClosed(before, world);
    expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
  }));

test.concurrent('where neither the interaction nor the channel answers, nothing is paid', () =>
  pool.use(async (world) => {
    const { chat } = world;
    const before = await tally(world);
    chat.server.fail({ ...CALLBACK, status: 404, code: 10062, times: 2 });
    chat.server.fail({ ...ANYTHING_HERE, status: 403, code: 50001 });
    await chat.ask('a fox');
    await allClosed(before, world);
    expect(await since(before, world)).toMatchObject({ submits: 0, deliveries: 0, statuses: 0 });
  }));

test.concurrent('strangers cannot stop a picture and are told so alone; a press that comes twice stops once', () =>
  pool.use(async (world) => {
    const { chat, sandbox } = world;
    const { server } = chat;
    const before = await tally(world);
    const cancels = sandbox.journal.cancels.length;
    sandbox.faults.add({ kind: 'stuck-in-queue' });
    await chat.ask('a snail --model qwen-image');
    await waitFor('a place in line', () => chat.newestStatus().includes('in line'));
    const messageId = newestStatusId(world);
    await server.pressButton({ messageId, label: 'Cancel', user: server.user('mallory') });
    await waitFor('a private word', () => chat.privateTexts().length > before.privately);
    expect(chat.privateTexts().at(-1)).toMatch(/Only the person who asked/u);
    expect(sandbox.journal.cancels).toHaveLength(cancels);

    const press = await server.pressButton({ messageId, label: 'Cancel' });
    server.redeliver(press);
    await allClosed(before, world);
    expect(sandbox.journal.cancels).toHaveLength(cancels + 1);
    expect(chat.newestStatus()).toMatch(/Stopped/u);
    expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
  }));

test.concurrent('an interaction that comes four times makes one picture', () =>
  pool.use(async (world) => {
    const { chat } = world;
    const before = await tally(world);
    await chat.ask('a fox --model qwen-image');
    await chat.redeliver();
    await chat.redeliver();
    await allClosed(before, world);
    await chat.redeliver();
    await chat.ask('a hen --model qwen-image');
    await waitFor('the second picture', async () => (await since(before, world)).deliveries === 2);
    expect(await since(before, world)).toMatchObject({ jobs: 2, submits: 2, statuses: 2 });
  }));

test('after all of it Easel has met no bug, logged no token, and ends when told to', async () => {
  for (const world of pool.worlds) {
    expect(await world.easel.stop()).toBe(0);
    expect(findBugs(world)).toEqual([]);
    expect(world.easel.output().stderr).not.toContain(world.chat.server.token);
    expect(world.easel.output().stderr).not.toMatch(/\/(?:webhooks|interactions)\/\d+/u);
  }
});

function newestStatusId({ chat: { server } }: World<DiscordChat>): string {
  const newest = server
    .messages(server.channelId)
    .findLast(({ by, deleted, ephemeral }) => by === 'interaction' && !deleted && !ephemeral);
  if (!newest) throw new Error('there is no status message');
  return newest.id;
}

async function deleteNewestStatus(world: World<DiscordChat>): Promise<void> {
  const { apiUrl, channelId, token } = world.chat.server;
  const address = `${apiUrl}/v10/channels/${channelId}/messages/${newestStatusId(world)}`;
  const headers = { authorization: `Bot ${token}` };
  expect((await fetch(address, { method: 'DELETE', headers })).status).toBe(204);
}
