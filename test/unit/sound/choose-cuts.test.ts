import { expect, test } from 'vitest';
import { chooseCuts } from '../../../src/sound/worker/choose-cuts.ts';

/** Twenty milliseconds each: so many windows that loud, one after the other. */
const record = (...parts: readonly (readonly [windows: number, power: number])[]): number[] =>
  parts.flatMap(([windows, power]) =>
    Array.from({ length: windows }, (_, at) => power * (1 + (at % 7) / 10)),
  );
const LIMITS = { shortest: 100, longest: 200 };
const [SPEECH, ROOM] = [1e6, 10];

test('a recording that is short enough is not cut', () => {
  expect(chooseCuts(record([200, SPEECH]), LIMITS)).toEqual([]);
  expect(chooseCuts([], LIMITS)).toEqual([]);
});

test.each([
  [
    'the longest silence',
    record([110, SPEECH], [10, ROOM], [20, SPEECH], [30, ROOM], [130, SPEECH]),
    155,
  ],
  [
    'the quieter of two as long',
    record([110, SPEECH], [20, ROOM], [20, SPEECH], [20, 1], [130, SPEECH]),
    160,
  ],
  [
    'the earlier of two alike',
    record([112, SPEECH], [14, ROOM], [14, SPEECH], [14, ROOM], [146, SPEECH]),
    119,
  ],
  [
    'what is near enough of a silence that begins too early',
    record([60, SPEECH], [60, ROOM], [180, SPEECH]),
    110,
  ],
  [
    'the quietest moment where nothing is silent',
    record([130, SPEECH], [5, SPEECH / 3], [165, SPEECH]),
    132,
  ],
  [
    'the quietest moment rather than a gap within a word',
    record([120, SPEECH], [2, ROOM], [40, SPEECH], [10, SPEECH / 30], [128, SPEECH]),
    167,
  ],
])('cuts in the middle of %s', (_what, powers, place) => {
  const [first] = chooseCuts(powers, LIMITS);
  expect(Math.abs((first ?? 0) - place)).toBeLessThanOrEqual(3);
});

test.each([1e-6, 1, 1e4])(
  'silence is what is silent in this recording: %d times as loud',
  (factor) => {
    const powers = record([120, SPEECH], [20, 5e4], [150, SPEECH], [20, 5e4], [150, SPEECH]);
    expect(
      chooseCuts(
        powers.map((power) => power * factor),
        LIMITS,
      ),
    ).toEqual(chooseCuts(powers, LIMITS));
    expect(chooseCuts(powers, LIMITS)[0]).toBe(130);
  },
);

test('one bang does not make silence of everything else', () => {
  const powers = record([60, SPEECH], [1, SPEECH * 1000], [60, SPEECH], [20, ROOM], [120, SPEECH]);
  expect(chooseCuts(powers, LIMITS)).toEqual([131]);
});

test('nothing but silence is cut in the middle of where it may be', () => {
  expect(chooseCuts(record([1000, 0]), LIMITS)).toEqual([150, 300, 450, 600, 750, 875]);
  expect(chooseCuts(record([300, SPEECH]).fill(SPEECH), LIMITS)).toHaveLength(1);
});

test('whatever the recording, no cut is too long, and none is a stub', () => {
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let round = 0; round < 300; round += 1) {
    const longest = 100 + Math.floor(random() * 200);
    const shortest = 1 + Math.floor(random() * longest);
    const parts = Array.from(
      { length: 30 },
      () => [1 + Math.floor(random() * 60), random() < 0.3 ? ROOM : SPEECH] as const,
    );
    const powers = record(...parts);
    const ends = [0, ...chooseCuts(powers, { longest, shortest }), powers.length];
    const lengths = ends.slice(1).map((end, index) => end - (ends[index] ?? 0));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(longest);
    const least = Math.min(shortest, Math.floor(longest / 4), powers.length);
    expect(Math.min(...lengths), `${longest} ${shortest}`).toBeGreaterThanOrEqual(least);
  }
});
