import { defineCommand } from '../src/command.ts';
import { readVoiceWish, VOICE_ACTIONS } from '../src/voices/read-wish.ts';

export default () =>
  defineCommand({
    name: 'voices',
    description: 'Voices of Easel’s own: list, try, design or clone them, only with consent',
    published: true,
    options: {
      action: {
        kind: 'choice',
        description: 'What to do (default: list them)',
        choices: VOICE_ACTIONS,
      },
      name: {
        kind: 'text',
        description: 'The voice’s name; typed, with what to do in front: clone Anna',
        maxLength: 60,
      },
      description: {
        kind: 'text',
        description: 'To design one: what it shall be like, such as an old sailor, warm and slow',
        maxLength: 2000,
      },
      text: {
        kind: 'text',
        description: 'What it says when it is tried or designed',
        maxLength: 500,
      },
      file: {
        kind: 'file',
        media: 'audio',
        description: 'To consent: a recording in which you read the sentence out',
      },
      for: {
        kind: 'choice',
        description: 'To clone one: who may use it (default: you alone)',
        choices: [
          { value: 'me', label: 'me: you alone' },
          { value: 'channel', label: 'channel: everybody in this channel' },
          { value: 'everyone', label: 'everyone: everybody in this workspace' },
        ],
      },
      days: {
        kind: 'integer',
        description: 'To clone one: for how many days you consent (default: 30)',
        min: 1,
        max: 365,
      },
      model: {
        kind: 'choice',
        description: 'To clone one: which model imitates it (default: minimax-voice-clone)',
        choices: [
          { value: 'minimax-voice-clone', label: 'minimax-voice-clone' },
          { value: 'dia-voice-clone', label: 'dia-voice-clone' },
          { value: 'chatterbox-hd', label: 'chatterbox-hd' },
        ],
      },
    },
    run: ({ for: scope, ...wish }, { attachments }) =>
      readVoiceWish({ ...wish, scope, recordings: attachments }),
  });
