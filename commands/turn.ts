import { defineCommand } from '../src/command.ts';

/** Behind “Newer” and “Older” of /history. */
export default () =>
  defineCommand({
    name: 'turn',
    description: 'Another page of earlier pictures',
    published: false,
    options: {
      job: {
        kind: 'text',
        description: 'The search and the page',
        required: true,
        maxLength: 64,
      },
    },
    run: ({ job }) => ({ kind: 'turn', target: job }),
  });
