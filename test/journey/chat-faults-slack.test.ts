/**
 * Everything that can go wrong between Easel and Slack, through the whole bot: each ends in one
 * picture or in one clear word, is paid for once at most, and leaves no job behind.
 */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import { startSlackChat, type SlackChat } from '../support/chats/slack-chat.ts';
import type { FaultRule, SlackMessage } from '../support/slack/slack-types.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';
import { allClosed, findBugs, holdAtFal, since, tally } from './chat-faults-rig.ts';

let world: World<SlackChat>;
beforeAll(async () => {
  world = await startWorld(await startSlackChat('socket'), { pace: HURRIED_PACE });
});
afterEach(() => {
  world.chat.server.mend();
  world.sandbox.faults.clear();
});
afterAll(async () => {
  await world.close();
});

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

test.each(recoveries)('when $when, one picture comes and one card tells', async ({ faults }) => {
  const { chat } = world;
  const before = await tally(world);
  for (const fault of faults) chat.server.fail(fault);
  await chat.ask('a fox --model qwen-image');
  await allClosed(before, world);
  expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 1, statuses: 1 });
  expect(chat.newestStatus()).toMatch(/Done/u);
  expect(chat.server.violations).toEqual([]);
});

test.each([
  {
    method: 'files.getUploadURLExternal',
    error: 'storage_limit_reached',
    ends: /storage is full/u,
  },
  { method: share, error: 'restricted_action', ends: /does not let Easel post/u },
  { method: share, error: 'not_in_channel', ends: /not in this channel/u },
])('when $method is refused ($error), the one card says why', async ({ method, error, ends }) => {
  const { chat } = world;
  const before = await tally(world);
  chat.server.fail({ method, error });
  await chat.ask('a fox --model qwen-image');
  await allClosed(before, world);
  expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
  expect(chat.newestStatus()).toMatch(/No picture/u);
  expect(chat.newestStatus()).toMatch(ends);
});

test.each(['x', '&', '🦊 '])('a prompt of 5,999 characters (%s) fits everywhere', async (unit) => {
  const { chat, sandbox } = world;
  const before = await tally(world);
  const prompt = unit.repeat(6000).slice(0, 5998).trim();
  await chat.ask(`${prompt} --model qwen-image`);
  await allClosed(before, world);
  expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 1, statuses: 1 });
  expect(sandbox.journal.submits.at(-1)?.input).toMatchObject({ prompt });
  expect(chat.server.violations).toEqual([]);
});

test('a picture comes although somebody deleted the card', async () => {
  const before = await tally(world);
  await holdAtFal(world, 1000, () => world.chat.ask('a fox --model qwen-image'));
  await deleteCard();
  await allClosed(before, world);
  expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 1, statuses: 0 });
});

test('a failure is told anew where somebody deleted the card', async () => {
  const { chat, sandbox } = world;
  const before = await tally(world);
  sandbox.faults.add({ kind: 'job-fails' });
  await holdAtFal(world, 1000, () => chat.ask('a fox --model qwen-image'));
  await deleteCard();
  await allClosed(before, world);
  expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
  expect(chat.newestStatus()).toMatch(/No picture/u);
});

test.each(['channel_not_found', 'is_archived', 'account_inactive'])(
  'when all calls are refused (%s) meanwhile, the job ends and Easel lives',
  async (error) => {
    const { chat } = world;
    const before = await tally(world);
    await holdAtFal(world, 600, () => chat.ask('a fox --model qwen-image'));
    const methods = [update, post, share, 'conversations.history', 'conversations.join'];
    for (const method of methods) chat.server.fail({ method, error, times: Infinity });
    await allClosed(before, world);
    expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
  },
);

test('strangers cannot stop a picture and are told so alone; pressing twice stops once', async () => {
  const { chat, sandbox } = world;
  const { server } = chat;
  const before = await tally(world);
  const cancels = sandbox.journal.cancels.length;
  sandbox.faults.add({ kind: 'stuck-in-queue' });
  await chat.ask('a snail --model qwen-image');
  await waitFor('a place in line', () => chat.newestStatus().includes('in line'));
  const cancel = { channelId: server.channelId, ts: newestCard().ts, label: 'Cancel' };
  await server.pressButton({ ...cancel, user: server.otherUserId });
  await waitFor('a private word', () => chat.privateTexts().length > before.privately);
  expect(chat.privateTexts().at(-1)).toMatch(/Only the person who asked/u);
  expect(server.ephemerals(server.channelId).at(-1)?.userId).toBe(server.otherUserId);
  expect(sandbox.journal.cancels).toHaveLength(cancels);

  await Promise.all([server.pressButton(cancel), server.pressButton(cancel)]);
  await allClosed(before, world);
  expect(chat.newestStatus()).toMatch(/Stopped/u);
  expect(await since(before, world)).toMatchObject({ submits: 1, deliveries: 0, statuses: 1 });
});

test.each([
  { when: 'by the command’s own address', faults: [] },
  { when: 'in a message to them', faults: [{ method: 'response_url', status: 500 }] },
])(
  'in a private channel without Easel nothing is paid and one is told $when',
  async ({ faults }) => {
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
  },
);

test('after all of it Easel has met no bug, logged no token, and ends when told to', async () => {
  const { server } = world.chat;
  expect(await world.easel.stop()).toBe(0);
  expect(findBugs(world)).toEqual([]);
  expect(world.easel.output().stderr).not.toContain(server.botToken);
  expect(world.easel.output().stderr).not.toContain(server.appToken);
});

function newestCard(): SlackMessage {
  const { server } = world.chat;
  const found = server
    .messages(server.channelId)
    .findLast(({ fromBot, files }) => fromBot && files.length === 0);
  if (!found) throw new Error('there is no card');
  return found;
}

async function deleteCard(): Promise<void> {
  const { apiUrl, channelId, botToken } = world.chat.server;
  const answer = await fetch(`${apiUrl}chat.delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}` },
    body: new URLSearchParams({ channel: channelId, ts: newestCard().ts }),
  });
  expect(await answer.json()).toMatchObject({ ok: true });
}
