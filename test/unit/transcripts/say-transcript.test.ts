import { describe, expect, test } from 'vitest';
import type { Block } from '../../../src/message.ts';
import { sayTranscript } from '../../../src/transcripts/say-transcript.ts';
import { toJson } from '../../../src/transcripts/to-json.ts';
import { toTextFile } from '../../../src/transcripts/to-text-file.ts';
import { textOf, type Transcript } from '../../../src/transcripts/transcript.ts';
import { wordTime } from '../../../src/transcripts/word-time.ts';
import { makeSegments, makeTranscript } from './make-transcript.ts';
import { createRandom, pick, randomText } from './random.ts';

const say = (told: Partial<Transcript>) => sayTranscript(makeTranscript(told)).map(toText);

/** What begins a paragraph in stars. */
function toText(block: Block): string {
  if (block.kind !== 'line') throw new Error(`a ${block.kind}`);
  return block.parts
    .map((part) => (typeof part === 'string' ? part : `*${'text' in part ? part.text : ''}*`))
    .join('');
}

const squeeze = (text: string) => text.replaceAll(/\s+/gu, '');
const SENTENCE = 'It was about forty-eight characters long, I think.';

describe('in a chat', () => {
  test('what is short is said as it is', () => {
    const segments = makeSegments('0-2|Hello there.', '2-4| How are you?');
    expect(say({ segments })).toEqual(['Hello there. How are you?']);
    expect(say({ segments: makeSegments('-|'), seconds: 100 })).toEqual([]);
  });

  test('what is longer than a minute has times, and new paragraphs after long pauses', () => {
    const segments = makeSegments('7.9-9|One.', '9-10| Two.', '13-14| Three.', '3723-3725| Four.');
    expect(say({ segments })).toEqual(['*0:07* One. Two.', '*0:13* Three.', '*1:02:03* Four.']);
  });

  test('speakers take turns, and two with one name are one', () => {
    const segments = makeSegments(
      '0-1 A|Hi.',
      '1-2 A| Bye.',
      '2-3 B| Yes?',
      '3-4 C| So.',
      '4-5| Hm.',
    );
    const speakers = { B: 'Anna *x*', C: 'Anna *x*' };
    expect(say({ segments, speakers })).toEqual([
      '*0:00 Speaker 1* Hi. Bye.',
      '*0:02 Anna *x** Yes? So.',
      '*0:04* Hm.',
    ]);
  });

  test('a paragraph ends with a sentence after about 600 characters', () => {
    const segments = Array.from({ length: 30 }, (_, at) => ({
      text: `${at === 0 ? '' : ' '}${SENTENCE}`,
      from: at * 4,
      to: at * 4 + 4,
    }));
    const said = say({ segments });
    expect(said.map((text) => text.slice(0, 11))).toEqual([
      '*0:00* It w',
      '*0:48* It w',
      '*1:36* It w',
    ]);
    expect(said.map(({ length }) => length)).toEqual([618, 618, 312]);
  });

  test('so do those of one long segment; only sure times are told', () => {
    const text = Array.from({ length: 24 }, () => SENTENCE).join(' ');
    const segments = [{ text, from: 0, to: 120 }];
    expect(say({ segments }).map((part) => part.slice(0, 9))).toEqual(['*0:00* It', '*0:59* It']);
    expect(say({ segments, level: 'none' }).map((part) => part.slice(0, 9))).toEqual([
      '*0:00* It',
      'It was ab',
    ]);
  });

  test('what has no sentences is broken between words', () => {
    const said = say({ segments: [{ text: 'word '.repeat(1000).trim() }] });
    expect(Math.max(...said.map(({ length }) => length))).toBeLessThanOrEqual(1800);
    expect(said.join(' ')).toBe('word '.repeat(1000).trim());
  });

  test('no word is lost, in whatever script', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = createRandom(seed);
      const level = pick(random, ['word', 'segment', 'none'] as const);
      const { text, code } = randomText(random, 600);
      const pieces = text.match(level === 'word' ? /\s*\S+/gu : /.{1,900}/gsu) ?? [];
      const segments = pieces.map((piece, at) => ({
        text: piece,
        ...(random() < 0.8 ? { from: at, to: at + 1 } : {}),
        ...(random() < 0.7 ? {} : { speaker: pick(random, ['A', 'B']) }),
      }));
      const transcript = makeTranscript({ segments, level, languages: [{ code }] });
      const said = sayTranscript(transcript)
        .map(toText)
        .map((part) => part.replace(/^\*[^*]*\* /u, ''));
      expect(squeeze(said.join(' ')), `seed ${seed}`).toBe(squeeze(textOf(transcript)));
    }
  });
});

test.each([
  [0, '0:00'],
  [59.99, '0:59'],
  [600, '10:00'],
  [3600, '1:00:00'],
  [36_610, '10:10:10'],
])('%d seconds are %s', (seconds, expected) => expect(wordTime(seconds)).toBe(expected));

describe('files', () => {
  test('plain text has the words, and names where there are any', () => {
    const segments = makeSegments('0-100|Cześć.', '200-201| Łódź.');
    expect(toTextFile(makeTranscript({ segments }))).toBe('Cześć.\n\nŁódź.\n');
    const talk = makeSegments('0-1 A|Hi.', '1-2 B| Yes?');
    expect(toTextFile(makeTranscript({ segments: talk }))).toBe(
      'Speaker 1: Hi.\n\nSpeaker 2: Yes?\n',
    );
  });

  test('JSON has a shape that stays', () => {
    const transcript = makeTranscript({
      segments: makeSegments('0-1.5 A|Hi.', '-| Yes?', '2-3 B| No.'),
      languages: [{ code: 'en', from: 0 }, { code: 'pl' }],
      speakers: { A: 'Anna', B: 'Anna' },
      seconds: 3,
    });
    const file = toJson(transcript);
    expect(file.endsWith('}\n')).toBe(true);
    expect(JSON.parse(file)).toEqual({
      version: 1,
      text: 'Hi. Yes? No.',
      seconds: 3,
      languages: [
        { code: 'en', name: 'English', from: 0 },
        { code: 'pl', name: 'Polish', from: null },
      ],
      speakers: ['Anna'],
      segments: [
        { from: 0, to: 1.5, speaker: 'Anna', text: 'Hi.' },
        { from: null, to: null, speaker: null, text: 'Yes?' },
        { from: 2, to: 3, speaker: 'Anna', text: 'No.' },
      ],
    });
  });
});
