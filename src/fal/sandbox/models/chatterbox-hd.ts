import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { speak } from '../speech.ts';
import { flag, number } from './inputs.ts';
import { defineModel } from './model.ts';
import { audio } from './outputs.ts';

/** What is read aloud, and billed, where no text is given. */
const QUOTE =
  'My name is Maximus Decimus Meridius, commander of the Armies of the North, General of the Felix Legions and loyal servant to the true emperor, Marcus Aurelius. Father to a murdered son, husband to a murdered wife. And I will have my vengeance, in this life or the next.';
const BITS_PER_SAMPLE = 16;
const VOICES = [
  'Aurora',
  'Blade',
  'Britney',
  'Carl',
  'Cliff',
  'Richard',
  'Rico',
  'Siobhan',
  'Vicky',
] as const;

export const chatterboxHd = defineModel({
  endpoint: 'resemble-ai/chatterboxhd/text-to-speech',
  title: 'Chatterbox HD',
  category: 'text-to-speech',
  price: { unit: '1000 characters', unitPrice: 0.04 },
  input: z.object({
    text: z.string().default(QUOTE),
    voice: z.enum(VOICES).nullish(),
    audio_url: z.string().nullish(),
    exaggeration: number(0.25, 2, 0.5),
    cfg: number(0, 1, 0.5),
    high_quality_audio: flag(false),
    seed: z.int().min(0).default(0),
    temperature: number(0.05, 5, 0.8),
  }),
  output: z.object({ audio }),
  async run(input, studio) {
    if (input.audio_url) await studio.readFile(input.audio_url, ['audio_url']);
    const sampleRate = input.high_quality_audio ? 48_000 : 24_000;
    const player = choosePlayer(input);
    const { file, sound } = await speak(studio, { words: input.text, sampleRate, player });
    return {
      audio: {
        ...file,
        duration: sound.seconds,
        container: 'wav',
        codec: 'pcm_s16le',
        sample_rate: sampleRate,
        channels: sound.channels,
        bitrate: sampleRate * sound.channels * BITS_PER_SAMPLE,
        media_type: 'audio',
      },
    };
  },
});

interface Casting {
  readonly voice?: string | null | undefined;
  readonly audio_url?: string | null | undefined;
  readonly seed: number;
}

/** The same sample or voice and seed sound the same; without a seed no two tries do, and without either anybody speaks. */
function choosePlayer({ voice, audio_url, seed }: Casting): string {
  const who = audio_url || voice || VOICES[randomInt(VOICES.length)];
  return `${who} ${seed === 0 ? randomInt(2 ** 32) : seed} `;
}
