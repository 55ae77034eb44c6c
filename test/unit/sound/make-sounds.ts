/** Recordings made by other people's programs, and the same programs as judges of what Easel makes. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

// Many workers are started: what Node compiles once serves them all.
enableCompileCache(fileURLToPath(new URL('../../support/.cache/compiled', import.meta.url)));

const PROGRAMS = ['espeak-ng', 'sox', 'ffmpeg', 'ffprobe'];
const folders = (process.env['PATH'] ?? '').split(delimiter);
const isHere = (name: string) => folders.some((folder) => existsSync(join(folder, name)));

/** True where a program is missing and that is nobody's mistake. */
export const cannotMakeSounds = !PROGRAMS.every(isHere) && !process.env['CI'];

export const makeFolder = () => mkdtemp(join(tmpdir(), 'easel-sound-'));

/** Resolves with what the program wrote. */
export function run(program: string, ...words: readonly string[]): Buffer {
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    maxBuffer: 1e9,
    timeout: 20_000,
  });
  if (status !== 0)
    throw new Error(`${program} ${words.join(' ')}: ${stderr.toString()}`, { cause: error });
  return stdout;
}

export const ffmpeg = (...words: readonly string[]): Buffer =>
  run('ffmpeg', '-v', 'error', '-y', ...words);

/** A voice, one channel at 22,050 Hz. */
export function say(words: string, path: string): void {
  run('espeak-ng', '-v', 'en', '-w', path, words);
}

/** Its samples as FFmpeg's own program decodes them, all channels mixed into one. */
export function readSamples(path: string, sampleRate = 16_000): Int16Array {
  const rate = String(sampleRate);
  const bytes = ffmpeg('-i', path, '-f', 's16le', '-ac', '1', '-ar', rate, '-');
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}

const probeSchema = z.object({
  format: z.object({
    duration: z.coerce.number().catch(NaN),
    bit_rate: z.coerce.number().catch(NaN),
  }),
  streams: z.array(
    z.object({ codec_name: z.string(), sample_rate: z.coerce.number(), channels: z.number() }),
  ),
});

export interface Probed {
  readonly seconds: number;
  readonly bitsPerSecond: number;
  readonly codec: string | undefined;
  readonly sampleRate: number | undefined;
  readonly channels: number | undefined;
}

/** What FFmpeg's own program says of it. */
export function probe(path: string): Probed {
  const shown = ['-show_format', '-show_streams', '-select_streams', 'a'];
  const told = run('ffprobe', '-v', 'error', '-of', 'json', ...shown, path).toString();
  const { format, streams } = probeSchema.parse(JSON.parse(told));
  return {
    seconds: format.duration,
    bitsPerSecond: format.bit_rate,
    codec: streams[0]?.codec_name,
    sampleRate: streams[0]?.sample_rate,
    channels: streams[0]?.channels,
  };
}

/** What stands behind the header of a WAV file. */
export async function readPcm(path: string): Promise<Buffer> {
  const bytes = await readFile(path);
  const at = bytes.indexOf('data');
  return bytes.subarray(at + 8, at + 8 + bytes.readUInt32LE(at + 4));
}

/** Of an Opus in WebM, FFmpeg's versions cut off 3 ms more or less at the beginning. */
const MOST_SHIFT_SECONDS = 0.005;

/** 1 where both sound the same, 0 where they have nothing in common. */
export function compare(one: Int16Array, other: Int16Array, sampleRate = 16_000): number {
  const most = Math.round(MOST_SHIFT_SECONDS * sampleRate);
  let best = -1;
  for (let shift = -most; shift <= most; shift += 1) {
    const [late, early] = [Math.max(0, shift), Math.max(0, -shift)];
    best = Math.max(best, correlate(one.subarray(late), other.subarray(early)));
  }
  return best;
}

function correlate(one: Int16Array, other: Int16Array): number {
  const sum = { one: 0, other: 0, both: 0 };
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const [a = 0, b = 0] = [one[at], other[at]];
    sum.one += a * a;
    sum.other += b * b;
    sum.both += a * b;
  }
  return sum.both / Math.sqrt(sum.one * sum.other);
}

const FILM = ['-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=10:d=6'];

/** What people send, each made by `ffmpeg` from a WAV file. */
export const RECORDINGS = {
  'wav.wav': { codec: 'pcm_s16le', words: [] },
  'voice-message.ogg': { codec: 'opus', words: ['-c:a', 'libopus', '-b:a', '32k'] },
  'vorbis.ogg': { codec: 'vorbis', words: ['-c:a', 'libvorbis'] },
  'phone.m4a': { codec: 'aac', words: ['-c:a', 'aac'] },
  'browser.webm': { codec: 'opus', words: ['-c:a', 'libopus'] },
  'mp3.mp3': { codec: 'mp3', words: ['-c:a', 'libmp3lame'] },
  'flac.flac': { codec: 'flac', words: ['-c:a', 'flac'] },
  'surround.m4a': { codec: 'aac', words: ['-af', 'pan=5.1|c2=c0', '-c:a', 'aac'] },
  'film.mp4': { codec: 'aac', words: ['-map', '0:v', '-map', '1:a', '-c:a', 'aac'] },
  'film.webm': { codec: 'opus', words: ['-map', '0:v', '-map', '1:a', '-c:a', 'libopus'] },
} as const;

export type RecordingName = keyof typeof RECORDINGS;
export const RECORDING_NAMES = Object.keys(RECORDINGS) as RecordingName[];

export function makeRecording(name: RecordingName, from: string, folder: string): string {
  const path = join(folder, name);
  const film = name.startsWith('film') ? FILM : [];
  ffmpeg(...film, '-i', from, ...RECORDINGS[name].words, path);
  return path;
}
