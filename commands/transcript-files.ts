import { defineCommand } from '../src/command.ts';
import { UserError } from '../src/errors.ts';

/** Behind “Files” under a transcript. */
export default () =>
  defineCommand({
    name: 'transcript-files',
    description: 'A transcript as text, subtitles and data',
    published: false,
    takesJob: true,
    options: {},
    run(_, { job }) {
      if (job === undefined) throw new UserError('Press “Files” under a transcript.');
      return { kind: 'transcript-files', job };
    },
  });
