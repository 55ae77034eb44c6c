/** From fal's schema of Chatterbox HD, whose text is optional there: without one it reads out a film quote. */
import {
  file,
  flag,
  media,
  NOTHING_ELSE,
  number,
  oneOf,
  text,
  type EndpointFacts,
} from './fact.ts';

const SPOKEN = 'Expressive, natural speech.';

export const chatterboxHd: EndpointFacts = {
  id: 'resemble-ai/chatterboxhd/text-to-speech',
  family: 'chatterbox-hd',
  words: 'text',
  files: { audio_url: 'audio' },
  required: { text: SPOKEN },
  full: {
    text: SPOKEN,
    voice: 'Aurora',
    audio_url: 'https://storage.googleapis.com/chatterbox-demo-samples/prompts/male.flac',
    exaggeration: 0.5,
    cfg: 0.5,
    high_quality_audio: true,
    seed: 0,
    temperature: 0.8,
  },
  fields: [
    text('text'),
    oneOf('voice', [
      'Aurora',
      'Blade',
      'Britney',
      'Carl',
      'Cliff',
      'Richard',
      'Rico',
      'Siobhan',
      'Vicky',
    ]),
    file('audio_url'),
    number('exaggeration', 0.25, 2, 0.5),
    number('cfg', 0, 1, 0.5),
    flag('high_quality_audio', false),
    {
      name: 'seed',
      standard: 0,
      legal: [0, 1, Number.MAX_SAFE_INTEGER],
      refused: [
        { value: -1, says: ['whole number', '0'] },
        { value: 1.5, says: ['whole number', '0'] },
      ],
    },
    number('temperature', 0.05, 5, 0.8),
  ],
  answers: [
    {
      name: 'every documented field',
      output: {
        audio: {
          url: 'https://v3.fal.media/a.wav',
          file_name: 'a.wav',
          file_size: 99,
          content_type: 'audio/wav',
          container: 'wav',
          codec: 'pcm_s16le',
          duration: 2.5,
          sample_rate: 48_000,
          channels: 1,
          bitrate: 768_000,
          media_type: 'audio',
        },
      },
      result: {
        ...NOTHING_ELSE,
        media: [
          media('https://v3.fal.media/a.wav', { claimedType: 'audio/wav', fileName: 'a.wav' }),
        ],
        rest: {
          audio: {
            file_size: 99,
            container: 'wav',
            codec: 'pcm_s16le',
            duration: 2.5,
            sample_rate: 48_000,
            channels: 1,
            bitrate: 768_000,
            media_type: 'audio',
          },
        },
      },
    },
  ],
};
