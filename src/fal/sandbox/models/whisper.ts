import { z } from 'zod';
import { ModelRefusal } from '../refusal.ts';
import { LISTED_FORMATS } from '../sounds/hearing.ts';
import type { Heard } from '../sounds/listen.ts';
import { inspectSound, type SoundFile } from '../sounds/sound-file.ts';
import type { TimedWord } from '../sounds/timing.ts';
import {
  cut,
  findSpeaker,
  fit,
  nameSpeakers,
  takeTurns,
  toChunk,
  toTurns,
  type Piece,
} from '../sounds/transcript.ts';
import type { Studio } from '../studio.ts';
import { flag, integer } from './inputs.ts';
import { defineModel } from './model.ts';
import { chunk, diarizationSegment } from './outputs.ts';

/** Whisper's languages, without Cantonese. */
const LANGUAGES =
  'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh'.split(
    ' ',
  );
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
    const heard = await hear(studio, input);
    const pieces = input.diarize
      ? tellApart(heard.words, input)
      : cut(heard.words, input.chunk_level);
    return {
      text: heard.text,
      chunks: pieces.map((piece) => ({
        ...toChunk(piece),
        speaker: input.diarize ? findSpeaker(piece) : null,
      })),
      inferred_languages: heard.languages,
      diarization_segments: input.diarize ? toTurns(pieces.flat()) : [],
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
    const { text, words, languages } = await hear(studio, input);
    const { max_segment_len: seconds, merge_chunks: join } = input;
    const pieces = fit(cut(words, 'segment'), { seconds, join });
    return { text, chunks: pieces.map(toChunk), languages };
  },
});

interface Wish {
  readonly audio_url: string;
  readonly task: z.output<typeof task>;
  readonly language?: string | null | undefined;
}

/** A language that is given is taken for granted, whatever is spoken. */
async function hear(studio: Studio, wish: Wish): Promise<Heard> {
  const sound = await inspectSound(await studio.readFile(wish.audio_url, ['audio_url']));
  checkSound(sound, studio);
  const heard = await studio.listen(sound, { ...wish });
  const languages = wish.language ? [wish.language] : heard.languages;
  const isForeign = languages.some((language) => language !== 'en');
  const said = wish.task === 'translate' && isForeign ? markTranslated(heard) : heard;
  return { ...said, languages };
}

/** A toy knows no languages: it says what it was asked for. */
function markTranslated({ words, text, ...rest }: Heard): Heard {
  const [first, ...others] = words;
  if (!first) return { words, text, ...rest };
  const mark = 'In English:';
  return {
    ...rest,
    words: [{ ...first, text: `${mark} ${first.text}` }, ...others],
    text: `${mark} ${text}`,
  };
}

interface Telling {
  readonly chunk_level: 'none' | 'segment' | 'word';
  readonly num_speakers?: number | null | undefined;
}

/** How many take turns where nobody knows. */
const TURN_TAKERS = 2;

function tellApart(
  words: readonly TimedWord[],
  { chunk_level, num_speakers }: Telling,
): readonly Piece[] {
  if (words.every(({ speaker }) => speaker === undefined)) {
    return takeTurns(cut(words, chunk_level), num_speakers ?? TURN_TAKERS);
  }
  return cut(nameSpeakers(words, num_speakers ?? words.length), chunk_level, true);
}

/** People report more to work than is listed. */
const SUPPORTED = [...LISTED_FORMATS, 'ogg', 'flac'];

/** Any sound or film is taken, unless a rule says otherwise. */
function checkSound({ type, format = '', seconds }: SoundFile, studio: Studio): void {
  const { formats, maxSeconds = Number.POSITIVE_INFINITY } = studio.soundRule() ?? {};
  const loc = ['body', 'audio_url'];
  if (type === undefined || formats?.includes(format) === false) {
    const ctx = { supported_formats: formats ?? SUPPORTED };
    const msg = 'Unsupported audio format.';
    throw new ModelRefusal(422, [{ loc, msg, type: 'unsupported_audio_format', ctx }]);
  }
  if (seconds <= maxSeconds) return;
  const ctx = { max_duration: maxSeconds, provided_duration: seconds };
  const msg = 'The audio is too long.';
  throw new ModelRefusal(422, [{ loc, msg, type: 'audio_duration_too_long', ctx }]);
}
