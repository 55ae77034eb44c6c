import { defineCommand } from '../src/command.ts';
import { linkOption, numberOption } from '../src/pictures/subject-options.ts';

export default () =>
  defineCommand({
    name: 'undo',
    description:
      'Go back to what a picture was made from (your newest one here, or one you reply to)',
    published: true,
    takesJob: true,
    options: { link: linkOption, number: numberOption },
    run: (subject, { job }) => ({ kind: 'undo', subject: { ...subject, job } }),
  });
