import { defineCommand } from '../src/command.ts';

/** Behind the button of a result: how to make it again. */
export default () =>
  defineCommand({
    name: 'recipe',
    description: 'Show the command that makes a result again',
    published: false,
    options: {
      job: { kind: 'text', description: 'Which one', required: true, maxLength: 64 },
    },
    run: ({ job }) => ({ kind: 'recipe', job }),
  });
