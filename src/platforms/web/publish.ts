/** Makes the commands known to the composer, which lists and completes them while one types. */
import type { Command } from '../../command.ts';
import type { Choice, Option, Options } from '../../option.ts';
import { wordFlag } from './word-hint.ts';

/** What `public/hints.js` reads. */
export interface PublishedOption {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly isText: boolean;
  /** True where the values depend on the rest: `choices` are then what the server found last. */
  readonly isSuggested: boolean;
  readonly choices: readonly Choice[];
}
export interface PublishedCommand {
  readonly name: string;
  readonly description: string;
  /** True where the chosen model may have further options, which the server knows. */
  readonly takesMore: boolean;
  readonly options: readonly PublishedOption[];
}

export function toPublished(commands: readonly Command[]): PublishedCommand[] {
  return commands
    .filter((command) => command.published)
    .map((command) => ({
      name: command.name,
      description: command.description,
      takesMore: command.takesMore,
      // Of the model that is used unless another one is named.
      options: toPublishedOptions(command.form({})),
    }));
}

export function toPublishedOptions(options: Options): PublishedOption[] {
  return (
    Object.entries(options)
      // Files are attached, not typed.
      .filter(([, option]) => option.kind !== 'file')
      .map(([name, option]) => toPublishedOption(name, option))
  );
}

function toPublishedOption(name: string, option: Option): PublishedOption {
  return {
    name,
    aliases: option.aliases ?? [],
    description: wordFlag(option),
    isText: option.kind === 'text',
    isSuggested: option.kind === 'suggested',
    choices: option.kind === 'choice' ? option.choices : [],
  };
}
