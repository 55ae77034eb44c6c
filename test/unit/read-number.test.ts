import { expect, test } from 'vitest';
import { readNumber } from '../../src/pictures/edit-pictures.ts';

test.each([
  '2: make it night',
  '2 : make it night',
  '2) make it night',
  '#2 make it night',
  '#2: make it night',
  '#2. make it night',
  'picture 2: make it night',
  'Image #2: make it night',
  '  pic 2: make it night',
])('“%s” means the second picture', (prompt) => {
  expect(readNumber(prompt, 3)).toEqual({ words: 'make it night', number: 2 });
});

test.each([
  '4: make it night',
  '0: make it night',
  '2:make it night',
  '2:',
  '2',
  '#2',
  '2 boats',
  '12:30 on the clock',
  '2.5: strange',
  'make it 2: night',
  '#22 nights',
])('“%s” is all words', (prompt) => {
  expect(readNumber(prompt, 3)).toEqual({ words: prompt, number: undefined });
});
