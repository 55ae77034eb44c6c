import { describe, expect, test } from 'vitest';
import { joinTranscripts } from '../../../src/transcripts/join-transcripts.ts';
import { readTranscript } from '../../../src/transcripts/read-transcript.ts';
import { findSplitSpeakers } from '../../../src/transcripts/speakers.ts';
import { hasWords, textOf, type Transcript } from '../../../src/transcripts/transcript.ts';
import { makeSegments, makeTranscript } from './make-transcript.ts';
import { createRandom, pick, randomText } from './random.ts';

const say = (text: string, code = 'en') =>
  makeTranscript({ segments: [{ text }], languages: [{ code }], level: 'none' });
/** Each stretch is ten seconds long. */
const join = (...transcripts: readonly Transcript[]) =>
  joinTranscripts(
    transcripts.map((transcript, at) => ({ transcript, from: at * 10, to: at * 10 + 10 })),
  );

test('times are those of the recording', () => {
  const joined = join(
    makeTranscript({ segments: makeSegments('0-4|One.', '4-9.5| Two.') }),
    makeTranscript({ segments: makeSegments('0.5-3|Three.', '3-12| Four.') }),
  );
  expect(joined).toEqual({
    segments: makeSegments('0-4|One.', '4-9.5| Two.', '10.5-13| Three.', '13-20| Four.'),
    languages: [],
    speakers: {},
    seconds: 20,
    level: 'segment',
  });
});

test('a stretch bounds what has no times', () => {
  const open = makeTranscript({ segments: makeSegments('-|One.', '-| Two.') });
  expect(join(open, say('Three.')).segments).toEqual(
    makeSegments('0-|One.', '-10| Two.', '10-20| Three.'),
  );
});

describe('the text is the source', () => {
  test.each([
    ['Hello there.', 'General Kenobi!', 'en', 'Hello there. General Kenobi!'],
    ['東京は', '良い天気です。', 'ja', '東京は良い天気です。'],
    ['これは', 'OpenAI', 'ja', 'これはOpenAI'],
    ['OpenAI', 'です！', 'ja', 'OpenAIです！'],
    ['He said', '東京', 'en', 'He said 東京'],
    ['สวัสดี', 'ครับ', 'th', 'สวัสดีครับ'],
    ['안녕하세요', '여러분', 'ko', '안녕하세요 여러분'],
    ['مرحبا', 'بكم', 'ar', 'مرحبا بكم'],
    ['One\n', 'Two', 'en', 'One\nTwo'],
    ['', 'Two', 'en', 'Two'],
    ['One', '', 'en', 'One'],
  ])('%j and %j', (one, other, code, whole) => {
    expect(textOf(join(say(one, code), say(other, code)))).toBe(whole);
  });

  test('of three hours cut anywhere between words, with rising times inside each stretch', () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const random = createRandom(seed);
      const { text, code } = randomText(random, 1500);
      const parts = cut(text, random).map((piece, at) => ({
        transcript: readTranscript(toAnswer(piece, code, random))!,
        from: at * 600,
        to: at * 600 + 600,
      }));
      const joined = joinTranscripts(parts);
      expect(textOf(joined), `seed ${seed}`).toBe(text);
      expect(joined.languages).toEqual([
        { code, from: parts.find(({ transcript }) => hasWords(transcript))!.from },
      ]);
      expect(joined.seconds).toBe(parts.length * 600);
      const times = joined.segments.flatMap(({ from, to }) => [from ?? [], to ?? []].flat());
      expect(times, `seed ${seed}`).toEqual(times.toSorted((a, b) => a - b));
      let first = 0;
      for (const { transcript, from, to } of parts) {
        const own = joined.segments.slice(first, (first += transcript.segments.length));
        expect(own[0]?.from ?? from).toBeGreaterThanOrEqual(from);
        expect(own.at(-1)?.to ?? to).toBeLessThanOrEqual(to);
      }
    }
  });
});

test('each language is told with its beginning; a silent stretch has none', () => {
  const many = makeTranscript({
    segments: makeSegments('0-5|Tak', '5-9| yes'),
    languages: [{ code: 'pl' }, { code: 'en' }],
  });
  expect(join(say('Yes'), say('', 'cy'), say('No'), many, say('Yes')).languages).toEqual([
    { code: 'en', from: 0 },
    { code: 'pl', from: 30 },
    { code: 'en' },
  ]);
});

describe('speakers', () => {
  const talk = makeTranscript({
    segments: makeSegments('0-1 A|Hello.', '1-2 B| Hi.'),
    speakers: { A: 'Anna' },
  });

  test('of different stretches are different, and that is told', () => {
    const joined = join(talk, say('Noise.'), talk);
    expect(joined.segments.map(({ speaker }) => speaker)).toEqual([
      '1/A',
      '1/B',
      undefined,
      '3/A',
      '3/B',
    ]);
    expect(joined.speakers).toEqual({ '1/A': 'Anna', '3/A': 'Anna' });
    expect(findSplitSpeakers(joined)).toMatch(/Give both the same name/u);
  });

  test('keep their labels where only one stretch has any', () => {
    const joined = join(talk, say('Noise.'));
    expect(joined.segments.map(({ speaker }) => speaker)).toEqual(['A', 'B', undefined]);
    expect(joined.speakers).toEqual({ A: 'Anna' });
    expect(findSplitSpeakers(joined)).toBeUndefined();
  });
});

test.each([
  [['word', 'word'], 'word'],
  [['word', 'none'], 'word'],
  [['none', 'segment'], 'segment'],
  [['none', 'none'], 'none'],
] as const)('levels %j make %s', (levels, expected) => {
  expect(join(...levels.map((level) => ({ ...say('x'), level }))).level).toBe(expected);
});

test('nothing at all is a transcript without words', () => {
  expect(join()).toEqual(makeTranscript({ level: 'none' }));
});

/** At blanks, which are gone then; Japanese has none. */
function cut(text: string, random: () => number): readonly string[] {
  const words = text.includes(' ') ? text.split(' ') : Array.from(text);
  const pieces: string[] = [];
  while (words.length > 0) {
    const count = random() < 0.1 ? 0 : 1 + Math.floor(random() * 200);
    pieces.push(words.splice(0, count).join(text.includes(' ') ? ' ' : ''));
  }
  return pieces;
}

/** As whisper would: a blank before each piece, times that may be missing or too late. */
function toAnswer(text: string, code: string, random: () => number): unknown {
  const blank = code === 'ja' ? '' : ' ';
  const words = code === 'ja' ? (text.match(/.{1,9}/gsu) ?? []) : text.split(' ');
  let time = 0;
  const chunks = words.map((word) => {
    const start = time;
    time += random() * 8;
    const timestamp = [start, time].map((value) => (random() < 0.1 ? null : value));
    return { text: `${blank}${word}`, timestamp };
  });
  return {
    text: `${blank}${text}`,
    chunks: pick(random, [chunks, null]),
    inferred_languages: [code],
  };
}
