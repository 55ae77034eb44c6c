import { defineCommand } from '../src/command.ts';
import { numberOption } from '../src/pictures/subject-options.ts';

export default () =>
  defineCommand({
    name: 'upscale',
    description: 'Make a picture larger',
    published: false,
    takesJob: true,
    options: { number: numberOption },
    run: ({ number }, { job }) => ({ kind: 'upscale', subject: { job, number } }),
  });
