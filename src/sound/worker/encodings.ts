/** How a sound is written in each format. */
import type { SoundFormat } from '../task.ts';
import type { Encoding } from './encoder.ts';

interface Source {
  readonly sampleRate: number;
  readonly channels: number;
}

const MP3_SAMPLE_RATES = [8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000];
const HIGHEST_MP3_SAMPLE_RATE = 48_000;
/** Opus knows no other. */
const OPUS_SAMPLE_RATE = 48_000;
const MOST_CHANNELS = 2;
/** Per channel. Both are beyond what speech needs, so that a second encoding is not heard. */
const MP3_BITS_PER_SECOND = 96_000;
const OPUS_BITS_PER_SECOND = 64_000;

/** What speech recognition wants: more would be thrown away there. */
export const SPEECH: Encoding = {
  format: 'wav',
  sampleRate: 16_000,
  channels: 1,
  bitsPerSecond: 0,
};

/** As people's own Discord sends it. */
export const VOICE_MESSAGE: Encoding = {
  format: 'ogg',
  sampleRate: OPUS_SAMPLE_RATE,
  channels: 1,
  bitsPerSecond: 32_000,
};

/** As much like the source as the format allows. */
export function toEncoding(format: SoundFormat, source: Source): Encoding {
  const { sampleRate } = source;
  const channels = Math.min(source.channels, MOST_CHANNELS);
  switch (format) {
    case 'wav':
    case 'flac':
      return { format, sampleRate, channels, bitsPerSecond: 0 };
    case 'mp3': {
      const known = MP3_SAMPLE_RATES.find((rate) => rate >= sampleRate) ?? HIGHEST_MP3_SAMPLE_RATE;
      const bitsPerSecond = MP3_BITS_PER_SECOND * channels;
      return { format, sampleRate: known, channels, bitsPerSecond };
    }
    case 'ogg': {
      const bitsPerSecond = OPUS_BITS_PER_SECOND * channels;
      return { format, sampleRate: OPUS_SAMPLE_RATE, channels, bitsPerSecond };
    }
  }
}
