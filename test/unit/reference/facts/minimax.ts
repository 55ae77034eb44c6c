/** From fal's schemas of MiniMax's speech and voices. */
import {
  file,
  flag,
  integer,
  media,
  NOTHING_ELSE,
  nullable,
  number,
  oneOf,
  text,
  type EndpointFacts,
} from './fact.ts';

const LANGUAGES =
  'Chinese|Chinese,Yue|English|Arabic|Russian|Spanish|French|Portuguese|German|Turkish|Dutch|Ukrainian|Vietnamese|Indonesian|Japanese|Italian|Korean|Thai|Polish|Romanian|Greek|Czech|Finnish|Hindi|Bulgarian|Danish|Hebrew|Malay|Slovak|Swedish|Croatian|Hungarian|Norwegian|Slovenian|Catalan|Nynorsk|Afrikaans|auto'.split(
    '|',
  );
const EMOTIONS = ['happy', 'sad', 'angry', 'fearful', 'disgusted', 'surprised', 'neutral'];
const SOUND = {
  url: 'https://v3.fal.media/a.mp3',
  content_type: 'audio/mpeg',
  file_name: 'a.mp3',
  file_size: 99,
};
const LEFT = { audio: { file_size: 99 } };
const HEARD = media('https://v3.fal.media/a.mp3', {
  claimedType: 'audio/mpeg',
  fileName: 'a.mp3',
});

function speech(version: 'hd' | 'turbo'): EndpointFacts {
  return {
    id: `fal-ai/minimax/speech-02-${version}`,
    family: `minimax-speech-02-${version}`,
    words: 'text',
    files: {},
    // The default is hexadecimal.
    always: { output_format: 'url' },
    required: { text: 'Hello world! This is a test.<#0.5#> Bye.' },
    full: {
      text: 'Hello world! This is a test.<#0.5#> Bye.',
      voice_setting: {
        voice_id: 'Wise_Woman',
        speed: 1.5,
        vol: 1,
        pitch: -3,
        emotion: 'happy',
        english_normalization: true,
      },
      audio_setting: { sample_rate: 32_000, bitrate: 128_000, format: 'mp3', channel: 1 },
      language_boost: 'Chinese,Yue',
      output_format: 'url',
      pronunciation_dict: { tone_list: ['omg/(oh my god)', '燕少飞/(yan4)(shao3)(fei1)'] },
    },
    fields: [
      text('text', { min: 1, max: 5000 }),
      text('voice_setting.voice_id', { min: 1, standard: 'Wise_Woman' }),
      number('voice_setting.speed', 0.5, 2, 1),
      number('voice_setting.vol', 0.01, 10, 1),
      integer('voice_setting.pitch', -12, 12, 0),
      nullable(oneOf('voice_setting.emotion', EMOTIONS)),
      flag('voice_setting.english_normalization', false),
      // fal's schema has numbers here, its client's types have text.
      oneOf('audio_setting.sample_rate', [8000, 16_000, 22_050, 24_000, 32_000, 44_100], 32_000),
      oneOf('audio_setting.bitrate', [32_000, 64_000, 128_000, 256_000], 128_000),
      oneOf('audio_setting.format', ['mp3', 'pcm', 'flac'], 'mp3'),
      oneOf('audio_setting.channel', [1, 2], 1),
      nullable(oneOf('language_boost', LANGUAGES)),
      oneOf('output_format', ['url', 'hex'], 'hex'),
      { name: 'pronunciation_dict', legal: [{ tone_list: [] }, null], refused: [] },
      {
        name: 'pronunciation_dict.tone_list',
        legal: [['omg/(oh my god)'], ['one/(1)', 'two/(2)', 'three/(3)']],
        refused: [],
      },
    ],
    answers: [
      {
        name: 'every documented field',
        output: { audio: SOUND, duration_ms: 2345 },
        result: { ...NOTHING_ELSE, media: [HEARD], rest: { ...LEFT, duration_ms: 2345 } },
      },
    ],
  };
}

export const speechHd = speech('hd');
export const speechTurbo = speech('turbo');

const GREETING = 'Hello, this is a preview of your cloned voice! I hope you like it!';

export const voiceClone: EndpointFacts = {
  id: 'fal-ai/minimax/voice-clone',
  family: 'minimax-voice-clone',
  words: 'text',
  files: { audio_url: 'audio' },
  required: { audio_url: 'https://v3.fal.media/files/a/voice.wav' },
  full: {
    audio_url: 'https://v3.fal.media/files/a/voice.wav',
    noise_reduction: true,
    need_volume_normalization: true,
    accuracy: 0.7,
    text: 'Good evening.',
    model: 'speech-02-turbo',
  },
  fields: [
    file('audio_url'),
    flag('noise_reduction', false),
    flag('need_volume_normalization', false),
    nullable(number('accuracy', 0, 1)),
    text('text', { max: 1000, standard: GREETING }),
    oneOf(
      'model',
      ['speech-02-hd', 'speech-02-turbo', 'speech-01-hd', 'speech-01-turbo'],
      'speech-02-hd',
    ),
  ],
  answers: [
    {
      name: 'every documented field',
      output: { custom_voice_id: 'Voice0a1b2c', audio: SOUND },
      result: { ...NOTHING_ELSE, media: [HEARD], text: 'Voice0a1b2c', rest: LEFT },
    },
    {
      name: 'a voice without a preview',
      output: { custom_voice_id: 'Voice0a1b2c', audio: null },
      result: { ...NOTHING_ELSE, media: [], text: 'Voice0a1b2c', rest: { audio: null } },
    },
  ],
};

export const voiceDesign: EndpointFacts = {
  id: 'fal-ai/minimax/voice-design',
  family: 'minimax-voice-design',
  words: 'prompt',
  files: {},
  required: { prompt: 'Bubbly and excitable female pop star', preview_text: 'Hi everyone!' },
  full: { prompt: 'Bubbly and excitable female pop star', preview_text: 'Hi everyone!' },
  fields: [text('prompt', { max: 2000 }), text('preview_text', { max: 500 })],
  answers: [
    {
      name: 'every documented field',
      output: { custom_voice_id: 'Voice0a1b2c', audio: SOUND },
      result: { ...NOTHING_ELSE, media: [HEARD], text: 'Voice0a1b2c', rest: LEFT },
    },
  ],
};
