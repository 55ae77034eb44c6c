import { defineCommand } from '../src/command.ts';

/** Behind the button of a job of which nobody knows whether fal accepted it. */
export default () =>
  defineCommand({
    name: 'retry',
    description: 'Send a request again whose outcome is unknown',
    published: false,
    options: {
      job: { kind: 'text', description: 'Which one', required: true, maxLength: 64 },
    },
    run: ({ job }) => ({ kind: 'retry', job }),
  });
