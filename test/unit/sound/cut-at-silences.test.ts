import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertSound } from '../../../src/sound/convert-sound.ts';
import type { Cut } from '../../../src/sound/cut.ts';
import { cutAtSilences } from '../../../src/sound/cut-at-silences.ts';
import { toWavHeader } from '../../../src/sound/wav-header.ts';
import {
  cannotMakeSounds,
  makeFolder,
  makeRecording,
  probe,
  readPcm,
  run,
  say,
} from './make-sounds.ts';

const LENGTHS = { longestSeconds: 6, shortestSeconds: 2 };
const BYTES_PER_SECOND = 32_000;
const pcmOf = async (cuts: readonly Cut[]) =>
  Buffer.concat(await Promise.all(cuts.map(({ path }) => readPcm(path))));
const placesOf = (cuts: readonly Cut[]) => cuts.slice(1).map(({ from }) => from);
/** What is said, and how long it is quiet afterwards. */
const SAID = [
  ['The first sentence is neither long nor short.', 0.6],
  ['Then comes another one, as people speak.', 1.3],
  ['A third, after a longer rest than before.', 0.5],
  ['The fourth goes on for a while, until it is enough.', 1.1],
  ['And here it ends.', 0.4],
] as const;

describe.skipIf(cannotMakeSounds)('a recording', () => {
  let folder: string;
  let speech: string;
  const at = (name: string) => join(folder, name);
  const silences: { from: number; to: number; seconds: number }[] = [];

  /** Five sentences in a room that is not quite quiet. */
  beforeAll(async () => {
    folder = await makeFolder();
    speech = at('speech.wav');
    let end = 0;
    const parts = SAID.map(([words, seconds], index) => {
      const [spoken, part] = [at(`said-${index}.wav`), at(`part-${index}.wav`)];
      say(words, spoken);
      const trim = [
        'silence',
        '1',
        '0.01',
        '0.5%',
        'reverse',
        'silence',
        '1',
        '0.01',
        '0.5%',
        'reverse',
      ];
      run('sox', spoken, part, ...trim, 'pad', '0', String(seconds));
      end += probe(part).seconds;
      silences.push({ from: end - seconds, to: end, seconds });
      return part;
    });
    run('sox', ...parts, at('dry.wav'));
    const noise = ['synth', String(end), 'pinknoise', 'vol', '0.004'];
    run('sox', '-R', '-n', '-r', '22050', '-c', '1', '-b', '16', at('room.wav'), ...noise);
    run('sox', '-m', at('dry.wav'), at('room.wav'), speech);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What of a silence is within. */
  const longestWithin = (start: number, end: number) =>
    silences
      .map(({ from, to }) => ({ from: Math.max(from, start), to: Math.min(to, end) }))
      .reduce((best, next) => (next.to - next.from > best.to - best.from ? next : best));
  const silenceAt = (place: number) => silences.find(({ from, to }) => from < place && place < to);

  test.each([
    'wav.wav',
    'voice-message.ogg',
    'phone.m4a',
    'browser.webm',
    'mp3.mp3',
    'film.mp4',
  ] as const)('is cut where nobody speaks, without loss or overlap: %s', async (name) => {
    const from = makeRecording(name, speech, folder);
    const cuts = await cutAtSilences(from, at(`cuts of ${name}`), LENGTHS);
    await convertSound(from, at('whole.wav'), 'wav');
    const whole = await readPcm(at('whole.wav'));
    expect((await pcmOf(cuts)).equals(whole)).toBe(true);
    expect(cuts.map(({ to }) => to)).toEqual([...placesOf(cuts), whole.length / BYTES_PER_SECOND]);
    expect(cuts.length).toBeGreaterThanOrEqual(3);
    for (const { from, to } of cuts) {
      expect(to - from).toBeLessThanOrEqual(LENGTHS.longestSeconds);
      expect(to - from).toBeGreaterThanOrEqual(LENGTHS.shortestSeconds);
    }
    for (const cut of cuts.slice(0, -1)) {
      const most = Math.min(
        cut.from + LENGTHS.longestSeconds,
        cuts.at(-1)!.to - LENGTHS.shortestSeconds,
      );
      const silence = longestWithin(cut.from + LENGTHS.shortestSeconds, most);
      expect(cut.to).toBeGreaterThan(silence.from);
      expect(cut.to).toBeLessThan(silence.to);
    }
  });

  test('comes in files as speech recognition wants them', async () => {
    const [cut] = await cutAtSilences(speech, at('cuts'), LENGTHS);
    expect(cut).toMatchObject({ path: at('cuts/cut-1.wav'), from: 0 });
    expect(probe(at('cuts/cut-1.wav'))).toMatchObject({
      codec: 'pcm_s16le',
      sampleRate: 16_000,
      channels: 1,
      seconds: cut?.to,
    });
    const samples = run('soxi', '-s', at('cuts/cut-1.wav')).toString();
    expect(Number(samples)).toBe((cut?.to ?? 0) * 16_000);
    expect(existsSync(at('cuts/whole.pcm'))).toBe(false);
  });

  test('is cut at the same places again, and when it is as quiet as a whisper', async () => {
    const first = await cutAtSilences(speech, at('again'), LENGTHS);
    const bytes = first.map(({ path }) => readFileSync(path));
    await writeFile(first[0]!.path, 'what a crash left');
    expect(await cutAtSilences(speech, at('again'), LENGTHS)).toEqual(first);
    expect(first.map(({ path }) => readFileSync(path))).toEqual(bytes);
    run('sox', speech, at('whisper.wav'), 'vol', '0.03');
    expect(placesOf(await cutAtSilences(at('whisper.wav'), at('whispers'), LENGTHS))).toEqual(
      placesOf(first),
    );
  });

  test('that is short enough is one cut', async () => {
    const cuts = await cutAtSilences(speech, at('one'), {
      longestSeconds: 60,
      shortestSeconds: 30,
    });
    expect(cuts).toEqual([
      {
        path: at('one/cut-1.wav'),
        from: 0,
        to: expect.closeTo(probe(speech).seconds, 3) as number,
      },
    ]);
  });

  test('that is a little too long leaves no stub', async () => {
    const { seconds } = probe(speech);
    const longestSeconds = seconds - 0.3;
    const cuts = await cutAtSilences(speech, at('stub'), {
      longestSeconds,
      shortestSeconds: longestSeconds - 1,
    });
    expect(cuts).toHaveLength(2);
    for (const { from, to } of cuts) expect(to - from).toBeGreaterThan(seconds / 5);
    expect(silenceAt(cuts[1]!.from)).toBeDefined();
  });
});

describe('silence', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makeFolder();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('alone is cut into equal parts', async () => {
    const shape = { sampleRate: 16_000, channels: 1 };
    const path = join(folder, 'silence.wav');
    await writeFile(path, Buffer.concat([toWavHeader(shape, 640_000), Buffer.alloc(640_000)]));
    const cuts = await cutAtSilences(path, folder, { longestSeconds: 6, shortestSeconds: 4 });
    expect(cuts.map(({ from }) => from)).toEqual([0, 5, 10, 15]);
    expect(cuts.at(-1)?.to).toBe(20);
  });

  test('of a file without any sound is none', async () => {
    const path = join(folder, 'words.ogg');
    await writeFile(path, 'no sound');
    const cut = cutAtSilences(path, join(folder, 'none'), LENGTHS);
    await expect(cut).rejects.toMatchObject({ trouble: 'no-sound' });
    expect(existsSync(join(folder, 'none/whole.pcm'))).toBe(false);
  });
});
