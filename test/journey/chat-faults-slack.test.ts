/**
 * Everything that can go wrong between Easel and Slack, through the whole bot: each ends in one
 * picture or in one clear word, is paid for once at most, and leaves no job behind.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import { startSlackChat, type SlackChat } from '../support/chats/slack-chat.ts';
import type { FaultRule, SlackMessage } from '../support/slack/slack-types.ts';
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

let pool: Pool<SlackChat>;
beforeAll(async () => {
  pool = await startPool(3, async () =>
    startWorld(await startSlackChat('socket'), { pace: HURRIED_PACE }),
  );
});
afterAll(() => pool.close());

const update = 'chat.update';
const post = 'chat.postMessage';
const share = 'files.completeUploadExternal';

const recoveries: readonly { readonly when: string; readonly faults: readonly FaultRule[] }[] = [
  { when: 'edits are rate limited', faults: [{ method: update, error: 'ratelimited', times: 2 }] },
  { when: 'edits meet 503', faults: [{ method: update, status: 503, times: 2 }] },
  {
    when: 'edits meet an internal_error',
    faults: [{ method: update, error: 'internal_error', times: 2 }],
  },
  {
    when: 'the answers of edits are lost',
    faults: [{ method: update, dropConnection: 'after', times: 2 }],
  },
  { when: 'the card is rate limited', faults: [{ method: post, error: 'ratelimited' }] },
  { when: 'the card meets 500', faults: [{ method: post, status: 500 }] },
  { when: 'the card meets 503 for longer', faults: [{ method: post, status: 503, times: 3 }] },
  { when: 'the card meets a fatal_error', faults: [{ method: post, error: 'fatal_error' }] },
  { when: 'the card never arrives', faults: [{ method: post, dropConnection: 'before' }] },
  { when: 'the card’s answer is lost', faults: [{ method: post, dropConnection: 'after' }] },
  {
    when: 'the card’s answer is lost and looking for it fails at first',
    faults: [
      { method: post, dropConnection: 'after' },
      { method: 'conversations.history', status: 500 },
    ],
  },
  {
    when: 'the card’s answer is lost and nothing can be looked for',
    faults: [
      { method: post, dropConnection: 'after' },
      { method: 'conversations.history', status: 500, times: 4 },
    ],
  },
  {
    when: 'no address for the upload comes',
    faults: [{ method: 'files.getUploadURLExternal', status: 503 }],
  },
  {
    when: 'uploads are rate limited',
    faults: [{ method: 'files.getUploadURLExternal', error: 'ratelimited' }],
  },
  { when: 'the upload meets 500', faults: [{ method: 'upload', status: 500 }] },
  { when: 'the upload breaks off', faults: [{ method: 'upload', dropConnection: 'before' }] },
  { when: 'the share is rate limited', faults: [{ method: share, error: 'ratelimited' }] },
  { when: 'the share’s answer is lost', faults: [{ method: share, dropConnection: 'after' }] },
  {
    when: 'nobody can say whether it was shared',
    faults: [
      { method: share, dropConnection: 'after' },
      { method: 'files.info', status: 500, times: 2 },
    ],
  },
];

test.concurrent.each(recoveries)('when $when, one picture comes and one card tells', ({ faults }) =>
  pool.use(async (world) => {
    const { chat } = world;
    const before = await tally(world);
    for (const fault of faults) chat.server.fail(fault);
    await chat.ask('a fox --model qwen-image');
    await expectOnePicture(before, world);
    expect(cardSays(world)).toMatch(/Done/u);
  }),
);

test.concurrent.each([
  {
    method: 'files.getUploadURLExternal',
    error: 'storage_limit_reached',
    ends: /storage is full/u,
  },
  { method: share, error: 'restricted_action', ends: /does not let Easel post/u },
  { method: share, error: 'not_in_channel', ends: /not in this channel/u },
])('when $method is refused ($error), the one card says why', ({ method, error, ends }) =>
  pool.use(async (world) => {
    const { chat } = world;
    const before = await tally(world);
    chat.server.fail({ method, error });
    await chat.ask('a fox --model qwen-image');
    await allClosed(before, world);
    expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
    expect(cardSays(world)).toMatch(/No picture/u);
    expect(cardSays(world)).toMatch(ends);
  }),
);

test.concurrent.each(['x', '&', '🦊 '])(
  'a prompt of 5,999 characters (%s) fits everywhere',
  (unit) =>
    pool.use(async (world) => {
      const { chat, sandbox } = world;
      const before = await tally(world);
      const prompt = unit.repeat(6000).slice(0, 5998).trim();
      await chat.ask(`${prompt} --model qwen-image`);
      await expectOnePicture(before, world);
      expect(sandbox.journal.submits.at(-1)?.input).toMatchObject({ prompt });
    }),
);

test.concurrent('a picture comes although somebody deleted the card', () =>
  pool.use(async (world) => {
    const before = await tally(world);
    await holdAtFal(world, 1000, () => world.chat.ask('a fox --model qwen-image'));
    await deleteCard(world);
    await allClosed(before, world);
    expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 1, statuses: 0 });
  }));

test.concurrent('a failure is told anew where somebody deleted the card', () =>
  pool.use(async (world) => {
    const { chat, sandbox } = world;
    const before = await tally(world);
    sandbox.faults.add({ kind: 'job-fails' });
    await holdAtFal(world, 1000, () => chat.ask('a fox --model qwen-image'));
    await deleteCard(world);
    await allClosed(before, world);
    expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
    expect(cardSays(world)).toMatch(/No picture/u);
  }));

test.concurrent.each(['channel_not_found', 'is_archived', 'account_inactive'])(
  'when all calls are refused (%s) meanwhile, the job ends and Easel lives',
  (error) =>
    pool.use(async (world) => {
      const { chat } = world;
      const before = await tally(world);
      await holdAtFal(world, 600, () => chat.ask('a fox --model qwen-image'));
      const methods = [update, post, share, 'conversations.history', 'conversations.join'];
      for (const method of methods) chat.server.fail({ method, error, times: Infinity });
      await allClosed(before, world);
      expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
    }),
);

test.concurrent('strangers cannot stop a picture and are told so alone; pressing twice stops once', () =>
  pool.use(async (world) => {
    const { chat, sandbox } = world;
    const { server } = chat;
    const before = await tally(world);
    const cancels = sandbox.journal.cancels.length;
    sandbox.faults.add({ kind: 'stuck-in-queue' });
    await chat.ask('a snail --model qwen-image');
    await waitFor('a place in line', () => cardSays(world).includes('in line'));
    const cancel = { channelId: server.channelId, ts: newestCard(world).ts, label: 'Cancel' };
    await server.pressButton({ ...cancel, user: server.otherUserId });
    await waitFor('a private word', () => chat.privateTexts().length > before.privately);
    expect(chat.privateTexts().at(-1)).toMatch(/Only the person who asked/u);
    expect(server.ephemerals(server.channelId).at(-1)?.userId).toBe(server.otherUserId);
    expect(sandbox.journal.cancels).toHaveLength(cancels);

    await Promise.all([server.pressButton(cancel), server.pressButton(cancel)]);
    await allClosed(before, world);
    expect(cardSays(world)).toMatch(/Stopped/u);
    expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
  }));

test.concurrent.each([
  { when: 'by the command’s own address', faults: [] },
  { when: 'in a message to them', faults: [{ method: 'response_url', status: 500 }] },
])('in a private channel without Easel nothing is paid and one is told $when', ({ faults }) =>
  pool.use(async (world) => {
    const { server } = world.chat;
    const { privateChannelId: channelId, dmChannelId } = server;
    const before = await tally(world);
    const heard = () => [...server.ephemerals(channelId), ...server.messages(dmChannelId)];
    const { length } = heard();
    for (const fault of faults) server.fail(fault);
    await server.runCommand({ command: '/imagine', text: 'a fox', channelId });
    await allClosed(before, world);
    await waitFor('a private word', () => heard().length > length);
    expect(await since(before, world)).toMatchObject({ submits: 0, deliveries: 0 });
    expect(heard()).toHaveLength(length + 1);
    const said = faults.length === 0 ? server.ephemerals(channelId) : server.messages(dmChannelId);
    expect(JSON.stringify(said.at(-1))).toMatch(/invite @easel/u);
    expect(server.messages(channelId)).toEqual([]);
  }),
);

test('after all of it Easel has met no bug, logged no token, and ends when told to', async () => {
  for (const world of pool.worlds) {
    expect(await world.easel.stop()).toBe(0);
    expect(findBugs(world)).toEqual([]);
    const { botToken, appToken } = world.chat.server;
    expect(world.easel.output().stderr).not.toContain(botToken);
    expect(world.easel.output().stderr).not.toContain(appToken);
  }
});

function newestCard({ chat: { server } }: World<SlackChat>): SlackMessage {
  const found = server
    .messages(server.channelId)
    .findLast(({ fromBot, files }) => fromBot && files.length === 0);
  if (!found) throw new Error('there is no card');
  return found;
}

function cardSays(world: World<SlackChat>): string {
  const { text, blocks } = newestCard(world);
  return `${text} ${JSON.stringify(blocks)}`;
}

async function deleteCard(world: World<SlackChat>): Promise<void> {
  const { apiUrl, channelId, botToken } = world.chat.server;
  const answer = await fetch(`${apiUrl}chat.delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}` },
    body: new URLSearchParams({ channel: channelId, ts: newestCard(world).ts }),
  });
  expect(await answer.json()).toMatchObject({ ok: true });
}
