import { defineCommand } from '../src/command.ts';
import { numberOption } from '../src/pictures/subject-options.ts';

export default () =>
  defineCommand({
    name: 'delete',
    description: 'Take a result away',
    published: false,
    takesJob: true,
    options: { number: numberOption },
    run: ({ number }, { job }) => ({ kind: 'delete', subject: { job, number } }),
  });
