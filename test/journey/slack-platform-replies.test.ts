/**
 * Replies to pictures on Slack, through the whole bot: fal is given the right pictures in the right
 * order, and one result comes into the right thread.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import type { SentMessage, SlackMessage } from '../support/slack/slack-types.ts';
import { findBugs } from './chat-faults-rig.ts';
import {
  cards,
  draw,
  expectNoProblems,
  lookAt,
  makes,
  plain,
  promptsAt,
  results,
  seenByFal,
  startSlackWorld,
  type SlackWorld,
} from './slack-pictures-rig.ts';

let world: SlackWorld;
beforeAll(async () => {
  world = await startSlackWorld('socket', { botInChannels: ['private'] });
});
afterEach(() => expectNoProblems(world));
afterAll(() => world.close());

const red = await plain('red.png', '#c00');
const green = await plain('green.png', '#0c0');
const blue = await plain('blue.png', '#00c');
const hat = await plain('hat.png', '#cc0');
const scarf = await plain('scarf.png', '#0cc');

interface Outcome {
  readonly seen: readonly string[][];
  readonly prompts: readonly unknown[];
  readonly posted: readonly SlackMessage[];
}

/** Does something and tells what fal saw and what was posted since. */
async function outcomeOf(act: () => Promise<unknown>, channelId?: string): Promise<Outcome> {
  const from = world.sandbox.journal.submits.length;
  const before = results(world, channelId).length;
  await makes(world, act);
  return {
    seen: await seenByFal(world, from),
    prompts: promptsAt(world, from),
    posted: results(world, channelId).slice(before),
  };
}

/** Says something that mentions Easel, in a channel. */
function say(text: string, sent: Omit<SentMessage, 'text'> = {}): Promise<string> {
  return world.chat.server.sendMessage({ text, mentionsBot: true, ...sent });
}

function post(text: string): Promise<string> {
  return world.chat.server.sendMessage({ text, files: [red, green, blue] });
}

function expectOne(outcome: Outcome, thread: string): void {
  expect(outcome.posted.map(({ threadTs }) => threadTs)).toEqual([thread]);
  expect(outcome.posted[0]?.files).toHaveLength(1);
}

test('below a picture of Easel’s the newest one is changed, step by step', async () => {
  const { card, result } = await draw(world);
  const threadTs = card.ts;
  const night = await outcomeOf(() => say('make it night', { threadTs }));
  expect(night.seen).toEqual([await lookAt(result.files)]);
  expect(night.prompts).toEqual(['make it night']);
  expectOne(night, threadTs);
  const snow = await outcomeOf(() => say('and let it snow', { threadTs }));
  expect(snow.seen).toEqual([await lookAt(night.posted[0]?.files ?? [])]);
  expectOne(snow, threadTs);
});

test('below somebody’s own picture that one is changed', async () => {
  const root = await world.chat.server.sendMessage({ text: 'my wall', files: [red] });
  const outcome = await outcomeOf(() => say('make it brick', { threadTs: root }));
  expect(outcome.seen).toEqual([await lookAt([red])]);
  expect(outcome.prompts).toEqual(['make it brick']);
  expectOne(outcome, root);
});

test('below a forwarded picture that one is changed, in the thread of the forward', async () => {
  const { server } = world.chat;
  const channelId = server.privateChannelId;
  const ts = await server.sendMessage({ channelId, text: 'ours', files: [green] });
  const root = await server.sendMessage({ text: 'see', forwards: { channelId, ts } });
  const outcome = await outcomeOf(() => say('bluer', { threadTs: root }));
  expect(outcome.seen).toEqual([await lookAt([green])]);
  expectOne(outcome, root);
});

describe('a message with three pictures', () => {
  test('and a number in front of the words: that one', async () => {
    const root = await post('three');
    const outcome = await outcomeOf(() => say('2: make it night', { threadTs: root }));
    expect(outcome.seen).toEqual([await lookAt([green])]);
    expect(outcome.prompts).toEqual(['make it night']);
    expectOne(outcome, root);
  });

  test('and no number: buttons for who asked, and one job however often they are pressed', async () => {
    const { server } = world.chat;
    const root = await post('three more');
    const submits = world.sandbox.journal.submits.length;
    const told = server.ephemerals(server.channelId).length;
    await say('make it night', { threadTs: root });
    const question = await server.waitFor(() => server.ephemerals(server.channelId)[told]);
    expect(question).toMatchObject({ userId: server.userId, threadTs: root });
    expect(question.buttons.map(({ label }) => label)).toEqual(['1', '2', '3', 'All together']);
    expect(world.sandbox.journal.submits).toHaveLength(submits);
    const press = { channelId: server.channelId, ts: question.ts, label: '3' };
    await server.pressButton({ ...press, user: server.otherUserId });
    await waitFor('a refusal', () => server.ephemerals(server.channelId)[told + 1]);
    expect(world.sandbox.journal.submits).toHaveLength(submits);
    const outcome = await outcomeOf(() =>
      Promise.all([server.pressButton(press), server.pressButton(press)]),
    );
    expect(outcome.seen).toEqual([await lookAt([blue])]);
    expect(outcome.prompts).toEqual(['make it night']);
    expectOne(outcome, root);
  });
});

test('two more attachments go along behind the picture, in their order', async () => {
  const { card, result } = await draw(world, 'a cat');
  const outcome = await outcomeOf(() =>
    say('put this hat and this scarf on her', { threadTs: card.ts, files: [hat, scarf] }),
  );
  expect(outcome.seen).toEqual([await lookAt([...result.files, hat, scarf])]);
  expectOne(outcome, card.ts);
});

test('in a direct message a thread needs no mention', async () => {
  const { server } = world.chat;
  const channelId = server.dmChannelId;
  const { card, result } = await draw(world, 'a dog', channelId);
  const outcome = await outcomeOf(
    () => server.sendMessage({ channelId, text: 'make it night', threadTs: card.ts }),
    channelId,
  );
  expect(outcome.seen).toEqual([await lookAt(result.files)]);
  expectOne(outcome, card.ts);
});

test('a thread without any picture is where something new is drawn', async () => {
  const { server } = world.chat;
  const root = await server.sendMessage({ text: 'what shall we draw?' });
  const outcome = await outcomeOf(() => say('a lighthouse', { threadTs: root }));
  expect(outcome.seen).toEqual([[]]);
  expect(outcome.prompts).toEqual(['a lighthouse']);
  expectOne(outcome, root);
});

test('a link in /edit leads to the picture behind it, for who may see that', async () => {
  const { server } = world.chat;
  const channelId = server.privateChannelId;
  const ts = await server.sendMessage({ channelId, text: 'ours', files: [blue] });
  const text = `make it night --link ${server.linkTo(channelId, ts)}`;
  const outcome = await outcomeOf(() => server.runCommand({ command: '/edit', text }));
  expect(outcome.seen).toEqual([await lookAt([blue])]);
  const submits = world.sandbox.journal.submits.length;
  const told = server.ephemerals(server.channelId).length;
  await server.runCommand({ command: '/edit', text, user: server.newcomerUserId });
  const refusal = await server.waitFor(() => server.ephemerals(server.channelId)[told]);
  expect(refusal.text).toMatch(/no message behind that link/u);
  expect(world.sandbox.journal.submits).toHaveLength(submits);
});

test('“Edit picture” in a message’s menu changes it in its thread, with what the form was given', async () => {
  const { server } = world.chat;
  const root = await server.sendMessage({ text: 'my wall', files: [red, green] });
  await server.messageShortcut({ callbackId: 'edit', channelId: server.channelId, ts: root });
  const form = await server.waitFor(() => server.openViews[0]);
  const outcome = await outcomeOf(() =>
    server.submitView({
      viewId: form.id,
      values: { prompt: 'a hat on it', number: '2', image: [hat] },
    }),
  );
  expect(outcome.seen).toEqual([await lookAt([green, hat])]);
  expect(outcome.prompts).toEqual(['a hat on it']);
  expectOne(outcome, root);
});

test('a model that works from pictures alone may be chosen in the form', async () => {
  const { server } = world.chat;
  const channelId = server.channelId;
  const root = await server.sendMessage({ text: 'my wall', files: [blue] });
  await server.messageShortcut({ callbackId: 'edit', channelId, ts: root });
  const form = await server.waitFor(() => server.openViews[0]);
  const values = { prompt: 'make it brick', model: 'fal-ai/qwen-image-edit' };
  const from = world.sandbox.journal.submits.length;
  const outcome = await outcomeOf(() => server.submitView({ viewId: form.id, values }));
  expect(world.sandbox.journal.submits[from]?.endpoint).toBe('fal-ai/qwen-image-edit');
  expect(outcome.seen).toEqual([await lookAt([blue])]);
  expectOne(outcome, root);
});

test('below another app’s picture from elsewhere one is told what to do, and nothing is paid', async () => {
  const { server } = world.chat;
  const image = { type: 'image', image_url: 'https://example.com/cat.png', alt_text: 'a cat' };
  const root = server.postAsApp({ text: 'cats', blocks: [image] });
  const outcome = await outcomeOf(() => say('bluer', { threadTs: root }));
  expect(outcome).toEqual({ seen: [], prompts: [], posted: [] });
  const card = cards(world).at(-1);
  expect(card?.threadTs).toBe(root);
  expect(card?.text).toMatch(/“a cat” is not kept in Slack itself/u);
});

test('“Edit picture” works in a public channel that Easel was not in', async () => {
  const { server } = world.chat;
  const channelId = server.publicChannelId;
  const ts = await server.sendMessage({ channelId, text: 'our wall', files: [red] });
  await server.messageShortcut({ callbackId: 'edit', channelId, ts });
  const form = await server.waitFor(() => server.openViews[0]);
  const values = { prompt: 'make it brick' };
  const outcome = await outcomeOf(() => server.submitView({ viewId: form.id, values }), channelId);
  expect(outcome.seen).toEqual([await lookAt([red])]);
  expectOne(outcome, ts);
});

test('without a mention a reply costs nothing until an admin wants any reply answered', async () => {
  const { server } = world.chat;
  const { card, result } = await draw(world, 'a bird');
  const submits = world.sandbox.journal.submits.length;
  const reply = { text: 'make it night', threadTs: card.ts };
  const told = () => server.ephemerals(server.channelId);
  const before = told().length;
  await server.sendMessage(reply);
  await server.runCommand({ command: '/settings', text: '--replies any' });
  await server.waitFor(() => told()[before]);
  expect(told()[before]?.text).toMatch(/Only a moderator/u);
  const admin = { command: '/settings', text: '--replies any', user: server.adminUserId };
  await server.runCommand(admin);
  await server.waitFor(() => told()[before + 1]);
  expect(told()[before + 1]?.text).toMatch(/Any reply/u);
  expect(world.sandbox.journal.submits).toHaveLength(submits);
  const outcome = await outcomeOf(() => server.sendMessage(reply));
  expect(outcome.seen).toEqual([await lookAt(result.files)]);
  expectOne(outcome, card.ts);
});

test('after all of it Easel has met no bug', () => expect(findBugs(world)).toEqual([]));
