import { expect, test } from 'vitest';
import { createMemoryGate } from '../../src/pictures/take-in/memory-gate.ts';

const later = () => Promise.withResolvers<void>();
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what fits runs side by side; the next waits for room', async () => {
  const gate = createMemoryGate(10);
  const [one, two] = [later(), later()];
  const begun: string[] = [];
  const run = (name: string, bytes: number, until: Promise<void>) =>
    gate.run(bytes, () => {
      begun.push(name);
      return until;
    });
  const all = [run('a', 6, one.promise), run('b', 4, two.promise), run('c', 1, Promise.resolve())];
  await settle();
  expect(begun).toEqual(['a', 'b']);
  two.resolve();
  await Promise.all(all.slice(1));
  expect(begun).toEqual(['a', 'b', 'c']);
  one.resolve();
  await Promise.all(all);
});

test('a large one is not overtaken for ever by small ones', async () => {
  const gate = createMemoryGate(10);
  const first = later();
  const begun: string[] = [];
  const note = (name: string) => async () => void begun.push(name);
  const all = [
    gate.run(5, () => first.promise),
    gate.run(10, note('large')),
    gate.run(1, note('small')),
  ];
  await settle();
  expect(begun).toEqual([]);
  first.resolve();
  await Promise.all(all);
  expect(begun).toEqual(['large', 'small']);
});

test('what fails gives its room back, and more than there is gets all of it', async () => {
  const gate = createMemoryGate(10);
  await expect(gate.run(99, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await gate.run(99, async () => 'done')).toBe('done');
});
