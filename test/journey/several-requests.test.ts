/** More than one request can make: one wish, several requests, one delivery, each paid once. */
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { waitFor, type TestChat } from '../support/chats/chat.ts';
import { CHATS, HURRIED_PACE, startWorld, type ChatName, type World } from '../support/world.ts';

const preload = fileURLToPath(new URL('../support/kill-after-write.ts', import.meta.url));
/** qwen-image makes four at a time. */
const ASKED = 'six swans --model qwen-image --count 6 --seed 40';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function deliveredFiles(chat: TestChat): Promise<number> {
  const deliveries = await waitFor(
    'a delivery',
    async () => {
      const found = await chat.deliveries();
      return found.length > 0 && found;
    },
    40_000,
  );
  await waitFor('the last word', () => /Done|For /u.test(chat.statusTexts().at(-1) ?? ''));
  expect(deliveries).toHaveLength(1);
  return deliveries.flatMap(({ files }) => files).length;
}

describe.each(Object.keys(CHATS) as ChatName[])('on %s', (name) => {
  test('six pictures of a model that makes four come as one delivery, with seeds one apart', async () => {
    const started = await startWorld(await CHATS[name](), { pace: HURRIED_PACE });
    world = started;
    const { chat, sandbox } = started;
    await chat.ask(ASKED);
    expect(await deliveredFiles(chat)).toBe(6);
    expect(sandbox.journal.submits.map(({ input }) => input)).toEqual(
      expect.arrayContaining([
        { prompt: 'six swans', num_images: 4, seed: 40 },
        { prompt: 'six swans', num_images: 2, seed: 41 },
      ]),
    );
    expect(sandbox.journal.submits).toHaveLength(2);
    expect(chat.statusCount()).toBe(1);
    expect(chat.problems()).toEqual([]);
  });

  test('Cancel stops every one of them', async () => {
    const pace = { positions: 50, waitMs: 5000 };
    const started = await startWorld(await CHATS[name](), { pace });
    world = started;
    const { chat, sandbox } = started;
    await chat.ask(ASKED);
    await waitFor('both in line', () => sandbox.journal.submits.length === 2);
    await chat.press('Cancel');
    await waitFor('the end', () => chat.statusTexts().at(-1)?.includes('Stopped'));
    expect(sandbox.journal.cancels).toHaveLength(2);
    expect(await chat.deliveries()).toEqual([]);
  });
});

/** Regular expressions over a write's SQL and values: the write after which the process dies. */
const WRITES = {
  'the parts were accepted': '#2',
  'the gathering began': '"state":"gathering"',
  'the first request id was noted': '"state":"submitted"',
  'the first result was stored': '"state":"finished"',
  'the first files were fetched': '"state":"fetched"',
  'everything was gathered': '"made":6,.*"state":"fetched"|"state":"fetched".*"made":6,',
};

describe('on the web, killed right after', () => {
  test.each(Object.entries(WRITES))('%s', async (_, pattern) => {
    const started = await startWorld(await CHATS.web(), {
      pace: HURRIED_PACE,
      env: { KILL_AFTER: pattern },
      preload,
    });
    world = started;
    const { chat, sandbox, easel } = started;
    await chat.ask(ASKED);
    expect(await easel.ended).toMatchObject({ signal: 'SIGKILL' });
    await started.restart({ FAL_LOOK_BACK_SECONDS: '2' });
    await waitFor(
      'the end',
      () => /Done|For |Nobody|brought nothing/u.test(chat.statusTexts().at(-1) ?? ''),
      40_000,
    );
    expect(await deliveredFiles(chat)).toBeGreaterThanOrEqual(2);
    // What may have been sent when the process died is looked up, and never sent twice.
    const seeds = sandbox.journal.submits.map(({ input }) => (input as { seed: number }).seed);
    expect(new Set(seeds).size).toBe(seeds.length);
  });
});

test('where one of the requests fails, the others are delivered and the loss is said', async () => {
  const started = await startWorld(await CHATS.web(), { pace: HURRIED_PACE });
  world = started;
  const { chat, sandbox } = started;
  sandbox.faults.add({ kind: 'job-fails' });
  await chat.ask(ASKED);
  expect([2, 4]).toContain(await deliveredFiles(chat));
  expect(chat.statusTexts().at(-1)).toContain('1 of 2 requests brought nothing.');
});

test('where all of them fail, why is said once', async () => {
  const started = await startWorld(await CHATS.web(), { pace: HURRIED_PACE });
  world = started;
  const { chat, sandbox } = started;
  sandbox.faults.add({ kind: 'job-fails', times: 2 });
  await chat.ask(ASKED);
  await waitFor('the end', () => chat.statusTexts().at(-1)?.includes('No picture'));
  expect(await chat.deliveries()).toEqual([]);
});
