/** Sound as a file. Mediabunny and its encoders are loaded on first use: an idle bot stays small. */
import { toPcm, toWav } from './wav.ts';
import type { Sound } from './tune.ts';

export type SoundFormat = 'wav' | 'mp3' | 'flac' | 'pcm';

export const CONTENT_TYPES: Readonly<Record<SoundFormat, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  pcm: 'audio/pcm',
};

interface Encoding {
  readonly format: SoundFormat;
  /** Of MP3, in bits each second; what the format cannot have becomes the nearest that it can. */
  readonly bitrate: number;
  readonly words: string;
}

export async function encode(sound: Sound, encoding: Encoding): Promise<Buffer> {
  const { format, bitrate, words } = encoding;
  if (format === 'wav') return toWav(sound, words);
  return format === 'pcm' ? toPcm(sound) : compress(sound, format, bitrate);
}

async function compress(sound: Sound, codec: 'mp3' | 'flac', bitrate: number): Promise<Buffer> {
  const { registerMediabunnyServer } = await import('@mediabunny/server');
  const media = await import('mediabunny');
  registerMediabunnyServer();
  const format = codec === 'mp3' ? new media.Mp3OutputFormat() : new media.FlacOutputFormat();
  const target = new media.BufferTarget();
  const output = new media.Output({ format, target });
  const source = new media.AudioSampleSource({ codec, bitrate });
  output.addAudioTrack(source);
  await output.start();
  const { sampleRate, channels: numberOfChannels } = sound;
  const data = toPcm(sound);
  const sample = new media.AudioSample({
    data,
    format: 's16',
    numberOfChannels,
    sampleRate,
    timestamp: 0,
  });
  await source.add(sample);
  sample.close();
  await output.finalize();
  if (!target.buffer) throw new Error('the sound was not written');
  return Buffer.from(target.buffer);
}
