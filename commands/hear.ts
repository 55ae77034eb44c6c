import { defineCommand } from '../src/command.ts';

/** Behind a recording that is said to Easel instead of words. */
export default () =>
  defineCommand({
    name: 'hear',
    description: 'Do what is said in a recording',
    published: false,
    options: {},
    run: (_, { attachments }) => ({
      kind: 'hear',
      subject: {},
      recordings: attachments,
      isPrompt: false,
    }),
  });
