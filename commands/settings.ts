import { defineCommand } from '../src/command.ts';

export default () =>
  defineCommand({
    name: 'settings',
    description: 'How Easel behaves in this channel; moderators can change it',
    published: true,
    options: {
      replies: {
        kind: 'choice',
        description: 'Which replies to its pictures are meant for Easel',
        choices: [
          { value: 'mention', label: 'mention: only those that mention it' },
          { value: 'any', label: 'any: every reply, without a mention' },
        ],
      },
    },
    run: ({ replies }) => ({
      kind: 'settings',
      changes: replies === undefined ? {} : { replies },
    }),
  });
