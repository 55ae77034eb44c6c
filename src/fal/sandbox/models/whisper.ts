import { z } from 'zod';
import { ModelRefusal } from '../refusal.ts';
import { listen, type Heard } from '../sounds/listen.ts';
import { toChunks, toSpeaker } from '../sounds/transcript.ts';
import type { Studio } from '../studio.ts';
import { flag, integer } from './inputs.ts';
import { defineModel } from './model.ts';
import { chunk, diarizationSegment } from './outputs.ts';

/** Whisper's languages, without Cantonese. */
const LANGUAGES =
  'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh'.split(
    ' ',
  );
/** What the documents list, and what people report to work beside it. */
const SUPPORTED = ['mp3', 'mp4', 'mpeg', 'mpga', 'm4a', 'wav', 'webm', 'ogg', 'flac'];
const task = z.enum(['transcribe', 'translate']).default('transcribe');

export const whisper = defineModel({
  endpoint: 'fal-ai/whisper',
  title: 'Whisper',
  category: 'speech-to-text',
  price: { unit: 'compute seconds', unitPrice: 0.00111 },
  input: z.object({
    audio_url: z.string(),
    task,
    language: z.enum(LANGUAGES).nullish(),
    diarize: flag(false),
    chunk_level: z.enum(['none', 'segment', 'word']).default('segment'),
    batch_size: integer(1, 64, 64),
    prompt: z.string().default(''),
    num_speakers: z.int().min(1).nullish(),
  }),
  output: z.object({
    text: z.string(),
    chunks: z.array(chunk).nullish(),
    inferred_languages: z.array(z.string()),
    diarization_segments: z.array(diarizationSegment),
  }),
  async run(input, studio) {
    const { words, seconds } = await hear(studio, input.audio_url);
    const speakers = input.num_speakers ?? 2;
    const speakerAt = (index: number) => (input.diarize ? toSpeaker(index, speakers) : null);
    const chunks = toChunks(words, seconds, input.chunk_level);
    return {
      text: words,
      chunks: chunks.map((part, index) => ({ ...part, speaker: speakerAt(index) })),
      inferred_languages: [input.language ?? 'en'],
      diarization_segments: chunks
        .map(({ timestamp }, index) => ({ timestamp, speaker: toSpeaker(index, speakers) }))
        .filter(() => input.diarize),
    };
  },
});

export const wizper = defineModel({
  endpoint: 'fal-ai/wizper',
  title: 'Wizper',
  category: 'speech-to-text',
  price: { unit: 'compute seconds', unitPrice: 0.0005 },
  input: z.object({
    audio_url: z.string(),
    task,
    language: z.enum(LANGUAGES).nullable().default('en'),
    chunk_level: z.literal('segment').default('segment'),
    max_segment_len: integer(10, 29, 29),
    merge_chunks: flag(true),
    version: z.literal('3').default('3'),
  }),
  output: z.object({
    text: z.string(),
    chunks: z.array(chunk.omit({ speaker: true })),
    languages: z.array(z.string()),
  }),
  async run(input, studio) {
    const { words, seconds } = await hear(studio, input.audio_url);
    const chunks = toChunks(words, seconds, 'segment');
    return { text: words, chunks, languages: [input.language ?? 'en'] };
  },
});

async function hear(studio: Studio, url: string): Promise<Heard> {
  const heard = await listen(await studio.readFile(url, ['audio_url']));
  if (heard.type !== undefined) return heard;
  const msg = 'Unsupported audio format.';
  const ctx = { supported_formats: SUPPORTED };
  throw new ModelRefusal(422, [
    { loc: ['body', 'audio_url'], msg, type: 'unsupported_audio_format', ctx },
  ]);
}
