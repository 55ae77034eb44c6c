import { defineCommand } from '../src/command.ts';

export default () =>
  defineCommand({
    name: 'correct',
    description: 'Put right what was misheard in a transcript',
    published: false,
    takesJob: true,
    options: {
      words: {
        kind: 'text',
        description: 'Such as: Kowalski, not Kovalsky',
        required: true,
        maxLength: 2000,
      },
    },
    asks: { title: 'Correct', options: ['words'] },
    run: ({ words }, { job }) => ({ kind: 'correct', subject: { job }, words }),
  });
