/** The usual options of models that speak or listen. */
import type { NeutralOption } from './neutral-option.ts';

export const SOUND_OPTIONS = {
  voice: {
    fields: ['voice', 'voice_setting.voice_id', 'voice_id'],
    aliases: [],
    what: 'choice of voice',
    description: 'Who speaks',
  },
  speed: {
    fields: ['speed', 'voice_setting.speed'],
    aliases: [],
    what: 'choice of speed',
    description: 'How fast to speak; 1 is normal',
  },
  volume: {
    fields: ['volume', 'voice_setting.vol'],
    aliases: ['vol'],
    what: 'choice of volume',
    description: 'How loud to speak; 1 is normal',
  },
  pitch: {
    fields: ['pitch', 'voice_setting.pitch'],
    aliases: [],
    what: 'choice of pitch',
    description: 'How high to speak; 0 is normal',
  },
  emotion: {
    fields: ['emotion', 'voice_setting.emotion'],
    aliases: [],
    what: 'choice of emotion',
    description: 'In which mood to speak',
  },
  exaggeration: {
    fields: ['exaggeration'],
    aliases: [],
    what: 'dial for feeling',
    description: 'How much feeling; 0.5 is normal',
  },
  temperature: {
    fields: ['temperature'],
    aliases: [],
    what: 'temperature',
    description: 'How freely to go about it',
  },
  sample_rate: {
    fields: ['sample_rate', 'audio_setting.sample_rate'],
    aliases: [],
    what: 'choice of sample rate',
    description: 'Samples per second of the sound',
  },
  bitrate: {
    fields: ['bitrate', 'audio_setting.bitrate'],
    aliases: [],
    what: 'choice of bit rate',
    description: 'Bits per second of the sound file',
  },
  channels: {
    fields: ['audio_setting.channel'],
    aliases: [],
    what: 'number of channels',
    description: 'One for mono, two for stereo',
  },
  normalisation: {
    fields: ['voice_setting.english_normalization'],
    aliases: ['normalization', 'normalise', 'normalize'],
    what: 'normalisation',
    description: 'Read numbers and dates in English as people say them',
  },
  pronunciation: {
    fields: ['pronunciation_dict.tone_list'],
    aliases: [],
    what: 'pronunciation dictionary',
    description: 'How words are spoken, such as omg/oh my god',
  },
  speakers: {
    fields: ['diarize'],
    aliases: ['diarise'],
    what: 'way to tell speakers apart (diarize)',
    description: 'Tell the speakers apart',
  },
  speaker_count: {
    fields: ['num_speakers'],
    aliases: [],
    what: 'number of speakers',
    description: 'How many people speak, where that is known',
  },
  batch_size: {
    fields: ['batch_size'],
    aliases: [],
    what: 'batch size',
    description: 'How many stretches are heard at the same time',
  },
  version: {
    fields: ['version'],
    aliases: [],
    what: 'versions',
    description: 'Which version of the model',
  },
  language: {
    fields: ['language', 'language_boost', 'language_code'],
    aliases: ['lang'],
    what: 'choice of language',
    description: 'The language that is spoken',
  },
} as const satisfies Record<string, NeutralOption>;
