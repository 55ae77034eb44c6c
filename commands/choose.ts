import { defineCommand } from '../src/command.ts';

/** Behind the numbers of “Which picture?”. */
export default () =>
  defineCommand({
    name: 'choose',
    description: 'Say which picture was meant',
    published: false,
    options: {
      job: {
        kind: 'text',
        description: 'The question and the number',
        required: true,
        maxLength: 64,
      },
    },
    run: ({ job }) => ({ kind: 'choose', draft: job }),
  });
