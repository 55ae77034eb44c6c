import { defineCommand } from '../src/command.ts';

/** Behind the button “Command” of results of 0.2: what it said is part of the details now. */
export default () =>
  defineCommand({
    name: 'recipe',
    description: 'Show the command that makes a result again',
    published: false,
    options: {
      job: { kind: 'text', description: 'Which one', required: true, maxLength: 64 },
    },
    run: ({ job }) => ({ kind: 'details', subject: { job } }),
  });
