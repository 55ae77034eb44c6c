import { describe, expect, test } from 'vitest';
import { matchSentence } from '../../../src/voices/match-sentence.ts';
import { makeSentence, type Allowance } from '../../../src/voices/sentence.ts';
import { toNumberWords } from '../../../src/voices/number-words.ts';
import { toSpokenWords } from '../../../src/voices/spoken-words.ts';

const SENTENCE = {
  text: 'I am reading this out in my own voice. I allow Easel to imitate my voice under the name Anna, for everybody in this channel, for thirty days. On Thursday the quiet baker carried seven golden lanterns. Later an orange river and a clever penguin were left near the castle. I can take this back at any time.',
  words:
    'Thursday quiet baker carried seven golden lanterns orange river clever penguin castle'.split(
      ' ',
    ),
};
const swap = (...pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`“${from}” is not there`);
    return text.replace(from, to);
  }, SENTENCE.text);

describe('a reading is recognised', () => {
  test.each([
    ['as it stands', SENTENCE.text],
    ['in capitals, without marks', SENTENCE.text.toUpperCase().replaceAll(/[.,]/gu, '')],
    ['with numbers in digits', swap(['thirty', '30'], ['seven', '7'])],
    ['with short forms', swap(['I am', "I'm"])],
    ['with a curly one', swap(['I am', 'I’m'])],
    ['with what one says while reading', swap(['On Thursday', 'Um, okay, on, uh, Thursday'])],
    ['with a word of the name misheard', swap(['Anna', 'Ana'])],
    ['with its own name misheard', swap(['Easel', 'Diesel'])],
    ['with small slips', swap(['lanterns', 'lantern'], ['imitate', 'imitates'], ['left', 'laid'])],
    ['with words misheard', swap(['golden', 'olden'], ['quiet', 'quite'], ['castle', 'hassle'])],
    ['with two random words missing', swap(['orange river', 'river'], ['the castle', 'it'])],
    ['with a false start', `I am reading, I am reading this out. ${SENTENCE.text.slice(39)}`],
    ['with what is added at the end', `${SENTENCE.text} Thank you for watching.`],
    ['with accents and other letters', swap(['Anna', 'Änná'], ['any time', 'anytime'])],
    ['broken into lines', SENTENCE.text.replaceAll('. ', '.\n\n')],
  ])('%s', (_, transcript) => {
    expect(matchSentence(SENTENCE, transcript)).toStrictEqual({ isSame: true });
  });
});

describe('another text is none', () => {
  test.each([
    ['nothing', '   ', 'Nothing was heard'],
    ['marks alone', '…', 'Nothing was heard'],
    [
      'something else',
      'Good morning, this is a note about the meeting.',
      'What the sentence allows',
    ],
    ['the opposite', swap(['I allow', 'I do not allow']), 'says something else'],
    ['the opposite, short', swap(['I allow', "I don't allow"]), 'says something else'],
    ['never', swap(['I allow', 'I never allow']), 'says something else'],
    ['a refusal behind it', `${SENTENCE.text} No, I refuse.`, 'says something else'],
    ['without what is allowed', swap(['I allow Easel to imitate my voice', 'Hello']), 'allows'],
    [
      'the half of it',
      SENTENCE.text.slice(0, SENTENCE.text.indexOf('On Thursday')),
      'not the words of this sentence',
    ],
    [
      'the words alone',
      `I allow imitate voice ${SENTENCE.words.join(' ')}`,
      'Too many words are different',
    ],
    ['far too much', `${SENTENCE.text} ${'and so on '.repeat(200)}`, 'far more'],
    ['as many words again', `${SENTENCE.text} ${'hello '.repeat(30)}`, 'Too many words'],
  ])('%s', (_, transcript, reason) => {
    const match = matchSentence(SENTENCE, transcript);
    expect(match.isSame ? '' : match.reason).toContain(reason);
  });

  test('an earlier sentence of the same person, for the same voice', () => {
    const allowance: Allowance = { name: 'Anna', scope: 'channel', days: 30 };
    for (let round = 0; round < 60; round += 1) {
      const [old, fresh] = [makeSentence(allowance), makeSentence(allowance)];
      expect(matchSentence(fresh, old.text), `${old.text} / ${fresh.text}`).toMatchObject({
        isSame: false,
      });
    }
  });
});

describe('a sentence', () => {
  const allowances: readonly Allowance[] = [
    { name: 'Anna', scope: 'me', days: 1 },
    { name: 'R2-D2_old one', scope: 'everyone', days: 365 },
    { name: 'Анна', scope: 'channel', days: 30 },
  ];

  test.each(allowances)('for $name says what is allowed and takes long to read', (allowance) => {
    const { text, words } = makeSentence(allowance);
    expect(text).toContain(`imitate my voice under the name ${allowance.name},`);
    const { length } = text.split(' ');
    expect(length).toBeGreaterThanOrEqual(50);
    expect(length).toBeLessThanOrEqual(66);
    expect(new Set(words).size).toBe(12);
    for (const word of words) expect(text).toMatch(new RegExp(`\\b${word}\\b`, 'u'));
    expect(matchSentence({ text, words }, text)).toStrictEqual({ isSame: true });
    expect(text).not.toMatch(/\ba [aeiou]|\ban [^aeiou]/u);
  });

  test('is never the same, and every word is one that is compared as it is', () => {
    const many = Array.from({ length: 200 }, () =>
      makeSentence({ name: 'Anna', scope: 'me', days: 30 }),
    );
    expect(new Set(many.map(({ text }) => text)).size).toBe(200);
    const words = new Set(many.flatMap((one) => one.words));
    expect(words.size).toBeGreaterThan(80);
    for (const word of words) expect(toSpokenWords(word)).toStrictEqual([word.toLowerCase()]);
  });
});

test.each([
  [0, 'zero'],
  [7, 'seven'],
  [13, 'thirteen'],
  [30, 'thirty'],
  [45, 'forty five'],
  [100, 'one hundred'],
  [365, 'three hundred sixty five'],
  [1000, '1000'],
])('%i is “%s”', (value, words) => {
  expect(toNumberWords(value)).toBe(words);
});
