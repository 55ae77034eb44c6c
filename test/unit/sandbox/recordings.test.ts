/** The recordings that other tests are made from. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { SoundFormat } from '../../support/sound/formats.ts';
import { hearWords, makeLongRecording } from '../../support/sound/long-recording.ts';
import { toWord } from '../../support/sound/made-up-words.ts';
import { probe } from '../../support/sound/probe.ts';
import { makeRecording } from '../../support/sound/recording.ts';
import { readWords } from '../../support/sound/tone-words.ts';
import { hasSoundTools, run } from '../../support/sound/tools.ts';

const WORDS = 'The fog lifts at nine, and the harbour wakes.';
/** Each loses something in its own way. */
const LOSSY: SoundFormat[] = ['ogg', 'm4a', 'live-webm', 'mp3'];

const ask = (words: string) => makeRecording({ words, format: 'wav', atLeastSeconds: 11 });

describe.skipIf(!hasSoundTools())('recordings', () => {
  test.each<[SoundFormat, string, string, string, number]>([
    ['ogg', 'audio/ogg', 'ogg', 'opus', 32_000],
    ['m4a', 'audio/mp4', 'mov,mp4,m4a,3gp,3g2,mj2', 'aac', 48_000],
    ['webm', 'audio/webm', 'matroska,webm', 'opus', 32_000],
    ['live-webm', 'audio/webm', 'matroska,webm', 'opus', 32_000],
    ['mp3', 'audio/mpeg', 'mp3', 'mp3', 48_000],
    ['wav', 'audio/wav', 'wav', 'pcm_s16le', 768_000],
    ['mp4', 'video/mp4', 'mov,mp4,m4a,3gp,3g2,mj2', 'aac', 48_000],
  ])('a recording as %s is %s: a file of %s with %s', async (...expected) => {
    const [format, contentType, container, codec, bitRate] = expected;
    const recording = await makeRecording({ words: WORDS, format });
    const probed = await probe(recording.path);
    expect(probed).toMatchObject({ container, codec, channels: 1, sampleRate: 48_000 });
    expect(probed.bitRate / bitRate).toBeCloseTo(1, 0);
    expect(probed.statedSeconds === undefined).toBe(format === 'live-webm');
    expect(recording.seconds).toBeCloseTo(2.83, 1);
    expect(recording.contentType).toBe(contentType);
    expect(recording.bytes.equals(await readFile(recording.path))).toBe(true);
  });

  test('the same wish is the same file, however many ask; another wish is another', async () => {
    const [one, other, third] = await Promise.all([ask('aye'), ask('aye'), ask('nay')]);
    expect(other.path).toBe(one.path);
    expect(third.bytes.equals(one.bytes)).toBe(false);
    expect(one.seconds).toBeCloseTo(11, 3);
  });

  test.each(LOSSY)('every word of a long recording as %s is heard, and when', async (format) => {
    const recording = await makeLongRecording({ seconds: 25, format });
    const { seconds } = await probe(recording.path);
    expect(seconds).toBeCloseTo(25, 0);
    const heard = await hearWords(await readFile(recording.path));
    expect(heard.map(({ number }) => number)).toEqual(recording.words.map(({ number }) => number));
    expect(heard.map(({ text }) => text).join(' ')).toBe(recording.text);
    for (const [at, { from, to }] of recording.words.entries()) {
      expect(Math.abs(heard[at]!.from - from)).toBeLessThan(0.02);
      expect(Math.abs(heard[at]!.to - to)).toBeLessThan(0.02);
    }
  });

  test('a part that was cut out between words has its words, and a word that was cut is none', async () => {
    const { path, words } = await makeLongRecording({ seconds: 45, format: 'wav' });
    const cut = (from: number, to: number) =>
      run('ffmpeg', [
        '-v',
        'error',
        '-ss',
        `${from}`,
        '-to',
        `${to}`,
        '-i',
        path,
        '-f',
        'wav',
        '-',
      ]);
    const [first, last] = [words[8]!, words[27]!];
    const part = readWords(await cut(first.from - 0.35, last.to + 0.333));
    expect(part.map(({ number }) => number)).toEqual(words.slice(8, 28).map((word) => word.number));
    expect(part[0]!.from).toBeCloseTo(0.35, 2);
    const torn = readWords(await cut(first.from + 0.2, last.to - 0.2));
    expect(torn.map(({ number }) => number)).toEqual(words.slice(9, 27).map((word) => word.number));
  });

  test('sentences of eight to twelve words have silence behind them, as long as is wished', async () => {
    const { words, text } = await makeLongRecording({
      seconds: 30,
      format: 'wav',
      pauseSeconds: 2,
    });
    const sentences = text.split(/(?<=\.) /u).map((sentence) => sentence.split(' ').length);
    expect(sentences).toEqual([8, 11, 9, 12]);
    expect(words[8]!.from - words[7]!.to).toBeCloseTo(2, 5);
  });
});

test('no number has the word of another', () => {
  const words = Array.from({ length: 65_536 }, (_, number) => toWord(number).toLowerCase());
  expect(new Set(words.map((word) => word.replace('.', ''))).size).toBe(65_536);
  expect(words.slice(0, 3)).toEqual(['bababa', 'punema', 'hodoze']);
});
