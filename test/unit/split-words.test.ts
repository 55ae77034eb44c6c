import { describe, expect, test } from 'vitest';
import { splitText } from '../../src/models/request/split-words.ts';

/** What is said, whatever lies between. */
const wordsOf = (text: string) => text.split(/\s+/u).filter((word) => word !== '');

function expectWhole(text: string, longest: number): readonly string[] {
  const pieces = splitText(text, longest);
  for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(longest);
  expect(wordsOf(pieces.join(' '))).toEqual(wordsOf(text));
  return pieces;
}

const bare = (words: string) => words.replaceAll(/\s+/gu, '');

describe('a text for a model that speaks', () => {
  test('that is short enough stays as it is, blanks and all', () => {
    expect(splitText('  One. Two. ', 12)).toEqual(['  One. Two. ']);
  });

  test('ends with a sentence where one ends within reach', () => {
    expect(splitText('One two three. Four five six. Seven.', 30)).toEqual([
      'One two three. Four five six.',
      'Seven.',
    ]);
  });

  test('ends with a paragraph rather than with a sentence', () => {
    expect(splitText('First one.\n\nSecond one. Third one.', 25)).toEqual([
      'First one.',
      'Second one. Third one.',
    ]);
  });

  test.each([
    ['in one sentence without an end', 'word '.repeat(500)],
    ['with commas only', 'so it went, and on it went, '.repeat(200)],
    ['of 30,000 characters', 'The quick brown fox jumps over the lazy dog. '.repeat(667)],
    ['in Japanese', '今日は良い天気です。明日は雨が降るでしょう。'.repeat(100)],
    ['of faces, each of two halves', '😀'.repeat(1001)],
  ])('%s loses nothing', (_, text) => {
    const pieces = splitText(text, 200);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(200);
      expect(piece.isWellFormed()).toBe(true);
    }
    expect(bare(pieces.join(''))).toBe(bare(text));
  });

  test('for a dialogue is cut between turns', () => {
    const turns = Array.from({ length: 40 }, (_, at) => `[S${(at % 2) + 1}] This is turn ${at}.`);
    const pieces = expectWhole(turns.join(' '), 200);
    for (const piece of pieces) expect(piece).toMatch(/^\[S[12]\]/u);
  });

  test('for a dialogue goes on under the same mark where a turn is too long', () => {
    const pieces = splitText(`[S1] ${'Well, you see. '.repeat(40)}[S2] (laughs) I see.`, 200);
    expect(pieces.length).toBeGreaterThan(3);
    for (const piece of pieces) {
      expect(piece.length).toBeLessThanOrEqual(200);
      expect(piece).toMatch(/^\[S[12]\]/u);
    }
    expect(pieces.at(-1)).toContain('[S2] (laughs) I see.');
    expect(pieces.join(' ').match(/Well, you see\./gu)).toHaveLength(40);
  });
});
