import { defineCommand } from '../src/command.ts';

export default () =>
  defineCommand({
    name: 'use-as-prompt',
    description: 'Make a picture of what is said in a recording',
    published: false,
    menu: 'Use as prompt',
    takesJob: true,
    options: {},
    run: (_, { attachments, job }) => ({
      kind: 'hear',
      subject: { job },
      recordings: attachments,
      isPrompt: true,
    }),
  });
