import { createChosenModel } from '../src/chosen-model.ts';
import { defineCommand, type Vocabulary } from '../src/command.ts';
import { toRequestOptions } from '../src/request.ts';
import { hears } from '../src/models/speaks.ts';
import { HEARING_MODEL } from '../src/transcripts/hearing-model.ts';

const recordings = {
  file: { kind: 'file', media: 'audio', description: 'A recording, or a film with sound' },
  file2: { kind: 'file', media: 'audio', description: 'What comes after it' },
  file3: { kind: 'file', media: 'audio', description: 'What comes after that' },
  link: {
    kind: 'text',
    description: 'Link to the message that holds the recording',
    maxLength: 300,
  },
} as const;

export default ({ models }: Vocabulary) => {
  const choosing = { standard: HEARING_MODEL, isOffered: hears };
  const { options: usual, suggestFor, form } = createChosenModel(models, choosing);
  return defineCommand({
    name: 'transcribe',
    description: 'Write down what is said: in what you attach, link or reply to',
    published: true,
    menu: 'Transcribe',
    options: {
      ...recordings,
      language: {
        kind: 'suggested',
        description: 'The language that is spoken, such as pl (default: found out)',
        maxLength: 40,
        suggest: suggestFor('language'),
        aliases: ['lang'],
      },
      translate: { kind: 'flag', description: 'Write it down in English, whatever is spoken' },
      speakers: {
        kind: 'flag',
        description: 'Tell the speakers apart (costs more time and money)',
        aliases: ['diarize'],
      },
      speaker_count: {
        kind: 'integer',
        description: 'How many people speak, where that is known',
        min: 1,
        max: 100,
        aliases: ['num_speakers'],
      },
      chunk_level: {
        kind: 'suggested',
        description: 'How closely times are told: segment, word or none (default: segment)',
        maxLength: 20,
        suggest: suggestFor('chunk_level'),
      },
      batch_size: {
        kind: 'integer',
        description: 'How many stretches are heard at the same time',
        min: 1,
        max: 64,
      },
      version: {
        kind: 'suggested',
        description: 'Which version of the model',
        maxLength: 10,
        suggest: suggestFor('version'),
      },
      model: usual.model,
      more: usual.more,
    },
    form(filledIn) {
      const { audio: _audio, prompt: _prompt, ...settings } = form(filledIn);
      return { ...recordings, ...settings };
    },
    run: ({ link, translate, model, speakers, speaker_count: count, ...typed }, context) => ({
      kind: 'transcribe',
      subject: { link },
      request: {
        model: model ?? HEARING_MODEL,
        prompt: '',
        files: [...context.attachments],
        options: {
          ...context.more,
          ...toRequestOptions({
            ...typed,
            ...(translate !== undefined && { task: translate ? 'translate' : 'transcribe' }),
            // Whoever says how many there are wants them told apart.
            speakers: speakers ?? (count === undefined ? undefined : true),
            speaker_count: count,
          }),
        },
      },
    }),
  });
};
