import { parseFlags } from '../../../src/command-line.ts';
import { loadCommands } from '../../../src/load-folder.ts';
import { loadModels } from '../../../src/models/load-models.ts';

const imagine = (await loadCommands({ models: await loadModels() })).find(
  ({ name }) => name === 'imagine',
);

/** What a person would fill into typed options, read from the words with flags that Slack takes. */
export function parseFlagsForTest(text: string): Record<string, string | number | boolean> {
  if (!imagine) throw new Error('there is no command imagine');
  const raw = Object.entries(parseFlags(imagine, text));
  return Object.fromEntries(
    raw.map(([name, value]) => {
      const kind = imagine.options[name]?.kind;
      if (kind === 'integer' || kind === 'number') return [name, Number(value)];
      return [name, kind === 'flag' ? value === 'true' : value];
    }),
  );
}
