import { expect, test } from 'vitest';
import {
  findDrift,
  toLanguageCode,
  wordLanguage,
  wordLanguages,
} from '../../../src/transcripts/word-language.ts';

test.each([
  ['pl', 'pl', 'Polish'],
  [' POL ', 'pl', 'Polish'],
  ['jw', 'jv', 'Javanese'],
  ['haw', 'haw', 'Hawaiian'],
  ['yue', 'yue', 'Cantonese'],
  ['en_US', 'en-US', 'American English'],
  ['Polish', 'polish', 'Polish'],
  ['xx', 'xx', 'Xx'],
  ['en-', 'en-', 'En-'],
  ['not a language', 'not a language', 'Not a language'],
])('%j is %s, %s', (said, code, name) => {
  expect(toLanguageCode(said)).toBe(code);
  expect(wordLanguage(code)).toBe(name);
});

test('no word is no language', () => expect(toLanguageCode('  ')).toBeUndefined());

test('languages are listed once', () => {
  expect(wordLanguages({ languages: [] })).toBeUndefined();
  expect(wordLanguages({ languages: [{ code: 'pl' }] })).toBe('Language: Polish');
  const languages = ['en', 'pl', 'en'].map((code) => ({ code }));
  expect(wordLanguages({ languages })).toBe('Languages: English, Polish');
});

const drift = (...languages: { code: string; from?: number }[]) => findDrift({ languages });

test('a drift says from what to what and when', () => {
  expect(drift()).toBeUndefined();
  expect(drift({ code: 'en', from: 0 }, { code: 'en', from: 600 })).toBeUndefined();
  expect(drift({ code: 'en', from: 0 }, { code: 'pl', from: 3900 })).toBe(
    'The language changes from English to Polish at 1:05:00. If that is wrong, ask again and name the language.',
  );
  expect(drift({ code: 'en' }, { code: 'pl' }, { code: 'cy', from: 60 })).toBe(
    'The language changes from English to Polish and to Welsh at 1:00. If that is wrong, ask again and name the language.',
  );
  const many = Array.from({ length: 9 }, (_, at) => ({ code: at % 2 ? 'pl' : 'en', from: at }));
  expect(drift(...many)).toBe(
    'The language changes from English to Polish at 0:01, to English at 0:02, to Polish at 0:03, ' +
      'to English at 0:04, to Polish at 0:05, and 3 more times. ' +
      'If that is wrong, ask again and name the language.',
  );
});
