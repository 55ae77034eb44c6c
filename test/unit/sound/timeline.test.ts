import { expect, test } from 'vitest';
import { createTimeline } from '../../../src/sound/worker/timeline.ts';

const place = (origin: number, stamps: readonly (number | undefined)[]) => {
  const timeline = createTimeline(origin);
  const gaps = stamps.map((at) => timeline.place({ at, seconds: 1 }));
  return { gaps: gaps.map((gap) => Math.round(gap * 1000) / 1000), end: timeline.end };
};

/** Of pieces of a second each. */
test.each([
  { pieces: 'follow each other', stamps: [0, 1, 2], gaps: [0, 0, 0] },
  { pieces: 'have rounded stamps', stamps: [0.003, 0.998, 2.003], gaps: [0, 0, 0] },
  { pieces: 'have none', stamps: [undefined, undefined], gaps: [0, 0] },
  { pieces: 'begin early by an encoder’s delay', stamps: [-0.046, 0.954], gaps: [0, 0] },
  { pieces: 'begin late', stamps: [2, 3], gaps: [2, 0] },
  { pieces: 'begin where the clock stands', origin: 5000, stamps: [5000, 5001], gaps: [0, 0] },
  { pieces: 'leave something out', stamps: [0, 4, 5], gaps: [0, 3, 0] },
  { pieces: 'begin again, as in two files put together', stamps: [0, 1, 0, 1], gaps: [0, 0, 0, 0] },
  { pieces: 'come after an impossible silence', stamps: [0, 1e9, 1e9 + 1], gaps: [0, 0, 0] },
  { pieces: 'overlap', stamps: [0, 0.5, 1.5], gaps: [0, 0, 0] },
])('pieces that $pieces', ({ origin = 0, stamps, gaps }) => {
  const end = gaps.reduce((sum, gap) => sum + gap + 1, 0);
  expect(place(origin, stamps)).toEqual({ gaps, end });
});

test('a clock that is a little fast loses nothing, and opens a gap now and then', () => {
  const stamps = Array.from({ length: 1000 }, (_, at) => at * 1.001);
  const { gaps, end } = place(0, stamps);
  expect(end).toBeCloseTo(1001, 0);
  expect(gaps.filter((gap) => gap > 0).length).toBeLessThan(12);
});
