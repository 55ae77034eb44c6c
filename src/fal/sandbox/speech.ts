/** A voice: words as a tune. */
import { CONTENT_TYPES, encode, type SoundFormat } from './sounds/encode.ts';
import { playTune, type Manner, type Sound } from './sounds/tune.ts';
import type { KeptFile, Studio } from './studio.ts';

export interface Speech extends Manner {
  readonly words: string;
  readonly sampleRate?: number;
  readonly channels?: number;
  /** By the number of words where it is not told. */
  readonly seconds?: number | undefined;
  /** WAV where it is not told. */
  readonly format?: SoundFormat;
  /** Of MP3, in bits each second. */
  readonly bitrate?: number;
}

export interface Spoken {
  readonly file: KeptFile;
  readonly bytes: Buffer;
  readonly sound: Sound;
}

export async function speak(studio: Studio, speech: Speech): Promise<Spoken> {
  const { words, sampleRate = 24_000, format = 'wav', bitrate = 128_000 } = speech;
  const sound = playTune({ ...speech, sampleRate });
  const bytes = await encode(sound, { format, bitrate, words });
  studio.remember(bytes, words);
  studio.note({ seconds: sound.seconds, characters: words.length });
  const contentType = CONTENT_TYPES[format];
  const made = { bytes, contentType, name: `sandbox.${format}`, prompt: words };
  return { bytes, sound, file: await studio.keep(made) };
}
