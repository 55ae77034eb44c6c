import { defineCommand } from '../src/command.ts';
import { numberOption } from '../src/pictures/subject-options.ts';

export default () =>
  defineCommand({
    name: 'again',
    description: 'Make it anew with another seed',
    published: false,
    takesJob: true,
    options: { number: numberOption },
    run: ({ number }, { job }) => ({ kind: 'again', subject: { job, number } }),
  });
