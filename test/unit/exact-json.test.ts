import { expect, test } from 'vitest';
import { toExactInput } from '../../src/fal/exact-json.ts';
import { parseJson } from '../../src/fal/parse-json.ts';

test('a seed that no number holds reaches the wire digit by digit, as a number', () => {
  const text = JSON.stringify(toExactInput({ prompt: 'a fox', seed: '196619188014358660' }));
  expect(text).toBe('{"prompt":"a fox","seed":196619188014358660}');
  expect(parseJson(text)).toEqual({ prompt: 'a fox', seed: '196619188014358660' });
});

test.each([
  [{ seed: 7 }, '{"seed":7}'],
  [{ seed: 'random' }, '{"seed":"random"}'],
  [{ texture_seed: '99999999999999999999' }, '{"texture_seed":99999999999999999999}'],
  [{ phone: '00441632960961' }, '{"phone":"00441632960961"}'],
  [{ prompt: '196619188014358660' }, '{"prompt":"196619188014358660"}'],
])('%j is written as %s', (input, text) => {
  expect(JSON.stringify(toExactInput(input))).toBe(text);
});
