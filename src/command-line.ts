/**
 * Reads a command typed as text, for the places where a platform has no typed options: Slack's
 * slash commands, mentions and direct messages everywhere, the web chat's composer.
 *
 *   /imagine a fox in snow --ar 16:9 --model qwen-image
 *   /imagine prompt: a fox in snow aspect_ratio: 16:9
 *   a fox in snow                                        (plain words: the default command)
 *
 * In straight quotes anything can be said: `--prompt "a sign that reads \"--turbo\"\nat night"` is read
 * as JSON reads it, and holds no flags.
 */
import type { Command } from './command.ts';
import type { Option, Options } from './option.ts';
import { UserError } from './errors.ts';
import { nearest } from './nearest.ts';

/** The command that plain words mean. */
export const DEFAULT_COMMAND = 'imagine';
/** The command that plain words mean in answer to a picture. */
export const REPLY_COMMAND = 'edit';
/** The command that a recording without words means. */
export const SPOKEN_COMMAND = 'hear';
/** The command that recordings mean which nobody meant for Easel, where a channel wants that. */
export const OVERHEARD_COMMAND = 'transcribe';
/** Phones turn `--` into a dash, and `"` into a curly quote. */
const FLAG = /(?<=^|\s)(--|[—–])([A-Za-z][\w-]*)(?=[=\s]|$)=?/gu;
const QUOTED = /^["“”](.*?)["“”](?=\s|$)/su;
const QUOTED_JSON = /^"(?:[^"\\]|\\.)*"(?=\s|$)/su;
/** A text option that takes no more than this, such as a size or a seed, is one word. */
const LONGEST_WORD = 40;
const SWITCH_WORD = /^(?:true|false|yes|no|on|off)$/iu;

export interface CommandLine {
  readonly commandName: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * `plainWords` is the command that words without one mean. Throws `UserError` for a command that does
 * not exist; options are the command's to check.
 */
export function parseCommandLine(
  text: string,
  commands: readonly Command[],
  { plainWords = DEFAULT_COMMAND }: { readonly plainWords?: string } = {},
): CommandLine {
  const trimmed = text.trim();
  const { slash, word, rest } = splitFirstWord(trimmed);
  const named = findPublished(word, commands);
  if (named && (slash || rest === '' || mainOption(named.options))) {
    return { commandName: named.name, options: parseFlags(named, rest) };
  }
  const fallback = slash ? undefined : findPublished(plainWords, commands);
  if (!fallback || trimmed === '') throw new UserError(wordUnknown(word, commands));
  return { commandName: fallback.name, options: parseFlags(fallback, trimmed) };
}

function splitFirstWord(text: string): { slash: boolean; word: string; rest: string } {
  const [word = '', ...rest] = text.split(/\s+/u);
  return {
    slash: word.startsWith('/'),
    word: word.replace('/', ''),
    rest: rest.length === 0 ? '' : text.slice(word.length).trimStart(),
  };
}

/**
 * Raw option values by name; words outside any flag are the command's first text option. Which flags
 * there are may depend on the first ones: `--style` means something once the model is known.
 */
export function parseFlags(command: Command, text: string): Readonly<Record<string, string>> {
  const main = mainOption(command.options) ?? 'text';
  const values = readFlags(command.options, main, text);
  if (!command.takesMore) return values;
  return readFlags({ ...command.options, ...command.form(values) }, main, text);
}

/** For platforms with typed options: the flags inside the words, and those in the option `more`. */
export function expandFlags(
  command: Command,
  { more, ...typed }: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const main = mainOption(command.options);
  if (!command.takesMore || main === undefined) return typed;
  const model = typeof typed['model'] === 'string' ? ` --model ${typed['model']}` : '';
  const read = (text: unknown) =>
    typeof text === 'string' ? parseFlags(command, `${withoutName(command, text)}${model}`) : {};
  const { [main]: words, ...inWords } = read(typed[main]);
  const { [main]: stray, ...inMore } = read(more);
  const joined = joinWords([words ?? '', stray ?? '']);
  return { ...inWords, ...inMore, ...typed, ...(joined !== '' && { [main]: joined }) };
}

/** A whole command, pasted into its own words. */
function withoutName({ name }: Command, text: string): string {
  const { slash, word, rest } = splitFirstWord(text.trimStart());
  return slash && word.toLowerCase() === name ? rest : text;
}

function readFlags(options: Options, main: string, text: string): Record<string, string> {
  const flags = findFlags(options, text);
  const values: Record<string, string> = {};
  const words = [text.slice(0, flags[0]?.from)];
  for (const [at, flag] of flags.entries()) {
    const segment = text.slice(flag.to, flags[at + 1]?.from).trim();
    const { value, rest } = takeValue(flag, segment);
    values[flag.name] = value;
    words.push(rest);
  }
  const wording = joinWords([values[main] ?? '', ...words]);
  return wording === '' ? values : { ...values, [main]: wording };
}

/** Words outside any flag are the first option that takes words. */
export function mainOption(options: Options): string | undefined {
  return Object.entries(options).find(
    ([, { kind }]) => kind === 'text' || kind === 'suggested',
  )?.[0];
}

interface Flag extends ResolvedName {
  readonly from: number;
  /** True for `--turbo=…` and `turbo: …`, where a value must follow. */
  readonly assigned: boolean;
  /** Where what the flag takes begins. */
  readonly to: number;
}

function findFlags(options: Options, text: string): readonly Flag[] {
  const names = optionNames(options);
  const colons = text.trimStart().search(names) === 0 ? [...text.matchAll(names)] : [];
  const dashes = [...text.matchAll(FLAG)].filter((mark) => isMeant(mark, options));
  const marks = [...colons, ...dashes].toSorted((a, b) => a.index - b.index);
  const flags: Flag[] = [];
  let quotedUntil = 0;
  for (const mark of marks) {
    if (mark.index < quotedUntil) continue;
    const to = mark.index + mark[0].length;
    const assigned = /[=:]$/u.test(mark[0]);
    flags.push({ ...resolveName(options, mark[2] ?? ''), from: mark.index, assigned, to });
    quotedUntil = to + quotedLength(text.slice(to));
  }
  return flags;
}

/** How much of the text is taken up by a quoted value that it begins with. */
function quotedLength(text: string): number {
  const segment = text.trimStart();
  const quoted = takeQuoted(segment);
  return quoted ? text.length - segment.length + quoted.length : 0;
}

function takeQuoted(segment: string): { value: string; length: number } | undefined {
  const [json] = QUOTED_JSON.exec(segment) ?? [];
  const said = json === undefined ? undefined : parseString(json);
  if (json !== undefined && said !== undefined) return { value: said, length: json.length };
  const quoted = QUOTED.exec(segment);
  return quoted ? { value: quoted[1] ?? '', length: quoted[0].length } : undefined;
}

/** Undefined for quotes around what is no JSON, such as a Windows path. */
function parseString(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What a flag takes of the words behind it, and what it leaves to the prompt. */
function takeValue({ option, negated, assigned }: Flag, segment: string): TakenValue {
  const quoted = takeQuoted(segment);
  if (quoted) return { value: quoted.value, rest: segment.slice(quoted.length) };
  if (option?.kind === 'text' && option.maxLength > LONGEST_WORD) {
    return { value: segment, rest: '' };
  }
  const [first = '', ...others] = segment.split(/\s+/u);
  if (!assigned && isSwitch(option, first)) return { value: String(!negated), rest: segment };
  return { value: first, rest: others.join(' ') };
}

/** A flag without a value; one that nobody knows and that nothing follows can only be one, too. */
function isSwitch(option: Option | undefined, next: string): boolean {
  if (option === undefined) return next === '';
  return option.kind === 'flag' && !SWITCH_WORD.test(next);
}

interface TakenValue {
  readonly value: string;
  readonly rest: string;
}

interface ResolvedName {
  readonly name: string;
  readonly option: Option | undefined;
  readonly negated: boolean;
}

/** camelCase, kebab-case, snake_case and aliases all mean the same option; `no-` switches it off. */
function resolveName(options: Options, typed: string): ResolvedName {
  const snake = typed
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
  const name = findOption(options, snake);
  if (name !== undefined) return { name, option: options[name], negated: false };
  const positive = snake.startsWith('no_') ? findOption(options, snake.slice(3)) : undefined;
  if (positive !== undefined && options[positive]?.kind === 'flag') {
    return { name: positive, option: options[positive], negated: true };
  }
  return { name: snake, option: undefined, negated: false };
}

function findOption(options: Options, name: string): string | undefined {
  return Object.entries(options).find(
    ([known, option]) => known === name || option.aliases?.includes(name),
  )?.[0];
}

/** A dash in a sentence is no flag, unless an option has that very name. */
function isMeant(mark: RegExpExecArray, options: Options): boolean {
  return mark[1] === '--' || resolveName(options, mark[2] ?? '').option !== undefined;
}

/** Matches `name:` for each option, in the same groups as `FLAG`. */
function optionNames(options: Options): RegExp {
  const names = Object.entries(options).flatMap(([name, option]) => [
    name,
    ...(option.aliases ?? []),
  ]);
  return new RegExp(`(?<=^|\\s)()(${names.join('|')}):`, 'gu');
}

function joinWords(words: readonly string[]): string {
  return words
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
}

function findPublished(word: string, commands: readonly Command[]): Command | undefined {
  return commands.find((command) => command.published && command.name === word.toLowerCase());
}

function wordUnknown(word: string, commands: readonly Command[]): string {
  const names = commands.filter((command) => command.published).map((command) => command.name);
  const near = nearest(word, names);
  const known = names.map((name) => `/${name}`).join(', ');
  if (word === '') return `Say what you want. The commands are ${known}.`;
  return `There is no command /${word}. ${near === undefined ? `The commands are ${known}.` : `Did you mean /${near}?`}`;
}
