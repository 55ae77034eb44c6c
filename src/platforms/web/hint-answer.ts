/** Answers the composer's question which options the chosen model has, and which values fit. */
import type { Context } from 'hono';
import type { Command } from '../../command.ts';
import { DEFAULT_COMMAND, parseCommandLine, REPLY_COMMAND } from '../../command-line.ts';
import { UserError } from '../../errors.ts';
import { type PublishedOption, toPublishedOptions } from './publish.ts';
import { readDraft } from './read-form.ts';
import type { RouteParts } from './route-parts.ts';

/** More would be scrolled rather than read. */
const SUGGESTED = 30;
/** As in `public/hints.js`: a value that has been begun behind its option's name. */
const BEGUN_VALUE = /(?:--([\w-]+)[ =]|(?:^|\s)(\w+):\s?)(\S*)$/u;

/** What `public/hints.js` knows better from then on. */
export interface HintAnswer {
  /** The command that it is about. */
  readonly name: string;
  readonly options: readonly PublishedOption[];
  /** The begun value that the choices of its option were found for. */
  readonly begun: string;
}

export async function answerHints(context: Context, { commands }: RouteParts): Promise<Response> {
  const { text, reply } = await readDraft(context);
  const plainWords = reply === undefined ? DEFAULT_COMMAND : REPLY_COMMAND;
  return context.json(toHintAnswer(text, commands, plainWords) ?? {});
}

/** `text` is everything before the caret; undefined where it is no command. */
export function toHintAnswer(
  text: string,
  commands: readonly Command[],
  plainWords = DEFAULT_COMMAND,
): HintAnswer | undefined {
  const read = readLine(text, commands, plainWords);
  const command = commands.find(({ name }) => name === read?.commandName);
  if (!read || !command) return undefined;
  const [, dashed, plain, begun = ''] = BEGUN_VALUE.exec(text) ?? [];
  const asked = (dashed ?? plain ?? '').replaceAll('-', '_').toLowerCase();
  const options = command.form(read.options);
  return {
    name: command.name,
    begun,
    options: toPublishedOptions(options).map((published) => {
      const isAsked = published.name === asked || published.aliases.includes(asked);
      const option = isAsked ? options[published.name] : undefined;
      if (option?.kind !== 'suggested') return published;
      return { ...published, choices: option.suggest(begun, read.options).slice(0, SUGGESTED) };
    }),
  };
}

function readLine(
  text: string,
  commands: readonly Command[],
  plainWords: string,
): ReturnType<typeof parseCommandLine> | undefined {
  try {
    return parseCommandLine(text, commands, { plainWords });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
