import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { askWorker } from '../../../src/sound/ask-worker.ts';
import { convertSound } from '../../../src/sound/convert-sound.ts';
import { inspectSound } from '../../../src/sound/inspect-sound.ts';
import { toWavHeader } from '../../../src/sound/wav-header.ts';
import {
  cannotMakeSounds,
  compare,
  ffmpeg,
  makeFolder,
  makeRecording,
  probe,
  readSamples,
  RECORDING_NAMES,
  RECORDINGS,
  say,
} from './make-sounds.ts';

const WORDS = 'A recording of a few seconds, in every format that people send.';
const RATE = 16_000;
const PCM = { sampleRate: RATE, channels: 1 };
const findLoud = (samples: Int16Array) => samples.findIndex((sample) => Math.abs(sample) > 100);

describe.skipIf(cannotMakeSounds)('a recording', () => {
  let folder: string;
  let speech: string;
  let seconds: number;
  beforeAll(async () => {
    folder = await makeFolder();
    speech = join(folder, 'speech.wav');
    say(WORDS, speech);
    ({ seconds } = probe(speech));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const at = (name: string) => join(folder, name);

  test.each(RECORDING_NAMES)('is known for what it is: %s', async (name) => {
    const path = makeRecording(name, speech, folder);
    const { sampleRate, channels } = probe(path);
    const facts = await inspectSound(path);
    expect(facts).toEqual({
      seconds: expect.any(Number) as number,
      codec: RECORDINGS[name].codec,
      sampleRate,
      channels,
      hasVideo: name.startsWith('film'),
    });
    // Of the sound: the films go on for longer.
    expect(Math.abs(facts!.seconds - seconds)).toBeLessThan(0.03);
  });

  test('that a browser recorded says nothing of its length, and is measured', async () => {
    const bytes = ffmpeg('-i', speech, '-c:a', 'libopus', '-f', 'webm', '-');
    await writeFile(at('recorder.webm'), bytes);
    expect(probe(at('recorder.webm')).seconds).toBeNaN();
    const facts = await inspectSound(at('recorder.webm'));
    expect(facts?.seconds).toBeCloseTo(seconds, 1);
  });

  test('with the picture of an album is no film', async () => {
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64', '-frames:v', '1'];
    ffmpeg('-i', speech, ...picture, '-disposition:v', 'attached_pic', at('album.mp3'));
    expect(await inspectSound(at('album.mp3'))).toMatchObject({ codec: 'mp3', hasVideo: false });
  });

  test('in a film begins when the film does, not when the sound does', async () => {
    const film = ['-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=10:d=9', '-itsoffset', '2'];
    ffmpeg(...film, '-i', speech, '-map', '0:v', '-map', '1:a', '-c:a', 'aac', at('late.mp4'));
    await convertSound(at('late.mp4'), at('late.wav'), 'wav');
    expect(probe(at('late.wav')).seconds).toBeCloseTo(seconds + 2, 1);
    const samples = readSamples(at('late.wav'));
    expect(findLoud(samples.subarray(0, 1.95 * RATE))).toBe(-1);
    expect(findLoud(samples.subarray(1.95 * RATE))).toBeLessThan(0.2 * RATE);
  });

  test('out of which sound was left has silence there, so that times stay right', async () => {
    const stamps = "asetpts='PTS+gte(T,2)*5/TB'";
    ffmpeg('-i', speech, '-af', stamps, '-c:a', 'libopus', at('gap.webm'));
    await convertSound(at('gap.webm'), at('gap.wav'), 'wav');
    const samples = readSamples(at('gap.wav'));
    expect(samples.length / RATE).toBeCloseTo(seconds + 5, 1);
    expect(findLoud(samples.subarray(2.2 * RATE, 6.9 * RATE))).toBe(-1);
    const plain = readSamples(speech);
    expect(compare(samples.subarray(7.2 * RATE), plain.subarray(2.2 * RATE))).toBeGreaterThan(0.9);
  });

  test('that would be twelve hours long with what was left out is refused', async () => {
    const stamps = "asetpts='PTS+floor(T*8)*3000/TB'";
    ffmpeg('-i', speech, '-af', stamps, '-c:a', 'libopus', at('long.webm'));
    await expect(inspectSound(at('long.webm'))).rejects.toMatchObject({ trouble: 'too-long' });
  });

  test('that two were made of, one after the other, is as long as both', async () => {
    ffmpeg('-i', speech, at('first.mp3'));
    ffmpeg('-i', speech, '-ar', '44100', '-ac', '2', at('second.mp3'));
    const both = ['first.mp3', 'second.mp3'].map((name) => readFileSync(at(name)));
    await writeFile(at('both.mp3'), Buffer.concat(both));
    await convertSound(at('both.mp3'), at('both.wav'), 'wav');
    expect(Math.abs(probe(at('both.wav')).seconds - 2 * seconds)).toBeLessThan(0.15);
  });

  test('cut off before its end has none where the end says how to read it', async () => {
    await truncate(makeRecording('phone.m4a', speech, folder), 12_000);
    expect(await inspectSound(at('phone.m4a'))).toBeUndefined();
  });

  test.each(['voice-message.ogg', 'browser.webm', 'mp3.mp3'] as const)(
    'cut off in the middle is as long as what is left: %s',
    async (name) => {
      const path = makeRecording(name, speech, folder);
      await truncate(path, Math.floor(readFileSync(path).length / 2));
      const left = (await inspectSound(path))?.seconds ?? 0;
      expect(left).toBeGreaterThan(seconds * 0.2);
      expect(left).toBeLessThan(seconds * 0.7);
    },
  );
});

describe('a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makeFolder();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, bytes: Buffer | string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };
  const noise = Buffer.from(
    Array.from({ length: 400_000 }, (_, at) => (at * at * 31 + (at >> 3)) & 255),
  );

  test.each([
    ['empty', 'a.ogg', ''],
    ['words', 'b.ogg', 'These are words, and no sound. '.repeat(2000)],
    ['noise', 'c.mp3', noise],
    ['the beginning of a format', 'd.ogg', Buffer.concat([Buffer.from('OggS\0\x02'), noise])],
    ['a list that leads to other files', 'e.m3u8', '#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n'],
    ['another list', 'f.mp3', `ffconcat version 1.0\nfile '/etc/passwd'\n`],
    [
      'a thousand channels',
      'g.wav',
      Buffer.concat([toWavHeader({ sampleRate: 16_000, channels: 1000 }, 8000), noise]),
    ],
    [
      'one sample a second',
      'h.wav',
      Buffer.concat([toWavHeader({ sampleRate: 1, channels: 1 }, 8000), noise]),
    ],
  ])('of %s holds no sound, and is said so', async (_what, name, bytes) => {
    const path = await write(name, bytes);
    expect(await inspectSound(path)).toBeUndefined();
  });

  test('that cannot be read becomes nothing', async () => {
    const path = await write('i.ogg', 'no sound');
    const to = join(folder, 'i.mp3');
    expect(await convertSound(path, to, 'mp3')).toBe(false);
    expect(existsSync(to)).toBe(false);
  });

  test('that claims four gigabytes is as long as it is', async () => {
    const samples = noise.subarray(0, 2 * PCM.sampleRate);
    const path = await write('j.wav', Buffer.concat([toWavHeader(PCM, 0xfffffff0 - 44), samples]));
    expect((await inspectSound(path))?.seconds).toBeCloseTo(1, 3);
  });

  test('that takes too long is given up', async () => {
    const path = await write('l.wav', Buffer.concat([toWavHeader(PCM, noise.length), noise]));
    const task = { kind: 'inspect', path } as const;
    await expect(askWorker(task, z.unknown(), 1)).rejects.toMatchObject({ trouble: 'too-slow' });
  });

  test('that is not there is a mistake of ours', async () => {
    const inspected = inspectSound(join(folder, 'nothing.wav'));
    await expect(inspected).rejects.toThrow('ENOENT');
    await expect(inspected).rejects.not.toHaveProperty('trouble');
    await mkdir(join(folder, 'folder.wav'));
    await expect(inspectSound(join(folder, 'folder.wav'))).resolves.toBeUndefined();
  });
});
