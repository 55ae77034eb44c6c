import { defineCommand } from '../src/command.ts';
import { linkOption, numberOption } from '../src/pictures/subject-options.ts';

export default () =>
  defineCommand({
    name: 'details',
    description: 'What made a picture, from what, and the command that makes it again',
    published: true,
    menu: 'Picture details',
    takesJob: true,
    options: { link: linkOption, number: numberOption },
    run: (subject, { job }) => ({ kind: 'details', subject: { ...subject, job } }),
  });
