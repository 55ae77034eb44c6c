/** Buttons of results on Slack, through the whole bot: for months, for everybody, each press once. */
import { fileURLToPath } from 'node:url';
import type { KnownBlock } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import type { SlackMessage } from '../support/slack/slack-types.ts';
import { createImpatientClient } from '../support/slack/web-client.ts';
import { findBugs } from './chat-faults-rig.ts';
import {
  cards,
  draw,
  expectNoProblems,
  lookAt,
  makes,
  promptsAt,
  results,
  seenByFal,
  startSlackWorld,
  type SlackWorld,
} from './slack-pictures-rig.ts';

const LATER = fileURLToPath(new URL('../support/sixty-days-later.ts', import.meta.url));
const LATER_MS = 60 * 24 * 3_600_000;

let world: SlackWorld;
let slackNow = 0;
beforeAll(async () => {
  world = await startSlackWorld('socket', {
    botInChannels: ['public'],
    now: () => Date.now() + slackNow,
  });
});
afterEach(() => expectNoProblems(world));
afterAll(() => world.close());

function press({ ts, channelId }: SlackMessage, label: string, user?: string) {
  return world.chat.server.pressButton({
    channelId,
    ts,
    label,
    ...(user !== undefined && { user }),
  });
}

/** Does something and resolves with what one person alone was told next. */
async function toldBy(act: () => Promise<unknown>, channelId = world.chat.server.channelId) {
  const { server } = world.chat;
  const { length } = server.ephemerals(channelId);
  await act();
  return waitFor('a private word', () => server.ephemerals(channelId)[length]);
}

async function openBy(act: () => Promise<unknown>) {
  const { length } = world.chat.server.openViews;
  await act();
  return waitFor('a form', () => world.chat.server.openViews[length]);
}

/** Every button of a result is pressed once, and each does what it says. */
async function expectAllToWork(card: SlackMessage, result: SlackMessage): Promise<void> {
  const { server } = world.chat;
  const picture = await lookAt(result.files);
  const from = world.sandbox.journal.submits.length;
  const before = results(world).length;

  for (const label of ['Again', 'Vary', 'Upscale']) await makes(world, () => press(card, label));
  const edit = await openBy(() => press(card, 'Edit'));
  const viewId = edit.id;
  await makes(world, () => server.submitView({ viewId, values: { prompt: 'make it night' } }));
  const remix = await openBy(() => press(card, 'Remix'));
  const words = { viewId: remix.id, values: { prompt: 'a hen' } };
  await makes(world, () => server.submitView(words));

  expect(await seenByFal(world, from)).toEqual([[], picture, picture, picture, []]);
  const [again, , , edited, remixed] = promptsAt(world, from);
  expect([again, edited, remixed]).toEqual(['a fox', 'make it night', 'a hen']);
  const posted = results(world).slice(before);
  expect(posted.map(({ threadTs }) => threadTs)).toEqual(Array.from({ length: 5 }, () => card.ts));

  const details = await toldBy(() => press(card, 'Details'));
  expect(details.text).toMatch(/nano-banana-pro/u);
  const saved = await toldBy(() => press(card, 'Save'));
  expect(saved.text).toMatch(/^\*Saved\*/u);
  const [kept] = results(world, server.dmChannelId).slice(-1);
  expect(await lookAt(kept?.files ?? [])).toEqual(picture);
}

describe('the buttons of a result', () => {
  test('all work after a restart, sixty days later', async () => {
    const { card, result } = await draw(world);
    expect(card.buttons.map(({ label }) => label)).toEqual([
      'Again',
      'Vary',
      'Upscale',
      'Edit',
      'Remix',
      'Details',
      'Save',
      'Delete',
    ]);
    expect(await world.easel.stop()).toBe(0);
    slackNow = LATER_MS;
    await world.restart({}, LATER);
    await expectAllToWork(card, result);
  }, 180_000);

  test('pressed twenty times at once by two people make one job each, in the card’s thread', async () => {
    const { server } = world.chat;
    const { card } = await draw(world);
    const from = world.sandbox.journal.submits.length;
    const before = { results: results(world).length, cards: cards(world).length };
    const people = Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0 ? server.userId : server.otherUserId,
    );
    await makes(world, async () => {
      const presses = await Promise.all(people.map((user) => press(card, 'Again', user)));
      for (const { errors, acknowledgedAfterMs } of presses) {
        expect(errors).toEqual([]);
        expect(acknowledgedAfterMs).toBeLessThan(3000);
      }
    });
    await waitFor('both results', () => results(world).length === before.results + 2);
    expect(promptsAt(world, from)).toEqual(['a fox', 'a fox']);
    const opened = cards(world).slice(before.cards);
    expect(opened.map(({ threadTs }) => threadTs)).toEqual([card.ts, card.ts]);
    expect(
      results(world)
        .slice(before.results)
        .map(({ threadTs }) => threadTs),
    ).toEqual([card.ts, card.ts]);
  });

  test('replayed into another channel by somebody else do nothing there', async () => {
    const { server } = world.chat;
    const { card } = await draw(world);
    const channel = server.publicChannelId;
    const client = createImpatientClient(server, server.botToken);
    const { blocks } = card;
    const copy = { channel, text: 'x', blocks: [...blocks] as unknown as KnownBlock[] };
    const { ts } = await client.chat.postMessage(copy);
    const replayed = { ...card, channelId: channel, ts: ts ?? '' };
    const from = world.sandbox.journal.submits.length;
    for (const label of ['Again', 'Vary', 'Edit', 'Details', 'Save', 'Delete']) {
      const told = await toldBy(() => press(replayed, label, server.otherUserId), channel);
      expect(told.text).toMatch(/no such result here/u);
    }
    expect(world.sandbox.journal.submits).toHaveLength(from);
    expect(server.openViews).toEqual([]);
    expect(results(world, channel)).toEqual([]);
    expect(server.messages(server.channelId).map(({ ts }) => ts)).toContain(card.ts);
  });
});

describe('Delete', () => {
  test('is refused to a stranger, who is told so alone', async () => {
    const { server } = world.chat;
    const { card, result } = await draw(world);
    const told = await toldBy(() => press(card, 'Delete', server.otherUserId));
    expect(told).toMatchObject({
      userId: server.otherUserId,
      text: expect.stringMatching(/Only the person who asked for it, or a moderator/u) as unknown,
    });
    expect(results(world).map(({ ts }) => ts)).toContain(result.ts);
  });

  test.each(['userId', 'adminUserId'] as const)('takes the result away for %s', async (who) => {
    const { server } = world.chat;
    const { card, result } = await draw(world);
    const ids = new Set(result.files.map(({ id }) => id));
    await toldBy(() => press(card, 'Delete', server[who]));
    await waitFor('it to be gone', () => !results(world).some(({ ts }) => ts === result.ts));
    expect(server.files.filter(({ id }) => ids.has(id))).toEqual([]);
    const left = cards(world).find(({ ts }) => ts === card.ts);
    expect(left?.text).toMatch(/Deleted/u);
    expect(left?.buttons).toEqual([]);
  });
});

test('after all of it Easel has met no bug', () => expect(findBugs(world)).toEqual([]));
