import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertSound } from '../../../src/sound/convert-sound.ts';
import { joinSounds } from '../../../src/sound/join-sounds.ts';
import {
  cannotMakeSounds,
  compare,
  ffmpeg,
  makeFolder,
  makeRecording,
  probe,
  readPcm,
  readSamples,
  run,
  say,
} from './make-sounds.ts';

describe.skipIf(cannotMakeSounds)('a recording', () => {
  let folder: string;
  let speech: string;
  let seconds: number;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await makeFolder();
    speech = at('speech.wav');
    say('Words that are the same in every format.', speech);
    ({ seconds } = probe(speech));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ['voice-message.ogg', 'mp3', { codec: 'mp3', sampleRate: 48_000, channels: 1 }],
    ['browser.webm', 'flac', { codec: 'flac', sampleRate: 48_000, channels: 1 }],
    ['film.mp4', 'ogg', { codec: 'opus', sampleRate: 48_000, channels: 1 }],
    ['wav.wav', 'mp3', { codec: 'mp3', sampleRate: 22_050, channels: 1 }],
    ['surround.m4a', 'flac', { codec: 'flac', sampleRate: 22_050, channels: 2 }],
    ['phone.m4a', 'wav', { codec: 'pcm_s16le', sampleRate: 16_000, channels: 1 }],
    ['surround.m4a', 'wav', { codec: 'pcm_s16le', sampleRate: 16_000, channels: 1 }],
  ] as const)('%s becomes %s that sounds the same', async (name, format, expected) => {
    const from = makeRecording(name, speech, folder);
    const to = at(`${name}.${format}`);
    expect(await convertSound(from, to, format)).toBe(true);
    const made = probe(to);
    expect(made).toMatchObject(expected);
    expect(Math.abs(made.seconds - seconds)).toBeLessThan(0.06);
    const [heard, wanted] = [readSamples(to), readSamples(speech)];
    expect(compare(heard, wanted)).toBeGreaterThan(0.97);
    expect(Math.abs(heard.length - wanted.length) / 16_000).toBeLessThan(0.03);
  });

  test('as speech recognition wants it is what FFmpeg itself makes of it', async () => {
    ffmpeg('-i', speech, '-ar', '44100', '-ac', '2', at('stereo.flac'));
    await convertSound(at('stereo.flac'), at('stereo.wav'), 'wav');
    const [made, wanted] = [readSamples(at('stereo.wav')), readSamples(at('stereo.flac'))];
    expect(Math.abs(made.length - wanted.length)).toBeLessThanOrEqual(16);
    const worst = made.reduce(
      (most, sample, index) => Math.max(most, Math.abs(sample - (wanted[index] ?? 0))),
      0,
    );
    expect(worst).toBeLessThan(8);
  });

  test('gives the same bytes each time, over what was there', async () => {
    const to = at('again.ogg');
    const made: Buffer[] = [];
    for (let time = 0; time < 2; time += 1) {
      await convertSound(speech, to, 'ogg');
      made.push(readFileSync(to));
    }
    expect(made[0]?.equals(made[1] ?? Buffer.alloc(0))).toBe(true);
  });
});

describe.skipIf(cannotMakeSounds)('joining', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await makeFolder();
    for (const [name, hertz] of [
      ['low', '300'],
      ['high', '900'],
    ] as const) {
      run(
        'sox',
        '-n',
        '-r',
        '24000',
        '-c',
        '1',
        '-b',
        '16',
        at(`${name}.wav`),
        'synth',
        '1.2345',
        'sine',
        hertz,
        'vol',
        '0.5',
      );
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('puts sample after sample', async () => {
    const paths = [at('low.wav'), at('high.wav'), at('low.wav')];
    await joinSounds(paths, at('joined.wav'), { format: 'wav' });
    const parts = await Promise.all(paths.map(readPcm));
    expect((await readPcm(at('joined.wav'))).equals(Buffer.concat(parts))).toBe(true);
    expect(probe(at('joined.wav'))).toMatchObject({ sampleRate: 24_000, channels: 1 });
  });

  test('brings other formats and sample rates to those of the first', async () => {
    const high = { codec: 'mp3', words: ['-ar', '44100', '-ac', '2'] };
    ffmpeg('-i', at('high.wav'), ...high.words, at('high.mp3'));
    ffmpeg('-i', at('low.wav'), '-c:a', 'libopus', at('low.ogg'));
    await joinSounds([at('low.wav'), at('high.mp3'), at('low.ogg')], at('mixed.mp3'), {
      format: 'mp3',
    });
    expect(probe(at('mixed.mp3'))).toMatchObject({ codec: 'mp3', sampleRate: 24_000, channels: 1 });
    const [mixed, low, high1] = ['mixed.mp3', 'low.wav', 'high.wav'].map((name) =>
      readSamples(at(name), 24_000),
    );
    const length = low!.length;
    expect(mixed!.length / length).toBeCloseTo(3, 1);
    expect(compare(mixed!.subarray(0, length), low!)).toBeGreaterThan(0.97);
    expect(compare(mixed!.subarray(length, 2 * length), high1!)).toBeGreaterThan(0.9);
    expect(compare(mixed!.subarray(2 * length), low!)).toBeGreaterThan(0.9);
  });

  test('with something silent is refused, and leaves nothing', async () => {
    ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=1', at('silent.mp4'));
    const joined = joinSounds([at('low.wav'), at('silent.mp4')], at('none.flac'), {
      format: 'flac',
    });
    await expect(joined).rejects.toMatchObject({
      trouble: 'no-sound',
      message: expect.stringMatching(/no sound in this file.*Please send it as/u) as string,
    });
    expect(() => readFileSync(at('none.flac'))).toThrow('ENOENT');
  });
});
