/** Makes the commands known to the composer, which lists and completes them while one types. */
import type { Command } from '../../command.ts';
import type { Choice, Option, Options } from '../../option.ts';
import { wordHint } from './word-hint.ts';

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
    .map(({ name, description, takesMore, options }) => ({
      name,
      description,
      takesMore,
      options: toPublishedOptions(options),
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
  const { standard } = option;
  const usual = standard === undefined ? [] : [`default ${standard}`];
  return {
    name,
    aliases: option.aliases ?? [],
    description: [wordHint(option), ...usual].filter((part) => part !== '').join(' · '),
    isText: option.kind === 'text',
    isSuggested: option.kind === 'suggested',
    choices: option.kind === 'choice' ? option.choices : [],
  };
}
