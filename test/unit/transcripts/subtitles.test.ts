import { describe, expect, test } from 'vitest';
import { joinTranscripts } from '../../../src/transcripts/join-transcripts.ts';
import { toSrt } from '../../../src/transcripts/to-srt.ts';
import { toVtt } from '../../../src/transcripts/to-vtt.ts';
import { textOf, type Level, type Transcript } from '../../../src/transcripts/transcript.ts';
import { makeSegments, makeTranscript } from './make-transcript.ts';
import { createRandom, pick, randomText } from './random.ts';
import { hasFfmpeg, readSubtitles, showSubtitles } from './read-subtitles.ts';

/** The words of 84 characters and more. */
const LONG =
  'When the committee met in March, nobody had expected this. The plan was dropped at once, ' +
  'and those who had written it went home.';

const srt = (told: Partial<Transcript>) => toSrt(makeTranscript(told));
/** Times and words, a line each cue. */
const cuesOf = (told: Partial<Transcript>) =>
  (srt(told) ?? '')
    .split('\n\n')
    .map((entry) => entry.trim().split('\n'))
    .map(([, times, ...lines]) => `${times?.replaceAll('00:', '')} ${lines.join(' / ')}`);

describe('files', () => {
  test('SubRip', () => {
    const segments = makeSegments('0-1.5 A|Dzień dobry.', '3661.25-3662 B| Łódź?');
    expect(srt({ segments, speakers: { A: 'Anna' } })).toBe(
      '1\n00:00:00,000 --> 00:00:01,500\nAnna: Dzień dobry.\n\n' +
        '2\n01:01:01,250 --> 01:01:02,000\nSpeaker 2: Łódź?\n',
    );
  });

  test('WebVTT', () => {
    const segments = makeSegments('0-1.5 A|Tom & Jerry <3 -->', '1.5-2|\n\nyes\r\n\r\nno');
    expect(toVtt(makeTranscript({ segments, speakers: { A: 'A <b> & C' } }))).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\n' +
        '<v A &lt;b&gt; &amp; C>Tom &amp; Jerry &lt;3 --&gt;\n\n' +
        '00:00:01.500 --> 00:00:02.000\nyes no\n',
    );
  });

  test.each([
    ['no words', { seconds: 10 }],
    ['blank words', { segments: makeSegments('0-1| ') }],
    ['no times', { segments: makeSegments('-|Hello') }],
  ])('are left out where there are %s', (_, told) => {
    expect(srt(told)).toBeUndefined();
    expect(toVtt(makeTranscript(told))).toBeUndefined();
  });
});

describe('cues', () => {
  test('of a long segment are cut where a sentence ends, times in proportion', () => {
    expect(cuesOf({ segments: makeSegments(`10-20|${LONG}`) })).toEqual([
      '10,000 --> 14,667 When the committee met in March, / nobody had expected this.',
      '14,667 --> 20,000 The plan was dropped at once, / and those who had written it went home.',
    ]);
  });

  test('of a slow segment are no longer than seven seconds', () => {
    const segments = makeSegments('0-20|One two three', '20-60|Four', '60-61|Five');
    expect(cuesOf({ segments })).toEqual([
      '00,000 --> 05,455 One',
      '05,455 --> 10,909 two',
      '10,909 --> 17,909 three',
      '20,000 --> 27,000 Four',
      '01:00,000 --> 01:01,000 Five',
    ]);
  });

  test('of words begin anew after a pause, with another speaker and when they are full', () => {
    const words = LONG.split(' ').map((word, at) => `${10 + at / 4}-${10.2 + at / 4} A| ${word}`);
    const segments = makeSegments(
      '0-0.3 A|Well,',
      '0.5-1 A| yes.',
      '2.5-3 A| No.',
      '3-4 B| Oh!',
      ...words,
    );
    expect(cuesOf({ segments, level: 'word', speakers: { A: 'Anna' } })).toEqual([
      '00,000 --> 01,000 Anna: Well, yes.',
      '02,500 --> 03,000 Anna: No.',
      '03,000 --> 04,000 Speaker 2: Oh!',
      '10,000 --> 12,450 Anna: When the committee met in March, / nobody had expected this.',
      '12,500 --> 15,950 Anna: The plan was dropped at once, / and those who had written it went home.',
    ]);
  });

  test('without times lie between their neighbours', () => {
    const segments = makeSegments('-|aaaa', '2-|bbbb', '-|cccc', '-4|dddd', '-|eeee');
    expect(cuesOf({ segments })).toEqual([
      '00,000 --> 02,000 aaaa',
      '02,000 --> 02,667 bbbb',
      '02,667 --> 03,333 cccc',
      '03,333 --> 04,000 dddd',
      '04,000 --> 04,267 eeee',
    ]);
  });

  test('without any time are spread over the recording', () => {
    const segments = makeSegments(`-|${LONG}`);
    expect(cuesOf({ segments, seconds: 12, level: 'none' })).toEqual([
      '00,000 --> 05,600 When the committee met in March, / nobody had expected this.',
      '05,600 --> 12,000 The plan was dropped at once, / and those who had written it went home.',
    ]);
  });

  test('that would take no time share that of their neighbours', () => {
    const segments = makeSegments('0-5|aaaaa', '5-5|bbbbb', '5-8|cccccccccc', '8-8|dd', '8-8|ee');
    expect(cuesOf({ segments, seconds: 8 })).toEqual([
      '00,000 --> 05,000 aaaaa',
      '05,000 --> 05,789 bbbbb',
      '05,789 --> 07,368 cccccccccc',
      '07,368 --> 07,684 dd',
      '07,684 --> 08,000 ee',
    ]);
  });

  test('in scripts without blanks are broken between words, never before a mark', () => {
    const text =
      '東京は今日とても良い天気です。コーヒーを飲みながら、公園で「本を読む」のが好きです。それから家に帰ります。';
    expect(cuesOf({ segments: makeSegments(`0-9|${text}`) })).toEqual([
      '00,000 --> 04,415 東京は今日とても良い天気です。 / コーヒーを飲みながら、',
      '04,415 --> 09,000 公園で「本を読む」のが好きです。 / それから家に帰ります。',
    ]);
  });

  test('keep long names and long words inside their lines', () => {
    const name = 'Bartholomew Featherstonehaugh of Cholmondeley';
    const text = `See https://example.com/${'a'.repeat(60)}/${'b'.repeat(60)} now`;
    const cues = cuesOf({ segments: makeSegments(`0-5 A|${text}`), speakers: { A: name } });
    expect(cues.map((cue) => cue.replace(/^.*? --> \S+ /u, ''))).toEqual([
      'Bartholomew Featherston…: / See https://example.com/',
      `Bartholomew Featherston…: / ${'a'.repeat(42)}`,
      `Bartholomew Featherston…: / ${'a'.repeat(18)}/`,
      `Bartholomew Featherston…: / ${'b'.repeat(42)}`,
      `Bartholomew Featherston…: / ${'b'.repeat(18)} now`,
    ]);
  });
});

describe.skipIf(!hasFfmpeg)('as FFmpeg reads them', () => {
  test('what would break the format is shown as it was said', () => {
    const text = 'One --> <i>two</i> & "3" <4 00:00:01,000 --> 00:00:02,000';
    const told = { segments: makeSegments(`0-5 A|${text}`, '5-6| 1999', '6-7| 3\n\n4') };
    expect(readSubtitles(srt(told)!)).toEqual([
      {
        from: 0,
        to: 5000,
        text: 'Speaker 1: One → ‹i›two‹/i› & "3"\n<4 00:00:01,000 → 00:00:02,000',
      },
      { from: 5000, to: 6000, text: '1999' },
      { from: 6000, to: 7000, text: '3 4' },
    ]);
    const shown = showSubtitles(toVtt(makeTranscript(told))!).split('\n\n');
    expect(shown[0]!.split('\n').slice(2).join(' ')).toBe(text);
  });

  const kinds = (['word', 'segment', 'none'] as const).flatMap((level) => [
    { level, kind: 'srt' as const },
    { level, kind: 'vtt' as const },
  ]);
  test.each(kinds)('every cue is there, rises and fits: $level, $kind', ({ level, kind }) => {
    const transcript = makeRandom(createRandom(level.length), level);
    const [content, mend] =
      kind === 'srt' ? [toSrt(transcript), toPlain] : [toVtt(transcript), same];
    const cues = readSubtitles(content!);
    const times = [...content!.matchAll(/^([\d:.,]+) --> ([\d:.,]+)$/gmu)];
    expect(cues.map(({ from, to }) => [from, to])).toEqual(
      times.map(([, from = '', to = '']) => [toMilliseconds(from), toMilliseconds(to)]),
    );
    const bad = cues.filter(({ from, to, text }, at) => {
      const lines = decode(text, kind).split('\n');
      const isTimed = from >= (cues[at - 1]?.to ?? 0) && to > from && to - from <= 7000;
      return !isTimed || lines.length > 2 || lines.some(({ length }) => length > 42);
    });
    expect(bad).toEqual([]);
    const words = cues.map(({ text }) =>
      decode(text, kind).replace(/^(?:Speaker \d+|Anna): /u, ''),
    );
    expect(squeeze(words.join(''))).toBe(squeeze(mend(textOf(transcript))));
  });
});

const same = (text: string) => text;
const toPlain = (text: string) => text.replaceAll('-->', '→').replaceAll('<b>', '‹b›');
function toMilliseconds(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0, rest = 0] = time.split(/[:.,]/u).map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest;
}
const squeeze = (text: string) => text.replaceAll(/\s+/gu, '');

function decode(text: string, kind: 'srt' | 'vtt'): string {
  if (kind === 'srt') return text;
  return text
    .replace(/^<v [^>]*>/u, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A few stretches with words or segments, whose times may be missing, the same or absent. */
function makeRandom(random: () => number, level: Level): Transcript {
  const parts = Array.from({ length: 6 }, (_, at) => {
    const { text, code } = randomText(random, 40);
    const pieces =
      text.match(level === 'word' ? /\s*\S{1,12}/gu : /.{1,120}(?=\s|$)|.{1,120}/gsu) ?? [];
    let time = 0;
    const segments = pieces.map((piece) => {
      const from = time;
      time += random() < 0.2 ? 0 : random() * 4;
      const to = time;
      time += random() < 0.8 ? 0 : random() * 3;
      return {
        text: piece,
        ...(level === 'none' || random() < 0.1 ? {} : { from }),
        ...(level === 'none' || random() < 0.1 ? {} : { to }),
        ...(random() < 0.5 ? { speaker: pick(random, ['A', 'B']) } : {}),
      };
    });
    const transcript = makeTranscript({
      segments,
      level,
      languages: [{ code }],
      speakers: { A: 'Anna' },
    });
    return { transcript, from: at * 60, to: at * 60 + 60 };
  });
  return joinTranscripts(parts);
}
