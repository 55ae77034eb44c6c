import { describe, expect, test } from 'vitest';
import { correct } from '../../../src/transcripts/correct.ts';
import { findNearWords } from '../../../src/transcripts/find-near-words.ts';
import { parseCorrection } from '../../../src/transcripts/parse-correction.ts';
import { textOf } from '../../../src/transcripts/transcript.ts';
import { makeSegments, makeTranscript } from './make-transcript.ts';
import { createRandom, randomText } from './random.ts';

describe('what people write', () => {
  test.each([
    'Kowalski, not Kovalsky',
    'Kowalski, not Kovalsky.',
    'it’s Kowalski, not Kovalsky!',
    'Kowalski — not Kovalsky, please',
    'It should be Kowalski, not Kovalsky',
    'Her last name is Kowalski, not “Kovalsky”',
    'I said Kowalski (not Kovalsky)',
    'not Kovalsky but Kowalski',
    'It’s not Kovalsky, but Kowalski',
    'Kovalsky → Kowalski',
    'Kovalsky->Kowalski',
    'Kovalsky => Kowalski',
    's/Kovalsky/Kowalski/',
    's/Kovalsky/Kowalski/g',
    'Kovalsky should be Kowalski',
    '“Kovalsky” should have been „Kowalski”',
    '  \'Kovalsky\'   ->  "Kowalski"  ',
  ])('%j', (words) => {
    expect(parseCorrection(words)).toEqual([{ right: 'Kowalski', wrong: 'Kovalsky' }]);
  });

  test.each([
    ['red, not blue', [['red', 'blue']]],
    ['fal.ai, not fall A.I', [['fal.ai', 'fall A.I']]],
    ['東京 → 京都', [['京都', '東京']]],
    ['New York, NY, not Newark', [['New York, NY', 'Newark']]],
    [
      'Kovalsky → Kowalski; Lodz → Łódź\n\nEasle should be Easel',
      [
        ['Kowalski', 'Kovalsky'],
        ['Łódź', 'Lodz'],
        ['Easel', 'Easle'],
      ],
    ],
  ])('%j', (words, pairs) => {
    expect(parseCorrection(words)).toEqual(pairs.map(([right, wrong]) => ({ right, wrong })));
  });

  test.each([
    '',
    'thanks!',
    'make it night',
    'it should be brighter',
    'not bad',
    'a → b → c',
    'Kovalsky → ',
    'Same, not Same',
    '!!, not ??',
    'Kovalsky → Kowalski\nthanks a lot',
    `${'x'.repeat(81)}, not y`,
  ])('%j is no correction', (words) => expect(parseCorrection(words)).toBeUndefined());
});

const text = (...lines: readonly string[]) => makeTranscript({ segments: makeSegments(...lines) });
const mend = (heard: string, words: string) => {
  const { transcript, places } = correct(text(`0-1|${heard}`), parseCorrection(words)!);
  return `${places.join(',')} ${textOf(transcript)}`;
};

describe('a correction', () => {
  test.each([
    [
      'Kovalsky met Kovalskyów and a kovalsky.',
      'Kovalsky → Kowalski',
      '2 Kowalski met Kovalskyów and a Kowalski.',
    ],
    [
      "Kovalsky's, Kovalsky’s (Kovalsky)!",
      'Kovalsky → Kowalski',
      "3 Kowalski's, Kowalski’s (Kowalski)!",
    ],
    ['KOVALSKY! Kovalsky-Smith', 'Kovalsky → Kowalski', '2 KOWALSKI! Kowalski-Smith'],
    ['Recieve it, recieve it', 'recieve → receive', '2 Receive it, receive it'],
    ['NASSA and Nassa', 'NASSA → NASA', '2 NASA and NASA'],
    ['easel, Easel, easels, EASEL', 'easel → Easel', '1 Easel, Easel, easels, EASEL'],
    ['York and New  York', 'York → New York', '1 New York and New  York'],
    ['Anna saw Bob', 'Anna → Bob; Bob → Anna', '1,1 Bob saw Anna'],
    ['żółw Żółw zażółw', 'Żółw → Łódź', '2 Łódź Łódź zażółw'],
    ['Lo\u0301dz\u0301 i Łódź', 'Lódź → Łódź', '1 Łódź i Łódź'],
    ['cafe\u0301', 'cafe → tea', '0 cafe\u0301'],
    ['東京はOpenAIの東京です', '東京 → 京都; OpenAI → fal', '2,1 京都はfalの京都です'],
    ['مرحبا بكم', 'مرحبا → أهلا', '1 أهلا بكم'],
    ['👍 C++ and c++!', 'C++ → Rust', '2 👍 Rust and Rust!'],
    ['don’t', "don't → do not", '1 do not'],
    ['cost $1 now', '$1 → $& $1', '1 cost $& $1 now'],
    ['nothing here', 'Kovalsky → Kowalski', '0 nothing here'],
  ])('of %j by %j', (heard, words, expected) => expect(mend(heard, words)).toBe(expected));

  test('goes over the edges of segments; times stay', () => {
    const heard = text('0-1|in new', '1-2| yolk is', '2-3| new', '3-4| yolk', '4-5|.');
    const corrected = correct(heard, [{ right: 'New York', wrong: 'new yolk' }]);
    expect(corrected.places).toEqual([2]);
    expect(corrected.transcript.segments).toEqual(
      makeSegments('0-1|in New', '1-2| York is', '2-3| New', '3-4| York', '4-5|.'),
    );
  });

  test('of several words to fewer gives their time to the first', () => {
    const heard = text('0-1|See', '1-2| fall', '2-3| A', '3-4| I,', '4-5| now');
    const corrected = correct(heard, [{ right: 'fal.ai', wrong: 'fall A I' }]);
    expect(corrected.transcript.segments).toEqual(
      makeSegments('0-1|See', '1-4| fal.ai,', '4-5| now'),
    );
    const whole = correct(text('0-1|fall', '1-2| A'), [{ right: 'fal.ai', wrong: 'fall A' }]);
    expect(whole.transcript.segments).toEqual(makeSegments('0-2|fal.ai'));
  });

  test('changes nothing else, wherever segments are cut', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const random = createRandom(seed);
      const source = randomText(random, 80).text;
      const pieces = source.match(/.{1,7}/gsu) ?? [];
      const heard = makeTranscript({ segments: pieces.map((piece) => ({ text: piece })) });
      const pairs = [
        ['the Kowalski’s', 'X'],
        ['نعم', 'X y z'],
        ['コーヒー', '茶'],
        ['a', 'an'],
      ] as const;
      for (const [wrong, right] of pairs) {
        const { transcript, places } = correct(heard, [{ wrong, right }]);
        const whole = correct(makeTranscript({ segments: [{ text: source }] }), [{ wrong, right }]);
        expect(textOf(transcript), `seed ${seed}`).toBe(textOf(whole.transcript));
        expect(places).toEqual(whole.places);
        expect(places[0] === 0).toBe(textOf(transcript) === source);
      }
    }
  });
});

test('a near miss is suggested', () => {
  const heard = text('0-1|Mr. Kovalski met Kowalsky, then Kovalski spoke of fal AI.');
  expect(findNearWords(heard, 'Kovalsky')).toEqual(['Kovalski', 'Kowalsky']);
  expect(findNearWords(heard, 'fal.AI')).toEqual(['fal AI']);
  expect(findNearWords(heard, 'elephant')).toEqual([]);
});
