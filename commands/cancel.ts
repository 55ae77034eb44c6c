import { defineCommand } from '../src/command.ts';

export default () =>
  defineCommand({
    name: 'cancel',
    description: 'Stop a picture that is still being made (your newest one here)',
    published: true,
    options: {
      job: { kind: 'text', description: 'Which one; leave out for your newest', maxLength: 64 },
    },
    run: ({ job }) => ({ kind: 'cancel', job }),
  });
