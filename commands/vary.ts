import { defineCommand } from '../src/command.ts';
import { numberOption } from '../src/pictures/subject-options.ts';

export default () =>
  defineCommand({
    name: 'vary',
    description: 'Make a variation of a picture',
    published: false,
    takesJob: true,
    options: { number: numberOption },
    run: ({ number }, { job }) => ({ kind: 'vary', subject: { job, number } }),
  });
