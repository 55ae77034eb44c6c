/** A command's form as somebody has filled it in: what it asks for, and what is wrong with it. */
import type { Command, Plan } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Option, Options } from '../../option.ts';
import type { AttachmentRef } from '../../request.ts';
import { humanise } from './humanise.ts';
import { type FormValues, toCommandLine } from './to-command-line.ts';

const ADDRESS = /_urls?$/u;

export interface Field {
  readonly name: string;
  /** For people; no two fields have the same. */
  readonly label: string;
  readonly option: Option;
  /** Empty where nothing is filled in, and for files. */
  readonly value: string;
  /** The options of files that it stands for, such as `image`, `image2`, …; else its own name. */
  readonly places: readonly string[];
}

export interface FilledForm {
  readonly command: Command;
  /** Required ones first, then in the command's own order. */
  readonly fields: readonly Field[];
  /** What is filled in and not empty. */
  readonly values: FormValues;
  /** What was filled in for options that another model has and this one has not. */
  readonly laidAside: FormValues;
}

/** What the form would do, as far as that is known before it is sent. */
export interface FormCheck {
  readonly commandLine: string;
  /** What a model would bend or leave out. */
  readonly notes: readonly string[];
  /** Mistakes by option. */
  readonly mistakes: Readonly<Record<string, string>>;
  /** Mistakes that are about no option in particular. */
  readonly strays: readonly string[];
}

/** What a form comes with beside what is filled in. */
interface Given {
  readonly attachments: readonly AttachmentRef[];
  /** What the button is about that opened it: some commands are nothing without. */
  readonly job?: string | undefined;
}

interface CheckParts {
  readonly commands: readonly Command[];
  readonly preview: (plan: Plan) => readonly string[];
}

/** `shown` are the options that the form has; all of them where it is undefined. */
export function toFilledForm(
  command: Command,
  given: FormValues,
  shown?: readonly string[],
): FilledForm {
  const filledIn = Object.entries(given)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '');
  // The few that a button asks for are the command's own, whatever the chosen model is.
  const options = shown ? command.options : command.form(Object.fromEntries(filledIn));
  const rank = ({ name, option }: Field): number =>
    shown === undefined ? Number(!option.required) : shown.indexOf(name);
  const isKnown = ([name]: readonly [string, string]): boolean => Object.hasOwn(options, name);
  const known = new Map(filledIn.filter(isKnown));
  const fields = Object.entries(options)
    .filter(([name]) => findFirstPlace(name, options) === undefined)
    .filter(([name]) => shown?.includes(name) ?? true)
    .map(([name, option]) => ({
      name,
      label: toLabel(name, options),
      option,
      value: known.get(name) ?? '',
      places: Object.keys(options).filter(
        (other) => other === name || findFirstPlace(other, options) === name,
      ),
    }))
    .toSorted((a, b) => rank(a) - rank(b));
  return {
    command,
    fields,
    values: Object.fromEntries(
      fields.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]),
    ),
    laidAside: Object.fromEntries(filledIn.filter((entry) => !isKnown(entry))),
  };
}

/** fal calls a file by its address, which people do not see: “Image” for `image_url`. */
function toLabel(name: string, options: Options): string {
  const bare = options[name]?.kind === 'file' ? name.replace(ADDRESS, '') : name;
  return humanise(Object.hasOwn(options, bare) ? name : bare);
}

/** `image` for `image3`: several files of one kind are one field. */
function findFirstPlace(name: string, options: Options): string | undefined {
  const [, first = ''] = /^(.*\D)\d+$/u.exec(name) ?? [];
  const areFiles = options[name]?.kind === 'file' && options[first]?.kind === 'file';
  return areFiles ? first : undefined;
}

export function checkForm(form: FilledForm, given: Given, parts: CheckParts): FormCheck {
  const { command, fields, values } = form;
  const { notes, complaints } = tryOut(form, given, parts);
  const blamed = complaints.map((text) => ({ text, name: findBlamed(text, fields) }));
  const mistakes: Record<string, string> = {};
  for (const { text, name } of blamed) {
    if (name === undefined) continue;
    const before = mistakes[name];
    mistakes[name] = before === undefined ? text : `${before}\n${text}`;
  }
  const options = Object.fromEntries(fields.map(({ name, option }) => [name, option]));
  return {
    commandLine: toCommandLine(command, options, values),
    notes,
    mistakes,
    strays: blamed.filter(({ name }) => name === undefined).map(({ text }) => text),
  };
}

function tryOut(
  { command, values }: FilledForm,
  { attachments, job }: Given,
  { commands, preview }: CheckParts,
): { readonly notes: readonly string[]; readonly complaints: readonly string[] } {
  const raw = job === undefined ? values : { ...values, job };
  try {
    return { notes: preview(command.plan(raw, { commands, attachments })), complaints: [] };
  } catch (error) {
    if (error instanceof UserError) return { notes: [], complaints: error.message.split('\n') };
    throw error;
  }
}

/** A complaint names its option in quotes, or else what was filled in for it. */
function findBlamed(complaint: string, fields: readonly Field[]): string | undefined {
  const quoted = [...complaint.matchAll(/“([^”]*)”/gu)].map(([, word = '']) => word);
  const [byName] = quoted.flatMap((word) => findField(toOptionName(word), fields) ?? []);
  const byValue = fields.find(({ value }) => value !== '' && quoted.includes(value));
  const byAddress = quoted.some((word) => ADDRESS.test(word)) ? findMainFile(fields) : undefined;
  return (byName ?? byValue ?? byAddress)?.name;
}

function findField(name: string, fields: readonly Field[]): Field | undefined {
  const bare = name.replace(ADDRESS, '');
  return (
    fields.find((field) => field.places.includes(name) || field.option.aliases?.includes(name)) ??
    fields.find((field) => field.option.kind === 'file' && field.name.replace(ADDRESS, '') === bare)
  );
}

/** fal's own name of a field for files may be quite another than the option's. */
function findMainFile(fields: readonly Field[]): Field | undefined {
  const files = fields.filter(({ option }) => option.kind === 'file');
  return files.find(({ option }) => option.required) ?? files[0];
}

function toOptionName(word: string): string {
  return word
    .replace(/^--/u, '')
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1_$2')
    .replaceAll(/[\s-]/gu, '_')
    .toLowerCase();
}
