import { z } from 'zod';
import { speak } from '../speech.ts';
import { defineModel } from './model.ts';
import { file } from './outputs.ts';

const output = z.object({ audio: file });

export const diaTts = defineModel({
  endpoint: 'fal-ai/dia-tts',
  title: 'Dia',
  category: 'text-to-speech',
  price: { unit: '1000 characters', unitPrice: 0.04 },
  input: z.object({ text: z.string() }),
  output,
  run: async ({ text: words }, studio) => ({ audio: (await speak(studio, { words })).file }),
});

/** Newer documents list only `text`; without a sample and its words there is nothing to clone. */
export const diaVoiceClone = defineModel({
  endpoint: 'fal-ai/dia-tts/voice-clone',
  title: 'Dia Voice Clone',
  category: 'audio-to-audio',
  price: { unit: '1000 characters', unitPrice: 0.04 },
  input: z.object({ text: z.string(), ref_audio_url: z.string(), ref_text: z.string() }),
  output,
  async run(input, studio) {
    await studio.readFile(input.ref_audio_url, ['ref_audio_url']);
    return { audio: (await speak(studio, { words: input.text })).file };
  },
});
