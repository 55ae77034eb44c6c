import { parseFlags } from '../../../src/command-line.ts';
import { loadCommands } from '../../../src/load-folder.ts';
import { loadModels } from '../../../src/models/load-models.ts';

const imagine = (await loadCommands({ models: await loadModels() })).find(
  ({ name }) => name === 'imagine',
);

/** What a person would fill into typed options, read from the words with flags that Slack takes. */
export function parseFlagsForTest(text: string): Record<string, string | number | boolean> {
  if (!imagine) throw new Error('there is no command imagine');
  const values: Record<string, string | number | boolean> = {};
  const more: string[] = [];
  for (const [name, value] of Object.entries(parseFlags(imagine, text))) {
    const kind = imagine.options[name]?.kind;
    if (kind === undefined) more.push(`--${name} ${/\s/u.test(value) ? `"${value}"` : value}`);
    else if (kind === 'flag') values[name] = value === 'true';
    else values[name] = kind === 'integer' || kind === 'number' ? Number(value) : value;
  }
  return more.length === 0 ? values : { ...values, more: more.join(' ') };
}
