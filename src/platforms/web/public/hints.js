/**
 * What the composer suggests at the caret. Pure: text and commands in, suggestions out.
 * A suggestion replaces the text from `from` up to the caret.
 *
 * @typedef {{ value: string, label: string }} Choice
 * @typedef {{ name: string, aliases: string[], description: string, isText: boolean, choices: Choice[] }} Option
 * @typedef {{ name: string, description: string, options: Option[] }} Command
 * @typedef {{ insert: string, label: string, description: string }} Suggestion
 * @typedef {{ from: number, isPartial: boolean, suggestions: Suggestion[] }} Hints
 */

const NOTHING = { from: 0, isPartial: false, suggestions: [] };

/**
 * @param {string} text everything before the caret
 * @param {Command[]} commands
 * @returns {Hints} `isPartial` when a word was begun, so that Enter completes it
 */
export function suggest(text, commands) {
  const typed = /^\s*\/(\S*)$/u.exec(text);
  if (typed) return suggestCommands(typed[1] ?? '', text, commands);
  const [head, name] = /^\s*\/(\S+)\s/u.exec(text) ?? ['', 'imagine'];
  const command = commands.find((known) => known.name === name.toLowerCase());
  if (!command) return NOTHING;
  return (
    suggestChoices(text, command) ??
    suggestOptions(text.slice(head.length), text, command) ??
    NOTHING
  );
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
function suggestChoices(text, command) {
  const [, dashed, plain, begun = ''] = /(?:--([\w-]+)[ =]|(\w+):\s?)(\S*)$/u.exec(text) ?? [];
  const option = findOption(command, dashed ?? plain ?? '');
  if (!option || option.choices.length === 0) return undefined;
  const word = begun.toLowerCase();
  const found = option.choices.filter(({ value }) => value.toLowerCase().startsWith(word));
  return {
    from: text.length - begun.length,
    isPartial: begun !== '' && !found.some(({ value }) => value.toLowerCase() === word),
    suggestions: found.map(({ value, label }) => ({
      insert: `${value} `,
      label: value,
      description: label === value ? '' : label.replace(`${value}: `, ''),
    })),
  };
}

/** Right behind a command, and wherever somebody begins with two dashes. */
function suggestOptions(rest, text, command) {
  const begun = rest === '' && text !== '' ? '' : /(?:^|\s)(--?[\w-]*)$/u.exec(rest)?.[1];
  if (begun === undefined) return undefined;
  const word = begun.replace(/^--?/u, '').replaceAll('-', '_').toLowerCase();
  const found = command.options.filter(
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

function findOption(command, typed) {
  const word = typed.replaceAll('-', '_').toLowerCase();
  return command.options.find(({ name, aliases }) => name === word || aliases.includes(word));
}
