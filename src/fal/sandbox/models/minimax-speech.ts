import { z } from 'zod';
import { ModelRefusal } from '../refusal.ts';
import { speak } from '../speech.ts';
import type { Studio } from '../studio.ts';
import { flag, number } from './inputs.ts';
import { defineModel, type Output } from './model.ts';
import { file } from './outputs.ts';

/** fal's schema has numbers, its client's types have the same as text; either is taken. */
function eitherWay<const Values extends readonly [number, ...number[]]>(values: Values) {
  return z.union([z.literal(values), z.enum(values.map(String))]).transform(Number);
}

const voiceSetting = z
  .object({
    voice_id: z.string().min(1).default('Wise_Woman'),
    speed: number(0.5, 2, 1),
    vol: number(0.01, 10, 1),
    pitch: z.int().min(-12).max(12).default(0),
    emotion: z
      .enum(['happy', 'sad', 'angry', 'fearful', 'disgusted', 'surprised', 'neutral'])
      .nullish(),
    english_normalization: flag(false),
  })
  .meta({ id: 'VoiceSetting' });

const STANDARD_VOICE = {
  voice_id: 'Wise_Woman',
  speed: 1,
  vol: 1,
  pitch: 0,
  english_normalization: false,
};

const audioSetting = z
  .object({
    sample_rate: eitherWay([8000, 16_000, 22_050, 24_000, 32_000, 44_100]).prefault(32_000),
    bitrate: eitherWay([32_000, 64_000, 128_000, 256_000]).prefault(128_000),
    format: z.enum(['mp3', 'pcm', 'flac']).default('mp3'),
    channel: eitherWay([1, 2]).prefault(1),
  })
  .meta({ id: 'AudioSetting' });

const LANGUAGES =
  'Chinese|Chinese,Yue|English|Arabic|Russian|Spanish|French|Portuguese|German|Turkish|Dutch|Ukrainian|Vietnamese|Indonesian|Japanese|Italian|Korean|Thai|Polish|Romanian|Greek|Czech|Finnish|Hindi|Bulgarian|Danish|Hebrew|Malay|Slovak|Swedish|Croatian|Hungarian|Norwegian|Slovenian|Catalan|Nynorsk|Afrikaans|auto'.split(
    '|',
  );

const input = z.object({
  text: z
    .string()
    .min(1)
    .max(5000)
    .refine((text) => text === '' || text.trim() !== '', 'text must not be only white space'),
  voice_setting: voiceSetting.prefault(STANDARD_VOICE),
  audio_setting: audioSetting.prefault({}),
  language_boost: z.enum(LANGUAGES).nullish(),
  output_format: z.enum(['url', 'hex']).default('hex'),
  pronunciation_dict: z
    .object({ tone_list: z.array(z.string()).optional() })
    .meta({ id: 'PronunciationDict' })
    .nullish(),
});
const output = z.object({ audio: z.union([file, z.string()]), duration_ms: z.int() });

export const minimaxSpeechHd = defineModel({
  endpoint: 'fal-ai/minimax/speech-02-hd',
  title: 'MiniMax Speech-02 HD',
  category: 'text-to-speech',
  price: { unit: '1000 characters', unitPrice: 0.1 },
  input,
  output,
  run: say,
});

export const minimaxSpeechTurbo = defineModel({
  endpoint: 'fal-ai/minimax/speech-02-turbo',
  title: 'MiniMax Speech-02 Turbo',
  category: 'text-to-speech',
  price: { unit: '1000 characters', unitPrice: 0.06 },
  input,
  output,
  run: say,
});

async function say(wish: z.output<typeof input>, studio: Studio): Promise<Output> {
  const { voice_id, speed, vol: loudness, pitch } = wish.voice_setting;
  if (!studio.voices.use(voice_id)) throw refuseVoice(voice_id);
  const { sample_rate: sampleRate, channel: channels, format, bitrate } = wish.audio_setting;
  const words = wish.text.replaceAll(/<#[\d.]+#>/gu, ' ');
  const manner = { speed, loudness, pitch, player: voice_id };
  const spoken = await speak(studio, { words, sampleRate, channels, format, bitrate, ...manner });
  return {
    audio: wish.output_format === 'hex' ? spoken.bytes.toString('hex') : spoken.file,
    duration_ms: Math.round(spoken.sound.seconds * 1000),
  };
}

/** MiniMax's own words, its error 2054. */
function refuseVoice(input: string): ModelRefusal {
  const loc = ['body', 'voice_setting', 'voice_id'];
  return new ModelRefusal(422, [{ loc, msg: 'voice id not exist', type: 'value_error', input }]);
}
