import { defineCommand } from '../src/command.ts';
import { parseDays } from '../src/pictures/parse-days.ts';

export default () =>
  defineCommand({
    name: 'history',
    description: 'Earlier pictures: yours, or all of this channel',
    published: true,
    options: {
      search: { kind: 'text', description: 'Words of the prompt', maxLength: 200 },
      whose: {
        kind: 'choice',
        description: 'Whose pictures (default: yours)',
        choices: [
          { value: 'mine', label: 'mine' },
          { value: 'channel', label: 'this channel' },
        ],
      },
      model: {
        kind: 'text',
        description: 'Part of a model’s name',
        maxLength: 100,
        aliases: ['m'],
      },
      since: { kind: 'text', description: 'From this day on, such as 2026-11-30', maxLength: 10 },
      until: { kind: 'text', description: 'Up to this day', maxLength: 10 },
      saved: { kind: 'flag', description: 'Only what you saved' },
      page: { kind: 'integer', description: 'Which page', min: 1, max: 10_000 },
    },
    run: ({ search = '', whose = 'mine', model = '', since, until, saved = false, page = 1 }) => ({
      kind: 'history',
      page,
      filter: { whose, words: search, model, ...parseDays(since, until), savedOnly: saved },
    }),
  });
