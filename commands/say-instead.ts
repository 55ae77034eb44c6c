import { UserError } from '../src/errors.ts';
import { defineCommand } from '../src/command.ts';

/** Behind “Correct” under what was understood of a recording. */
export default () =>
  defineCommand({
    name: 'say-instead',
    description: 'Do it with other words than those that were understood',
    published: false,
    takesJob: true,
    options: {
      prompt: {
        kind: 'text',
        description: 'What you said',
        required: true,
        maxLength: 6000,
      },
    },
    asks: { title: 'What did you say?', options: ['prompt'] },
    run({ prompt }, { job }) {
      if (job === undefined) throw new UserError('Press “Correct” under what was understood.');
      return { kind: 'say-instead', job, prompt };
    },
  });
