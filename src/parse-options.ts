/** Checks the raw values of a command's options, as any platform delivers them. */
import { z } from 'zod';
import { UserError } from './errors.ts';
import { nearest } from './nearest.ts';
import type { Option, Options, OptionValues } from './option.ts';
import { wordOption } from './option-words.ts';

const YES = new Set(['true', 'yes', 'on', '1']);
const NO = new Set(['false', 'no', 'off', '0']);
/** Discord's longest text. */
const LONGEST_VALUE = 6000;

type More = Record<string, string | number | boolean>;

export interface ParsedOptions {
  readonly values: Readonly<Record<string, unknown>>;
  /** Values under names that are no option. */
  readonly more: Readonly<More>;
}

/**
 * Throws `UserError` with one line for each option that is missing or out of bounds, and for unknown
 * ones unless the command `takesMore`.
 */
export function parseOptions(
  options: Options,
  raw: Readonly<Record<string, unknown>>,
  { takesMore }: { readonly takesMore: boolean },
): ParsedOptions {
  const values: Record<string, unknown> = {};
  const unknown = Object.entries(raw).filter(([name]) => !Object.hasOwn(options, name));
  const more = takesMore ? readMore(unknown) : {};
  const mistakes = unknown
    .filter(([name]) => !Object.hasOwn(more, name))
    .map(([name]) => wordUnknown(name, Object.keys(options)));
  for (const [name, option] of Object.entries(options)) {
    const parsed = schemaOf(option).safeParse(raw[name] === '' ? undefined : raw[name]);
    if (!parsed.success) mistakes.push(`“${name}” ${wordExpectation(option)}.`);
    else if (parsed.data !== undefined) values[name] = parsed.data;
  }
  if (mistakes.length > 0) throw new UserError(mistakes.join('\n'));
  return { values, more };
}

/** What is neither text nor number nor yes or no was not typed by a person. */
function readMore(unknown: readonly (readonly [string, unknown])[]): More {
  const given = z.union([z.string().max(LONGEST_VALUE), z.number(), z.boolean()]);
  return Object.fromEntries(
    unknown.flatMap(([name, value]) => {
      const parsed = given.safeParse(value);
      return parsed.success ? [[name, parsed.data] as const] : [];
    }),
  );
}

/** True when every value is of its option's kind: what the types promise to `run`. */
export function areValuesOf<O extends Options>(
  options: O,
  values: Readonly<Record<string, unknown>>,
): values is Readonly<Record<string, unknown>> & OptionValues<O> {
  return Object.entries(options).every(
    ([name, option]) => option.kind === 'file' || schemaOf(option).safeParse(values[name]).success,
  );
}

function schemaOf(option: Option): z.ZodType {
  const schema = requiredSchemaOf(option);
  return option.required ? schema : schema.optional();
}

function requiredSchemaOf(option: Option): z.ZodType {
  switch (option.kind) {
    case 'text':
    case 'suggested':
      return z.string().trim().min(1).max(option.maxLength);
    case 'choice':
      return z.enum(option.choices.map((choice) => choice.value));
    case 'integer':
      return z.preprocess(toNumber, z.number().int().min(option.min).max(option.max));
    case 'number':
      return z.preprocess(toNumber, z.number().min(option.min).max(option.max));
    case 'flag':
      return z.preprocess(toBoolean, z.boolean());
    case 'file':
      return z.undefined();
  }
}

function toNumber(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}

function toBoolean(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const word = value.trim().toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : value;
}

function wordExpectation(option: Option): string {
  switch (option.kind) {
    case 'text':
    case 'suggested':
      return option.required
        ? `is needed: up to ${option.maxLength} characters`
        : `takes up to ${option.maxLength} characters`;
    case 'choice':
      return `must be one of ${option.choices.map((choice) => choice.value).join(', ')}`;
    case 'integer':
      return `must be a whole number from ${option.min} to ${option.max}`;
    case 'number':
      return `must be a number from ${option.min} to ${option.max}`;
    case 'flag':
      return 'must be yes or no';
    case 'file':
      return `takes ${wordOption(option)}`;
  }
}

function wordUnknown(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined
    ? `There is no option “${name}”. Known: ${known.join(', ')}.`
    : `There is no option “${name}”. Did you mean “${near}”?`;
}
