import { defineCommand } from '../src/command.ts';

export default () =>
  defineCommand({
    name: 'glossary',
    description: 'Names and terms of this workspace, for transcripts to spell as you do',
    published: true,
    options: {
      add: {
        kind: 'text',
        description: 'The right spelling of a name or term; several with commas',
        maxLength: 1000,
      },
      remove: { kind: 'text', description: 'What no longer belongs there', maxLength: 100 },
    },
    run: ({ add, remove }) => ({ kind: 'glossary', add, remove }),
  });
