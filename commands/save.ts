import { defineCommand } from '../src/command.ts';
import { numberOption } from '../src/pictures/subject-options.ts';

export default () =>
  defineCommand({
    name: 'save',
    description: 'Keep a picture in your collection, and get the original',
    published: false,
    takesJob: true,
    options: { number: numberOption },
    run: ({ number }, { job }) => ({ kind: 'save', subject: { job, number } }),
  });
