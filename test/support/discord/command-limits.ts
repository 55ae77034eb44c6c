import { checkLength } from './message-limits.ts';
import type { FormProblem } from './refusals.ts';

export interface CommandDefinition {
  id?: string;
  name: string;
  type?: number;
  description?: string;
  options?: CommandOption[];
}

export interface CommandOption {
  name: string;
  type: number;
  description: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: Choice[];
  options?: CommandOption[];
  file_types?: string[];
}

interface Choice {
  name: string;
  value: string | number;
}

const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const chatInput = 1;
const mostPerType: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15, 4: 1 };
const mostCharacters = 8000;
const completable = new Set([3, 4, 10]);
const fileType = /^(?:image|video|audio|\.\w+)$/;

/** What a bulk overwrite of commands is refused for. */
export function checkCommands(commands: readonly CommandDefinition[]): FormProblem[] {
  return [
    ...checkUnique(
      commands.map((command) => `${command.type ?? chatInput} ${command.name}`),
      '',
    ),
    ...Object.entries(mostPerType).flatMap(([type, most]) => {
      const count = commands.filter((command) => String(command.type ?? chatInput) === type).length;
      return count > most ? [toProblem('', `More than ${most} commands of type ${type}.`)] : [];
    }),
    ...commands.flatMap((command, index) => checkCommand(command, String(index))),
  ];
}

function checkCommand(command: CommandDefinition, path: string): FormProblem[] {
  const isChatInput = (command.type ?? chatInput) === chatInput;
  const [least, most] = isChatInput ? [1, 100] : [0, 0];
  const characters = countCharacters(command);
  return [
    ...(isChatInput
      ? checkName(command.name, path)
      : checkLength(`${path}.name`, command.name, 32, 1)),
    ...checkLength(`${path}.description`, command.description ?? '', most, least),
    ...checkOptions(command.options ?? [], `${path}.options`),
    ...(characters > mostCharacters ? [toProblem(path, `${characters} characters in all.`)] : []),
  ];
}

function checkOptions(options: readonly CommandOption[], path: string): FormProblem[] {
  const firstOptional = options.findIndex(({ required, type }) => !required && type > 2);
  const lastRequired = options.findLastIndex(({ required }) => required);
  const isOutOfOrder = firstOptional !== -1 && lastRequired > firstOptional;
  return [
    ...(options.length > 25 ? [toProblem(path, 'More than 25 options.')] : []),
    ...(isOutOfOrder ? [toProblem(path, 'Required options must come before optional ones.')] : []),
    ...checkUnique(
      options.map(({ name }) => name),
      path,
    ),
    ...options.flatMap((option, index) => checkOption(option, `${path}.${index}`)),
  ];
}

function checkOption(option: CommandOption, path: string): FormProblem[] {
  const choices = option.choices ?? [];
  const isBoth = option.autocomplete && choices.length > 0;
  const isStrange = option.autocomplete && !completable.has(option.type);
  const strangers = (option.file_types ?? []).filter((type) => !fileType.test(type));
  return [
    ...checkName(option.name, path),
    ...checkLength(`${path}.description`, option.description, 100, 1),
    ...(isStrange ? [toProblem(path, 'Options of this type cannot autocomplete.')] : []),
    ...(isBoth ? [toProblem(path, 'Autocomplete and choices exclude each other.')] : []),
    ...((option.file_types?.length ?? 0) > 10 ? [toProblem(path, 'More than 10 file types.')] : []),
    ...strangers.map((type) => toProblem(`${path}.file_types`, `“${type}” is no file type.`)),
    ...checkChoices(choices, `${path}.choices`),
    ...checkOptions(option.options ?? [], `${path}.options`),
  ];
}

/** Choices of a published option, or those that answer an autocompletion. */
export function checkChoices(choices: readonly Choice[], path: string): FormProblem[] {
  return [
    ...(choices.length > 25 ? [toProblem(path, 'More than 25 choices.')] : []),
    ...choices.flatMap((choice, index) => [
      ...checkLength(`${path}.${index}.name`, choice.name, 100, 1),
      ...checkLength(`${path}.${index}.value`, String(choice.value), 100),
    ]),
    ...checkUnique(
      choices.map(({ name }) => name),
      path,
    ),
  ];
}

function checkName(name: string, path: string): FormProblem[] {
  const isGood = namePattern.test(name) && name === name.toLowerCase();
  return isGood ? [] : [toProblem(`${path}.name`, `“${name}” is no command or option name.`)];
}

function checkUnique(names: readonly string[], path: string): FormProblem[] {
  const isUnique = new Set(names).size === names.length;
  return isUnique ? [] : [toProblem(path, 'Names must be unique.')];
}

function countCharacters(command: CommandDefinition | CommandOption): number {
  const choices = 'choices' in command ? (command.choices ?? []) : [];
  const own = command.name.length + (command.description?.length ?? 0);
  const inChoices = choices.map(({ name, value }) => name.length + String(value).length);
  const inOptions = (command.options ?? []).map(countCharacters);
  return [...inChoices, ...inOptions].reduce((sum, count) => sum + count, own);
}

function toProblem(path: string, message: string): FormProblem {
  return { path, code: 'APPLICATION_COMMAND_INVALID', message };
}
