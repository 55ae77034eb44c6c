import { z } from 'zod';
import { ModelRefusal } from '../refusal.ts';
import { inspectSound } from '../sounds/sound-file.ts';
import { speak } from '../speech.ts';
import type { KeptFile, Studio } from '../studio.ts';
import { flag } from './inputs.ts';
import { defineModel } from './model.ts';
import { file } from './outputs.ts';

const SHORTEST_SAMPLE_SECONDS = 10;

export const minimaxVoiceClone = defineModel({
  endpoint: 'fal-ai/minimax/voice-clone',
  title: 'MiniMax Voice Cloning',
  category: 'text-to-speech',
  price: { unit: 'requests', unitPrice: 1.5 },
  input: z.object({
    audio_url: z.string(),
    noise_reduction: flag(false),
    need_volume_normalization: flag(false),
    accuracy: z.number().min(0).max(1).nullish(),
    text: z
      .string()
      .max(1000)
      .nullable()
      .default('Hello, this is a preview of your cloned voice! I hope you like it!'),
    model: z
      .enum(['speech-02-hd', 'speech-02-turbo', 'speech-01-hd', 'speech-01-turbo'])
      .default('speech-02-hd'),
  }),
  output: z.object({ custom_voice_id: z.string(), audio: file.nullable() }),
  async run(input, studio) {
    const sample = await inspectSound(await studio.readFile(input.audio_url, ['audio_url']));
    checkSample(sample.seconds);
    const id = studio.voices.make();
    return {
      custom_voice_id: id,
      audio: input.text ? await preview(studio, id, input.text) : null,
    };
  },
});

export const minimaxVoiceDesign = defineModel({
  endpoint: 'fal-ai/minimax/voice-design',
  title: 'MiniMax Voice Design',
  category: 'text-to-speech',
  price: { unit: '1000 characters', unitPrice: 0.03 },
  input: z.object({ prompt: z.string().max(2000), preview_text: z.string().max(500) }),
  output: z.object({ custom_voice_id: z.string(), audio: file }),
  async run(input, studio) {
    const id = studio.voices.make();
    return { custom_voice_id: id, audio: await preview(studio, id, input.preview_text) };
  },
});

/** As MiniMax speaks where it is not told how. */
const AS_USUAL = { format: 'mp3', sampleRate: 32_000 } as const;

/** Hearing a voice is not using it: it stays young only by being spoken with. */
async function preview(studio: Studio, player: string, words: string): Promise<KeptFile> {
  return (await speak(studio, { ...AS_USUAL, words, player })).file;
}

function checkSample(seconds: number): void {
  if (seconds >= SHORTEST_SAMPLE_SECONDS) return;
  const ctx = { min_duration: SHORTEST_SAMPLE_SECONDS, provided_duration: seconds };
  const msg = 'The audio is too short.';
  throw new ModelRefusal(422, [
    { loc: ['body', 'audio_url'], msg, type: 'audio_duration_too_short', ctx },
  ]);
}
