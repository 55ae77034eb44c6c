/**
 * Whisper and Wizper write speech down. Every default is said aloud: the language is found out by
 * itself (Wizper alone would take everything for English), and nobody's voices are told apart unasked.
 */
import { choice, integer, type ModelFamily } from './family.ts';

const whisper: readonly ModelFamily[] = [
  {
    name: 'whisper',
    description: 'Writes speech down in 99 languages; tells speakers apart',
    endpoints: [
      {
        id: 'fal-ai/whisper',
        fields: {
          task: { type: choice('transcribe', 'translate'), standard: 'transcribe' },
          language: { nullable: true },
          diarize: { standard: false },
          chunk_level: { type: choice('none', 'segment', 'word'), standard: 'segment' },
          batch_size: { type: integer(1, 64), standard: 64 },
          num_speakers: { type: { kind: 'integer', min: 1 }, nullable: true },
          prompt: { standard: '' },
        },
        always: { task: 'transcribe', language: null, diarize: false, chunk_level: 'segment' },
      },
    ],
  },
  {
    name: 'wizper',
    description: 'Whisper, tuned by fal: writes speech down faster',
    endpoints: [
      {
        id: 'fal-ai/wizper',
        fields: {
          max_segment_len: { type: integer(10, 29), standard: 29 },
        },
        always: { task: 'transcribe', language: null },
      },
    ],
  },
];
export default whisper;
