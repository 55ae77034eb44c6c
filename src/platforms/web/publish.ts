/** Makes the commands known to the composer, which lists and completes them while one types. */
import type { Command } from '../../command.ts';
import type { Option } from '../../option.ts';

/** What `public/hints.js` reads. */
interface PublishedOption {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly isText: boolean;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}
export interface PublishedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly PublishedOption[];
}

export function toPublished(commands: readonly Command[]): PublishedCommand[] {
  return commands
    .filter((command) => command.published)
    .map(({ name, description, options }) => ({
      name,
      description,
      options: Object.entries(options)
        // Pictures are attached, not typed.
        .filter(([, option]) => option.kind !== 'file')
        .map(([optionName, option]) => toPublishedOption(optionName, option)),
    }));
}

function toPublishedOption(name: string, option: Option): PublishedOption {
  return {
    name,
    aliases: option.aliases ?? [],
    description: option.description,
    isText: option.kind === 'text',
    choices: option.kind === 'choice' ? option.choices : [],
  };
}
