/** From the page of Whisper and fal's schema of Wizper. */
import {
  file,
  flag,
  integer,
  nullable,
  NOTHING_ELSE,
  oneOf,
  text,
  type EndpointFacts,
} from './fact.ts';

/** Whisper's languages, without Cantonese. */
const LANGUAGES =
  'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh'.split(
    ' ',
  );
const SPEECH = 'https://storage.googleapis.com/falserverless/model_tests/whisper/dinner.mp3';
const CHUNKS = [
  { timestamp: [0, 2.5], text: 'Hello there.' },
  { timestamp: [2.5, null], text: 'Good bye.' },
];

export const whisper: EndpointFacts = {
  id: 'fal-ai/whisper',
  family: 'whisper',
  words: 'prompt',
  files: { audio_url: 'audio' },
  always: { task: 'transcribe', language: null, diarize: false, chunk_level: 'segment' },
  required: { audio_url: SPEECH },
  full: {
    audio_url: SPEECH,
    task: 'translate',
    language: 'de',
    diarize: true,
    chunk_level: 'word',
    batch_size: 64,
    num_speakers: 2,
    prompt: 'Names: Siobhán, Ørsted.',
  },
  fields: [
    file('audio_url'),
    oneOf('task', ['transcribe', 'translate'], 'transcribe'),
    nullable(oneOf('language', LANGUAGES)),
    flag('diarize', false),
    oneOf('chunk_level', ['none', 'segment', 'word'], 'segment'),
    integer('batch_size', 1, 64, 64),
    {
      name: 'num_speakers',
      legal: [1, 7, null],
      refused: [
        { value: 0, says: ['whole number', '1'] },
        { value: 1.5, says: ['whole number', '1'] },
      ],
    },
    text('prompt', { standard: '' }),
  ],
  answers: [
    {
      name: 'every documented field',
      output: {
        text: 'Hello there. Good bye.',
        chunks: CHUNKS.map((chunk, at) => ({ ...chunk, speaker: `SPEAKER_0${at}` })),
        inferred_languages: ['en'],
        diarization_segments: [{ speaker: 'SPEAKER_00', timestamp: [0, 2.5] }],
      },
      result: {
        ...NOTHING_ELSE,
        media: [],
        text: 'Hello there. Good bye.',
        rest: {
          chunks: CHUNKS.map((chunk, at) => ({ ...chunk, speaker: `SPEAKER_0${at}` })),
          inferred_languages: ['en'],
          diarization_segments: [{ speaker: 'SPEAKER_00', timestamp: [0, 2.5] }],
        },
      },
    },
  ],
};

export const wizper: EndpointFacts = {
  id: 'fal-ai/wizper',
  family: 'wizper',
  words: '',
  files: { audio_url: 'audio' },
  always: { task: 'transcribe', language: null },
  required: { audio_url: SPEECH },
  full: {
    audio_url: SPEECH,
    task: 'translate',
    language: 'fr',
    chunk_level: 'segment',
    max_segment_len: 29,
    merge_chunks: false,
    version: '3',
  },
  fields: [
    file('audio_url'),
    oneOf('task', ['transcribe', 'translate'], 'transcribe'),
    nullable(oneOf('language', LANGUAGES, 'en')),
    oneOf('chunk_level', ['segment'], 'segment'),
    integer('max_segment_len', 10, 29, 29),
    flag('merge_chunks', true),
    oneOf('version', ['3'], '3'),
  ],
  answers: [
    {
      name: 'every documented field',
      output: { text: 'Hello there. Good bye.', chunks: CHUNKS, languages: ['en'] },
      result: {
        ...NOTHING_ELSE,
        media: [],
        text: 'Hello there. Good bye.',
        rest: { chunks: CHUNKS, languages: ['en'] },
      },
    },
  ],
};
