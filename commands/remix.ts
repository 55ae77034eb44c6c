import { defineCommand } from '../src/command.ts';

export default () =>
  defineCommand({
    name: 'remix',
    description: 'Change the words and keep everything else',
    published: false,
    takesJob: true,
    options: {
      prompt: { kind: 'text', description: 'The new words', required: true, maxLength: 4000 },
    },
    asks: { title: 'Remix', options: ['prompt'] },
    run: ({ prompt }, { job }) => ({ kind: 'remix', subject: { job }, prompt }),
  });
