import { expect, test } from 'vitest';
import { createDurations } from '../../src/models/durations.ts';

test('the median of the newest ones is usual', () => {
  const durations = createDurations([
    { endpoint: 'a', seconds: 9 },
    { endpoint: 'b', seconds: 100 },
    { endpoint: 'a', seconds: 3 },
    { endpoint: 'a', seconds: 5 },
  ]);
  expect(durations.typical('a')).toBe(5);
  expect(durations.typical('b')).toBe(100);
  expect(durations.typical('c')).toBeUndefined();
});

test('what is long past counts no more', () => {
  const durations = createDurations(
    Array.from({ length: 30 }, () => ({ endpoint: 'a', seconds: 60 })),
  );
  for (let times = 0; times < 11; times += 1) durations.add('a', 2);
  expect(durations.typical('a')).toBe(2);
});
