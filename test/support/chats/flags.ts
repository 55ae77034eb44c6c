import { parseFlags } from '../../../src/command-line.ts';
import type { Command } from '../../../src/command.ts';
import { loadCommands } from '../../../src/load-folder.ts';
import { loadModels } from '../../../src/models/load-models.ts';

const commands = await loadCommands({ models: await loadModels() });

function findCommand(name: string): Command {
  const command = commands.find((known) => known.name === name);
  if (!command) throw new Error(`there is no command ${name}`);
  return command;
}

/** What a person would fill into typed options, read from the words with flags that Slack takes. */
export function parseFlagsForTest(
  text: string,
  name = 'imagine',
): Record<string, string | number | boolean> {
  const command = findCommand(name);
  const values: Record<string, string | number | boolean> = {};
  const more: string[] = [];
  for (const [option, value] of Object.entries(parseFlags(command, text))) {
    const kind = command.options[option]?.kind;
    if (kind === undefined) more.push(`--${option} ${/\s/u.test(value) ? `"${value}"` : value}`);
    else if (kind === 'flag') values[option] = value === 'true';
    else values[option] = kind === 'integer' || kind === 'number' ? Number(value) : value;
  }
  return more.length === 0 ? values : { ...values, more: more.join(' ') };
}

/** The typed options that take files, in their order. */
export function fileOptionsOf(name: string): readonly string[] {
  return Object.entries(findCommand(name).options).flatMap(([option, { kind }]) =>
    kind === 'file' ? [option] : [],
  );
}
