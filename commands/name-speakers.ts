import { defineCommand } from '../src/command.ts';

export default () =>
  defineCommand({
    name: 'name-speakers',
    description: 'Say who the speakers of a transcript are',
    published: false,
    takesJob: true,
    options: {
      names: {
        kind: 'text',
        description: 'Such as: 1: Anna, 2: Bob',
        required: true,
        maxLength: 1000,
      },
    },
    asks: { title: 'Who speaks?', options: ['names'] },
    run: ({ names }, { job }) => ({ kind: 'name-speakers', subject: { job }, names }),
  });
