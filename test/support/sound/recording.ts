/** Somebody says something: spoken by espeak-ng, levelled by sox, put into a file by ffmpeg. */
import { readFile } from 'node:fs/promises';
import { FORMATS, toCommand, type SoundFormat } from './formats.ts';
import { keep } from './keep.ts';
import { probe } from './probe.ts';
import { run } from './tools.ts';

export interface Recording {
  readonly path: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly seconds: number;
  readonly contentType: string;
}

export interface RecordingWish {
  readonly words: string;
  readonly format: SoundFormat;
  /** One of espeak-ng's, such as `de` or `en-gb+f3`. */
  readonly voice?: string;
  /** Silence follows until it is as long: a voice is cloned from ten seconds or more. */
  readonly atLeastSeconds?: number;
}

const RATE = 48_000;
const RAW = ['-t', 'raw', '-e', 'signed', '-b', '16', '-c', '1', '-r', String(RATE)];
/** As loud as people who speak into a phone. */
const LEVELLED = ['-t', 'wav', '-', ...RAW, '-', 'norm', '-3'];

export async function makeRecording(wish: RecordingWish): Promise<Recording> {
  const whole = { voice: 'en-gb', atLeastSeconds: 0, ...wish };
  const { extension, contentType } = FORMATS[wish.format];
  const recipe = { whole, LEVELLED, encoding: FORMATS[wish.format] };
  const path = await keep({ recipe, extension, make: (draft) => record(whole, draft) });
  const [bytes, { seconds }] = await Promise.all([readFile(path), probe(path)]);
  return { path, fileName: `recording.${extension}`, bytes, seconds, contentType };
}

async function record(wish: Required<RecordingWish>, path: string): Promise<void> {
  const { words, format, voice, atLeastSeconds } = wish;
  const spoken = await run('espeak-ng', ['-v', voice, '--stdin', '--stdout'], [Buffer.from(words)]);
  const levelled = await run('sox', LEVELLED, [spoken]);
  const missing = Math.max(0, Math.round(atLeastSeconds * RATE) * 2 - levelled.length);
  const samples = Buffer.concat([levelled, Buffer.alloc(missing)]);
  const seconds = samples.length / 2 / RATE;
  await run('ffmpeg', toCommand({ format, sampleRate: RATE, seconds, path }), [samples]);
}
