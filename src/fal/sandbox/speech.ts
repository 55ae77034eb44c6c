/** A voice: words as a tune in a WAV file, whatever format was asked for. */
import { playTune, type Sound } from './sounds/tune.ts';
import { toWav } from './sounds/wav.ts';
import type { KeptFile, Studio } from './studio.ts';

export interface Speech {
  readonly words: string;
  readonly sampleRate?: number;
  readonly channels?: number;
  /** By the number of words where it is not told. */
  readonly seconds?: number | undefined;
}

export interface Spoken {
  readonly file: KeptFile;
  readonly bytes: Buffer;
  readonly sound: Sound;
}

export async function speak(studio: Studio, speech: Speech): Promise<Spoken> {
  const { words, sampleRate = 24_000 } = speech;
  const sound = playTune({ ...speech, sampleRate });
  const bytes = toWav(sound, words);
  studio.note({ seconds: sound.seconds, characters: words.length });
  const made = { bytes, contentType: 'audio/wav', name: 'sandbox.wav', prompt: words };
  return { bytes, sound, file: await studio.keep(made) };
}
