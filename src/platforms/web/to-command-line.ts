/** The line that a person would type for what a form holds, so that people learn it by the way. */
import type { Command } from '../../command.ts';
import { mainOption, parseCommandLine } from '../../command-line.ts';
import type { Options } from '../../option.ts';

/** What is filled in, by option name; nothing is empty. */
export type FormValues = Readonly<Record<string, string>>;

interface Style {
  /** Whether the main words stand right behind the command or are a flag of their own. */
  readonly words: 'plain' | 'flag';
  readonly switches: 'bare' | 'spelled';
}
/** The shortest first. */
const STYLES: readonly Style[] = [
  { words: 'plain', switches: 'bare' },
  { words: 'plain', switches: 'spelled' },
  { words: 'flag', switches: 'bare' },
  { words: 'flag', switches: 'spelled' },
];

/** Needs no quotes behind its flag. */
const PLAIN_WORD = /^(?!--)[^\s"“”—–\\]+$/u;

/** The first way of writing it that is read back as the same; the shortest where none is. */
export function toCommandLine(command: Command, options: Options, values: FormValues): string {
  const lines = STYLES.map((style) => writeLine(command, options, values, style));
  return lines.find((line) => meansTheSame(command, line, values)) ?? lines[0] ?? '';
}

function writeLine(command: Command, options: Options, values: FormValues, style: Style): string {
  const main = mainOption(command.options);
  const names = Object.keys(values).filter((name) => name !== main || style.words === 'flag');
  const words = style.words === 'plain' ? (values[main ?? ''] ?? '') : '';
  const flags = names.map((name) => {
    const isSwitch = options[name]?.kind === 'flag' && style.switches === 'bare';
    return writeFlag(name, values[name] ?? '', isSwitch);
  });
  return [`/${command.name}`, words, ...flags].filter((part) => part !== '').join(' ');
}

function writeFlag(name: string, value: string, isSwitch: boolean): string {
  if (isSwitch) return value === 'true' ? `--${name}` : `--no-${name}`;
  return `--${name} ${PLAIN_WORD.test(value) ? value : JSON.stringify(value)}`;
}

function meansTheSame(command: Command, line: string, values: FormValues): boolean {
  // Also for a command that only buttons invoke.
  const read = parseCommandLine(line, [{ ...command, published: true }]).options;
  const names = new Set([...Object.keys(read), ...Object.keys(values)]);
  return [...names].every((name) => read[name] === values[name]);
}
