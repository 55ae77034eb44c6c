/**
 * What the composer suggests at the caret. Pure: text and commands in, suggestions out.
 * A suggestion replaces the text from `from` up to the caret.
 *
 * @typedef {{ value: string, label: string }} Choice
 * @typedef {{ name: string, aliases: string[], description: string, isText: boolean, isSuggested: boolean, choices: Choice[] }} Option
 * @typedef {{ name: string, description: string, takesMore: boolean, options: Option[] }} Command
 * @typedef {{ insert: string, label: string, description: string }} Suggestion
 * @typedef {{ from: number, isPartial: boolean, suggestions: Suggestion[] }} Hints
 * @typedef {{ name?: string, options?: Option[], begun?: string }} Told what Easel said of a command
 */

const NOTHING = { from: 0, isPartial: false, suggestions: [] };
const BEGUN_VALUE = /(?:--([\w-]+)[ =]|(?:^|\s)(\w+):\s?)(\S*)$/u;
const BEGUN_OPTION = /(?:^|\s)(--?[\w-]*)$/u;

/**
 * @param {string} text everything before the caret
 * @param {Command[]} commands
 * @param {Told} [told] the newest answer; it may be about an earlier text
 * @param {string} [plainWords] the command that words without one mean
 * @returns {Hints} `isPartial` when a word was begun, so that Enter completes it
 */
export function suggest(text, commands, told = {}, plainWords = 'imagine') {
  const typed = /^\s*\/(\S*)$/u.exec(text);
  if (typed) return suggestCommands(typed[1] ?? '', text, commands);
  const { command, rest } = readCommand(text, commands, plainWords);
  if (!command) return NOTHING;
  const options = told.name === command.name ? told.options : command.options;
  return (
    suggestChoices(text, options, told.begun) ?? suggestOptions(rest, text, options) ?? NOTHING
  );
}

/** True where only Easel knows what fits: the options of a model, and values that depend on it. */
export function isWorthAsking(text, commands, plainWords = 'imagine') {
  const { command, rest } = readCommand(text, commands, plainWords);
  if (!command) return false;
  const [, dashed, plain] = BEGUN_VALUE.exec(text) ?? [];
  const option = findOption(command.options, dashed ?? plain ?? '');
  if (option) return option.isSuggested;
  return command.takesMore && (dashed !== undefined || BEGUN_OPTION.test(rest));
}

function readCommand(text, commands, plainWords) {
  const [head, name] = /^\s*\/(\S+)\s/u.exec(text) ?? ['', plainWords];
  const command = commands.find((known) => known.name === name.toLowerCase());
  return { command, rest: text.slice(head.length) };
}

function suggestCommands(begun, text, commands) {
  const found = commands.filter(({ name }) => name.startsWith(begun.toLowerCase()));
  return {
    from: text.length - begun.length - 1,
    isPartial: begun !== '' && !found.some(({ name }) => name === begun.toLowerCase()),
    suggestions: found.map(({ name, description }) => ({
      insert: `/${name} `,
      label: `/${name}`,
      description,
    })),
  };
}

/** After `--model ` or `model: `, the values that it takes. */
function suggestChoices(text, options, askedFor) {
  const [, dashed, plain, begun = ''] = BEGUN_VALUE.exec(text) ?? [];
  const option = findOption(options, dashed ?? plain ?? '');
  if (!option || option.choices.length === 0) return undefined;
  const word = begun.toLowerCase();
  const found = option.choices.filter(fits(option, word, askedFor === begun));
  return {
    from: text.length - begun.length,
    isPartial: begun !== '' && !found.some(({ value }) => value.toLowerCase() === word),
    suggestions: found.map(({ value, label }) => ({
      insert: `${toWord(value)} `,
      label: value,
      description: label === value ? '' : label.replace(`${value}: `, ''),
    })),
  };
}

/** What Easel searched for is right as it is; an answer to an earlier text is sifted meanwhile. */
function fits({ isSuggested }, word, isAnswer) {
  if (isSuggested) return ({ value }) => isAnswer || value.toLowerCase().includes(word);
  return ({ value }) => value.toLowerCase().startsWith(word);
}

/** A value of several words is one value in quotes. */
function toWord(value) {
  return /\s/u.test(value) ? `"${value}"` : value;
}

/** Right behind a command, and wherever somebody begins with two dashes. */
function suggestOptions(rest, text, options) {
  const begun = rest === '' && text !== '' ? '' : BEGUN_OPTION.exec(rest)?.[1];
  if (begun === undefined) return undefined;
  const word = begun.replace(/^--?/u, '').replaceAll('-', '_').toLowerCase();
  const found = options.filter(
    ({ name, aliases }) =>
      !isGiven(name, aliases, rest) && [name, ...aliases].some((known) => known.startsWith(word)),
  );
  return {
    from: text.length - begun.length,
    isPartial: begun.length > 2,
    suggestions: found.map(({ name, description, isText }) => ({
      insert: begun === '' && isText ? `${name}: ` : `--${name} `,
      label: name,
      description,
    })),
  };
}

function isGiven(name, aliases, rest) {
  return [name, ...aliases].some((known) =>
    new RegExp(`(?:--${known}[ =]|(?:^|\\s)${known}:)`, 'u').test(rest),
  );
}

function findOption(options, typed) {
  const word = typed.replaceAll('-', '_').toLowerCase();
  return options.find(({ name, aliases }) => name === word || aliases.includes(word));
}
