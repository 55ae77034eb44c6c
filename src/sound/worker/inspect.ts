/** What a recording is. It is decoded whole: its header leaves things out, or is wrong, often enough. */
import { avGetCodecName } from 'node-av/lib';
import type { SoundFacts } from '../sound-facts.ts';
import { openSound } from './open-sound.ts';
import { readPieces } from './read-pieces.ts';

export function inspect(path: string): SoundFacts {
  using sound = openSound(path);
  let seconds = 0;
  let shape: { readonly sampleRate: number; readonly channels: number } | undefined;
  for (const { frame, end } of readPieces(sound)) {
    shape ??= { sampleRate: frame.sampleRate, channels: frame.channels };
    seconds = end;
  }
  const { sampleRate = 0, channels = 0 } = shape ?? {};
  const codec = avGetCodecName(sound.stream.codecpar.codecId) ?? 'unknown';
  return { seconds, codec, sampleRate, channels, hasVideo: sound.hasVideo };
}
