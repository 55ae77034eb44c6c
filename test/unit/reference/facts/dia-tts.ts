/** From fal's schemas of Dia; its newest one has lost two fields of the voice clone. */
import { file, media, NOTHING_ELSE, text, type Answer, type EndpointFacts } from './fact.ts';

const TALK = '[S1] Hello, how are you? [S2] Very well! (laughs)';
const ANSWERS: readonly Answer[] = [
  {
    name: 'every documented field',
    output: {
      audio: {
        url: 'https://v3.fal.media/a.mp3',
        content_type: 'audio/mpeg',
        file_name: 'a.mp3',
        file_size: 99,
      },
    },
    result: {
      ...NOTHING_ELSE,
      media: [
        media('https://v3.fal.media/a.mp3', { claimedType: 'audio/mpeg', fileName: 'a.mp3' }),
      ],
      rest: { audio: { file_size: 99 } },
    },
  },
];

export const diaTts: EndpointFacts = {
  id: 'fal-ai/dia-tts',
  family: 'dia-tts',
  words: 'text',
  files: {},
  required: { text: TALK },
  full: { text: TALK },
  fields: [text('text')],
  answers: ANSWERS,
};

export const diaVoiceClone: EndpointFacts = {
  id: 'fal-ai/dia-tts/voice-clone',
  family: 'dia-voice-clone',
  words: 'text',
  files: { ref_audio_url: 'audio' },
  required: {
    text: TALK,
    ref_audio_url: 'https://v3.fal.media/files/elephant/d5lORit2npFfBykcAtyUr_tmplacfh8oa.mp3',
    ref_text: '[S1] Dia is an open weights text to dialogue model.',
  },
  full: {
    text: TALK,
    ref_audio_url: 'https://v3.fal.media/files/elephant/d5lORit2npFfBykcAtyUr_tmplacfh8oa.mp3',
    ref_text: '[S1] Dia is an open weights text to dialogue model.',
  },
  fields: [text('text'), file('ref_audio_url'), text('ref_text')],
  answers: ANSWERS,
};
