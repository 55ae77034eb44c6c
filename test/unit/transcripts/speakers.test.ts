import { describe, expect, test } from 'vitest';
import { parseSpeakerNames } from '../../../src/transcripts/parse-speaker-names.ts';
import { listSpeakers, nameSpeakers } from '../../../src/transcripts/speakers.ts';
import { makeSegments, makeTranscript } from './make-transcript.ts';

describe('names that people give', () => {
  test.each([
    ['1: Anna, 2: Bob', { 1: 'Anna', 2: 'Bob' }],
    ['Speaker 1 is Anna', { 1: 'Anna' }],
    ['speaker 1 is Anna and speaker 2 is Bob.', { 1: 'Anna', 2: 'Bob' }],
    ['Speaker 1 = Anna; Speaker 2 = Bob', { 1: 'Anna', 2: 'Bob' }],
    ['1 → Łucja Żółć\n#2 -> 山田 太郎', { 1: 'Łucja Żółć', 2: '山田 太郎' }],
    ['1: Smith, John, 12: Dr. Isis 3rd', { 1: 'Smith, John', 12: 'Dr. Isis 3rd' }],
    ['1: Anna 2: Bob', { 1: 'Anna', 2: 'Bob' }],
    [`1: ${'x'.repeat(70)}`, { 1: `${'x'.repeat(59)}…` }],
  ])('%j', (words, names) => {
    const expected = Object.entries(names).map(([number, name]) => ({
      number: Number(number),
      name,
    }));
    expect(parseSpeakerNames(words)).toEqual(expected);
  });

  test.each([
    '',
    'Anna',
    'Speaker 1',
    '1:',
    '1: , 2: Bob',
    '0: Anna',
    'I think 1: Anna',
    'Kowalski, not Kovalsky',
  ])('%j gives none', (words) => expect(parseSpeakerNames(words)).toBeUndefined());
});

describe('speakers', () => {
  const transcript = makeTranscript({
    segments: makeSegments('-|?', '-B|b', '-A|a', '-B|b', '-constructor|c').map((segment, at) => ({
      ...segment,
      ...(at === 0 ? {} : { speaker: ['', 'B', 'A', 'B', 'constructor'][at]! }),
    })),
  });
  const namesOf = (...given: readonly string[]) => {
    const names = given.map((name, at) => ({ number: at + 1, name }));
    const { transcript: named, unknown } = nameSpeakers(transcript, names);
    return { names: listSpeakers(named).map(({ number, name }) => `${number} ${name}`), unknown };
  };

  test('are numbered as they appear, whatever their labels', () => {
    expect(listSpeakers(transcript)).toEqual([
      { label: 'B', number: 1, name: 'Speaker 1' },
      { label: 'A', number: 2, name: 'Speaker 2' },
      { label: 'constructor', number: 3, name: 'Speaker 3' },
    ]);
  });

  test('keep their numbers when they are named, even alike', () => {
    expect(namesOf('Anna', 'Anna')).toEqual({
      names: ['1 Anna', '2 Anna', '3 Speaker 3'],
      unknown: [],
    });
  });

  test('can be named again; numbers that nobody has are told', () => {
    const { transcript: once } = nameSpeakers(transcript, [{ number: 2, name: 'Bob' }]);
    const { transcript: twice, unknown } = nameSpeakers(once, [
      { number: 2, name: 'Bobby\nTables' },
      { number: 4, name: 'Nobody' },
    ]);
    expect(twice.speakers).toEqual({ A: 'Bobby Tables' });
    expect(unknown).toEqual([4]);
    expect(twice.segments).toBe(transcript.segments);
    const { transcript: none } = nameSpeakers(twice, [{ number: 2, name: ' ' }]);
    expect(none.speakers).toEqual({});
  });
});
