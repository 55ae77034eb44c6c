import { defineCommand } from '../src/command.ts';
import { line, message, note } from '../src/message.ts';

export default ({ models }: { models: readonly { name: string; description: string }[] }) =>
  defineCommand({
    name: 'help',
    description: 'What Easel can do, and how to ask for it',
    published: true,
    options: {},
    run: (_, { commands }) => ({
      kind: 'answer',
      message: message(
        line({ kind: 'strong', text: 'Tell me what to draw.' }),
        ...commands
          .filter((command) => command.published)
          .map(({ name, description }) =>
            line({ kind: 'code', text: `/${name}` }, ` ${description}`),
          ),
        line('For example ', { kind: 'code', text: '/imagine a lighthouse in fog --ar 16:9' }),
        note(`Models: ${models.map(({ name }) => name).join(', ')}.`),
      ),
    }),
  });
