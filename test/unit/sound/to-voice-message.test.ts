import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toVoiceMessage } from '../../../src/sound/to-voice-message.ts';
import { wrapPcm } from '../../../src/sound/wrap-pcm.ts';
import {
  cannotMakeSounds,
  compare,
  ffmpeg,
  makeFolder,
  probe,
  readPcm,
  readSamples,
  run,
  say,
} from './make-sounds.ts';

const RATE = 48_000;

/** As the samples of FFmpeg's own program have it. */
const measure = (path: string, count: number): number[] => {
  const samples = readSamples(path, RATE);
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [index, index + 1].map((edge) => Math.ceil((edge * samples.length) / count));
    return Math.max(...samples.subarray(from, to).map(Math.abs)) / 128.5;
  });
};

describe.skipIf(cannotMakeSounds)('a voice message', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await makeFolder();
    say('This is what Easel has to say. It says it aloud, and then it is quiet.', at('speech.wav'));
    run('sox', at('speech.wav'), at('long.wav'), 'repeat', '9');
    run('sox', at('speech.wav'), at('short.wav'), 'trim', '0.3', '0.05');
    ffmpeg('-i', at('speech.wav'), '-ar', '32000', '-ac', '2', at('speech.mp3'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ['speech.mp3', (seconds: number) => Math.floor(seconds * 10)],
    ['long.wav', () => 256],
    ['short.wav', () => 1],
  ])('is what Discord plays, and draws as loud as it is: %s', async (name, toCount) => {
    const { seconds, waveform } = (await toVoiceMessage(at(name), at('voice-message.ogg')))!;
    const made = probe(at('voice-message.ogg'));
    expect(made).toMatchObject({ codec: 'opus', sampleRate: RATE, channels: 1 });
    expect(seconds).toBeCloseTo(readSamples(at(name), RATE).length / RATE, 3);
    expect(made.seconds).toBeCloseTo(seconds, 1);
    expect(readSamples(at('voice-message.ogg'), RATE).length / RATE).toBeCloseTo(seconds, 2);

    const peaks = [...Buffer.from(waveform, 'base64')];
    expect(peaks).toHaveLength(toCount(seconds));
    const wanted = measure(at(name), peaks.length);
    const far = peaks.filter((peak, index) => Math.abs(peak - (wanted[index] ?? 0)) > 2);
    expect(far).toEqual([]);
    expect(new Set(peaks).size).toBeGreaterThan(peaks.length / 20);
  });

  test('takes about 32 kbit a second, and is understood', async () => {
    await toVoiceMessage(at('long.wav'), at('voice-message.ogg'));
    const { bitsPerSecond } = probe(at('voice-message.ogg'));
    expect(bitsPerSecond).toBeGreaterThan(24_000);
    expect(bitsPerSecond).toBeLessThan(40_000);
    const [heard, wanted] = [readSamples(at('voice-message.ogg')), readSamples(at('long.wav'))];
    expect(compare(heard, wanted)).toBeGreaterThan(0.95);
  });

  test('without sound is none', async () => {
    await writeFile(at('words.mp3'), 'no sound');
    expect(await toVoiceMessage(at('words.mp3'), at('none.ogg'))).toBeUndefined();
  });
});

describe('raw samples', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await makeFolder();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.skipIf(cannotMakeSounds)('become a file that players play', async () => {
    const bytes = run(
      'sox',
      '-n',
      '-r',
      '44100',
      '-c',
      '2',
      '-b',
      '16',
      '-t',
      's16',
      '-',
      'synth',
      '0.5',
      'sine',
      '400',
    );
    // A stray byte at its end is none of a sample.
    await writeFile(at('raw.pcm'), Buffer.concat([bytes, Buffer.from([1])]));
    await wrapPcm(at('raw.pcm'), at('raw.wav'), { sampleRate: 44_100, channels: 2 });
    expect(probe(at('raw.wav'))).toMatchObject({
      codec: 'pcm_s16le',
      sampleRate: 44_100,
      channels: 2,
      seconds: 0.5,
    });
    expect(run('soxi', '-s', at('raw.wav')).toString().trim()).toBe('22050');
    expect((await readPcm(at('raw.wav'))).equals(bytes)).toBe(true);
  });

  test('that are none are refused', async () => {
    await writeFile(at('empty.pcm'), '!');
    const wrapped = wrapPcm(at('empty.pcm'), at('empty.wav'), { sampleRate: 16_000, channels: 1 });
    await expect(wrapped).rejects.toMatchObject({ trouble: 'no-sound' });
  });
});
