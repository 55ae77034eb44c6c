/**
 * MiniMax: speech in many voices, and voices from a description or a recording. Voice and speed live
 * inside `voice_setting`, formats inside `audio_setting`; the answer is hexadecimal unless told otherwise.
 */
import { choice, text, type ModelFamily } from './family.ts';

/** MiniMax's own; a voice that was cloned or designed goes by an id of its own. */
const VOICES = choice(
  'Wise_Woman',
  'Friendly_Person',
  'Inspirational_girl',
  'Deep_Voice_Man',
  'Calm_Woman',
  'Casual_Guy',
  'Lively_Girl',
  'Patient_Man',
  'Young_Knight',
  'Determined_Man',
  'Lovely_Girl',
  'Decent_Boy',
  'Imposing_Manner',
  'Elegant_Man',
  'Abbess',
  'Sweet_Girl_2',
  'Exuberant_Girl',
);

const SPEECH = {
  fields: { 'voice_setting.voice_id': { type: { kind: 'either', types: [VOICES, text(1)] } } },
  means: {
    voice: 'voice_setting.voice_id',
    speed: 'voice_setting.speed',
    format: 'audio_setting.format',
    language: 'language_boost',
  },
  always: { output_format: 'url' },
} as const;

const minimaxSpeech: readonly ModelFamily[] = [
  {
    name: 'minimax-speech-02-hd',
    description: 'Speaks in 17 voices and 38 languages, with feeling',
    endpoints: [{ id: 'fal-ai/minimax/speech-02-hd', ...SPEECH }],
  },
  {
    name: 'minimax-speech-02-turbo',
    description: 'The same voices, sooner and cheaper',
    endpoints: [{ id: 'fal-ai/minimax/speech-02-turbo', ...SPEECH }],
  },
  {
    name: 'minimax-voice-clone',
    description: 'Makes a voice from a recording of at least ten seconds',
    endpoints: [{ id: 'fal-ai/minimax/voice-clone' }],
  },
  {
    name: 'minimax-voice-design',
    description: 'Makes a voice from a description, and reads a sentence with it',
    endpoints: [
      {
        id: 'fal-ai/minimax/voice-design',
        fields: { prompt: { type: text(1, 2000) }, preview_text: { type: text(1, 500) } },
      },
    ],
  },
];
export default minimaxSpeech;
