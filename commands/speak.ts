import { createChosenModel } from '../src/chosen-model.ts';
import { defineCommand, type Vocabulary } from '../src/command.ts';
import { toRequestOptions } from '../src/request.ts';
import { LONGEST_TEXT } from '../src/speech/find-words.ts';
import { isSpeaking, SPEAKING_MODEL } from '../src/speech/speaking-models.ts';

const words = {
  text: {
    kind: 'text',
    description: 'The words; for dia-tts a dialogue such as [S1] Hello! [S2] Hi. (laughs)',
    maxLength: LONGEST_TEXT,
  },
  file: { kind: 'file', media: 'any', description: 'A text file, for longer texts' },
  link: { kind: 'text', description: 'Link to the message to read', maxLength: 300 },
} as const;

export default ({ models }: Vocabulary) => {
  const choosing = { standard: SPEAKING_MODEL, isOffered: isSpeaking };
  const { options: usual, suggestFor, form } = createChosenModel(models, choosing);
  const voice = {
    kind: 'suggested',
    description: 'Who speaks: a voice of the model, or one of /voices',
    maxLength: 100,
    suggest: suggestFor('voice'),
  } as const;
  return defineCommand({
    name: 'speak',
    description: 'Read something aloud: your words, a text file, or the message that you reply to',
    published: true,
    menu: 'Read aloud',
    takesJob: true,
    options: {
      ...words,
      voice,
      model: usual.model,
      speed: {
        kind: 'number',
        description: 'How fast; 1 is normal',
        min: 0.1,
        max: 10,
      },
      language: {
        kind: 'suggested',
        description: 'The language of the words, where the model wants to know',
        maxLength: 40,
        suggest: suggestFor('language'),
        aliases: ['lang'],
      },
      emotion: {
        kind: 'suggested',
        description: 'In which mood',
        maxLength: 40,
        suggest: suggestFor('emotion'),
      },
      pitch: { kind: 'integer', description: 'How high; 0 is normal', min: -24, max: 24 },
      volume: { kind: 'number', description: 'How loud; 1 is normal', min: 0, max: 10 },
      format: {
        kind: 'suggested',
        description: 'File format, such as mp3 (default: a voice message where there is one)',
        maxLength: 20,
        suggest: suggestFor('format'),
      },
      sample_rate: { kind: 'integer', description: 'Samples per second', min: 1000, max: 200_000 },
      bitrate: { kind: 'integer', description: 'Bits per second', min: 1000, max: 1_000_000 },
      exaggeration: {
        kind: 'number',
        description: 'How much feeling, for chatterbox-hd',
        min: 0,
        max: 10,
      },
      temperature: {
        kind: 'number',
        description: 'How free, for chatterbox-hd',
        min: 0,
        max: 10,
      },
      seed: usual.seed,
      more: usual.more,
    },
    form(filledIn) {
      const { prompt: _prompt, count: _count, ...settings } = form(filledIn);
      return { ...words, ...settings, voice };
    },
    run: ({ text, link, voice, model, ...typed }, { attachments, job, more }) => ({
      kind: 'speak',
      subject: { job, link },
      voice,
      request: {
        model,
        prompt: text ?? '',
        files: [...attachments],
        options: { ...more, ...toRequestOptions(typed) },
      },
    }),
  });
};
