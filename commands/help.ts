import { defineCommand, type Vocabulary } from '../src/command.ts';
import { line, message, note } from '../src/message.ts';

/** Enough to see that there is a choice. */
const NAMED_MODELS = 6;

export default ({ models }: Vocabulary) =>
  defineCommand({
    name: 'help',
    description: 'What Easel can do, and how to ask for it',
    published: true,
    options: {},
    run: (_, { commands }) => {
      const known = models.search('').map(({ name }) => name);
      const rest = known.length - NAMED_MODELS;
      const more = rest > 0 ? ` and ${rest} more` : '';
      return {
        kind: 'answer',
        message: message(
          line({ kind: 'strong', text: 'Tell me what to draw.' }),
          ...commands
            .filter((command) => command.published)
            .map(({ name, description }) =>
              line({ kind: 'code', text: `/${name}` }, ` ${description}`),
            ),
          line('For example ', { kind: 'code', text: '/imagine a lighthouse in fog --ar 16:9' }),
          note(`Models: ${known.slice(0, NAMED_MODELS).join(', ')}${more}.`),
        ),
      };
    },
  });
