import { defineCommand } from '../src/command.ts';
import { linkOption, numberOption } from '../src/pictures/subject-options.ts';

export default () =>
  defineCommand({
    name: 'alt',
    description: 'Describe a picture for people who do not see it',
    published: true,
    takesJob: true,
    options: {
      text: { kind: 'text', description: 'What it shows', required: true, maxLength: 1000 },
      link: linkOption,
      number: numberOption,
    },
    asks: { title: 'Alt text', options: ['text'] },
    run: ({ text, ...subject }, { job }) => ({
      kind: 'describe',
      subject: { ...subject, job },
      altText: text,
    }),
  });
