import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createEditBudget } from '../../src/jobs/edit-budget.ts';
import { createManualClock } from '../support/manual-clock.ts';

function makeBudget() {
  const clock = createManualClock();
  const applied: { text: string; at: number }[] = [];
  const budget = createEditBudget({ clock, log: pino({ level: 'silent' }) });
  const started = clock.now().getTime();
  const offer = (key: string, text: string, scope = 'channel') =>
    budget.offer({
      scope,
      key,
      text,
      everyMs: 1000,
      apply: async () => void applied.push({ text, at: clock.now().getTime() - started }),
    });
  return { clock, budget, applied, offer };
}

test('the first edit goes out at once, later ones keep their distance', async () => {
  const { clock, applied, offer } = makeBudget();
  offer('a', 'one');
  await clock.advance(100);
  offer('a', 'two');
  await clock.advance(2000);
  expect(applied).toEqual([
    { text: 'one', at: 0 },
    { text: 'two', at: 1000 },
  ]);
});

test('of many edits of one message only the newest is sent', async () => {
  const { clock, applied, offer } = makeBudget();
  for (const text of ['one', 'two', 'three', 'four', 'five']) {
    offer('a', text);
    await clock.advance(100);
  }
  await clock.advance(5000);
  expect(applied.map(({ text }) => text)).toEqual(['one', 'five']);
});

test('messages of one channel take turns, and none starves', async () => {
  const { clock, applied, offer } = makeBudget();
  for (let round = 0; round < 40; round += 1) {
    for (const key of ['a', 'b', 'c', 'd']) offer(key, `${key}${round}`);
    await clock.advance(250);
  }
  const counts = Map.groupBy(applied, ({ text }) => text[0]);
  expect([...counts.values()].map((edits) => edits.length)).toEqual([3, 3, 3, 2]);
  const gaps = applied.slice(1).map(({ at }, index) => at - (applied[index]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
});

test('channels do not wait for each other', async () => {
  const { clock, applied, offer } = makeBudget();
  offer('a', 'here', 'one channel');
  offer('b', 'there', 'another channel');
  await clock.advance(0);
  expect(applied).toHaveLength(2);
});

test('the same text is not sent twice in a row', async () => {
  const { clock, applied, offer } = makeBudget();
  for (let round = 0; round < 10; round += 1) {
    offer('a', 'waiting: 2');
    await clock.advance(1500);
  }
  expect(applied).toHaveLength(1);
});

test('settling drops what waits and lets the edit under way end first', async () => {
  const { clock, budget, applied, offer } = makeBudget();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  budget.offer({
    scope: 'channel',
    key: 'a',
    text: 'slow',
    everyMs: 1000,
    apply: () => promise,
  });
  offer('a', 'never');
  let isSettled = false;
  const settled = budget.settle('a').then(() => (isSettled = true));
  await clock.advance(0);
  expect(isSettled).toBe(false);
  resolve(undefined);
  await settled;
  await clock.advance(5000);
  expect(applied).toEqual([]);
});

test('an edit that fails is forgotten, and the next one goes out', async () => {
  const { clock, budget, applied, offer } = makeBudget();
  budget.offer({
    scope: 'channel',
    key: 'a',
    text: 'fails',
    everyMs: 1000,
    apply: () => Promise.reject(new Error('no')),
  });
  offer('a', 'two');
  await clock.advance(1000);
  expect(applied.map(({ text }) => text)).toEqual(['two']);
});

test('after a stop nothing is sent any more', async () => {
  const { clock, budget, applied, offer } = makeBudget();
  offer('a', 'one');
  await clock.advance(10);
  offer('a', 'two');
  budget.stop();
  offer('b', 'three');
  await clock.advance(5000);
  expect(applied.map(({ text }) => text)).toEqual(['one']);
});
