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
      voice: {
        kind: 'choice',
        description: 'What happens to recordings that people post here',
        choices: [
          { value: 'off', label: 'off: nothing, unless somebody asks' },
          { value: 'transcribe', label: 'transcribe: each is written down' },
        ],
      },
    },
    run: ({ replies, voice }) => ({
      kind: 'settings',
      changes: {
        ...(replies !== undefined && { replies }),
        ...(voice !== undefined && { voice }),
      },
    }),
  });
