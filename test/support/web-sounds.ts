/** Somebody's voice in the kinds of files that people attach, made by the distribution's programs. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const PROGRAMS = ['espeak-ng', 'ffmpeg', 'ffprobe'];
const HINT =
  'The tests with voices are skipped; enable them with: apt-get update && apt-get install -y espeak-ng ffmpeg';

/** What ffmpeg is told to make of a voice. */
const ENCODINGS = {
  'said.wav': ['-c:a', 'pcm_s16le'],
  'said.mp3': ['-c:a', 'libmp3lame'],
  'said.m4a': ['-c:a', 'aac'],
  'said.ogg': ['-c:a', 'libopus'],
  'said.flac': ['-c:a', 'flac'],
  'said.webm': ['-c:a', 'libopus'],
  'film.mp4': ['-f', 'lavfi', '-i', 'color=teal:s=64x36:r=5', '-shortest', '-c:a', 'aac'],
} as const;
export type SoundName = keyof typeof ENCODINGS;

const run = promisify(execFile);

/** False where a program is missing; on a CI machine that is an error instead. */
export function hasVoices(): boolean {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const isThere = (program: string): boolean =>
    folders.some((folder) => existsSync(path.join(folder, program)));
  if (PROGRAMS.every(isThere)) return true;
  if (process.env['CI'] === 'true') throw new Error(HINT);
  console.warn(HINT);
  return false;
}

/** The path of a WAV file of two or three seconds. */
export async function sayAloud(words = 'A lighthouse in fog, seen from the sea.'): Promise<string> {
  const wav = path.join(await mkdtemp(path.join(tmpdir(), 'easel-voice-')), 'voice.wav');
  await run('espeak-ng', ['-w', wav, words]);
  return wav;
}

export async function encodeVoice(wav: string, name: SoundName): Promise<Buffer<ArrayBuffer>> {
  const to = path.join(path.dirname(wav), name);
  await run('ffmpeg', ['-v', 'error', '-y', '-i', wav, ...ENCODINGS[name], to]);
  return readFile(to);
}

export interface HeardSound {
  readonly container: string;
  readonly codec: string;
  /** As the file's own head tells it. */
  readonly toldSeconds: number;
  /** As it is when all of it is decoded. */
  readonly seconds: number;
  /** In decibels below the loudest that there can be. */
  readonly loudest: number;
}

export async function listenTo(file: string): Promise<HeardSound> {
  const asked = ['-show_entries', 'format=format_name,duration:stream=codec_name', '-of', 'json'];
  const { stdout } = await run('ffprobe', ['-v', 'error', ...asked, file]);
  const { format, streams } = JSON.parse(stdout) as {
    format: { format_name: string; duration?: string };
    streams: { codec_name: string }[];
  };
  const decoded = await run('ffmpeg', ['-i', file, '-af', 'volumedetect', '-f', 'null', '-']);
  const [, hours, minutes, seconds] = [
    ...decoded.stderr.matchAll(/time=(\d+):(\d+):([\d.]+)/gu),
  ].at(-1)!;
  return {
    container: format.format_name,
    codec: streams.map(({ codec_name: codec }) => codec).join(),
    toldSeconds: Number(format.duration),
    seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
    loudest: Number(/max_volume: (\S+) dB/u.exec(decoded.stderr)?.[1]),
  };
}
