/** Checks the raw values of a command's options, as any platform delivers them. */
import { z } from 'zod';
import { UserError } from './errors.ts';
import { nearest } from './nearest.ts';
import type { Option, Options, OptionValues } from './option.ts';

const YES = new Set(['true', 'yes', 'on', '1']);
const NO = new Set(['false', 'no', 'off', '0']);

/** Throws `UserError` with one line for each option that is unknown, missing or out of bounds. */
export function parseOptions(
  options: Options,
  raw: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const mistakes = Object.keys(raw)
    .filter((name) => !Object.hasOwn(options, name))
    .map((name) => wordUnknown(name, Object.keys(options)));
  for (const [name, option] of Object.entries(options)) {
    const parsed = schemaOf(option).safeParse(raw[name] === '' ? undefined : raw[name]);
    if (!parsed.success) mistakes.push(`“${name}” ${wordExpectation(option)}.`);
    else if (parsed.data !== undefined) values[name] = parsed.data;
  }
  if (mistakes.length > 0) throw new UserError(mistakes.join('\n'));
  return values;
}

/** True when every value is of its option's kind: what the types promise to `run`. */
export function areValuesOf<O extends Options>(
  options: O,
  values: Readonly<Record<string, unknown>>,
): values is Readonly<Record<string, unknown>> & OptionValues<O> {
  return Object.entries(options).every(
    ([name, option]) =>
      option.kind === 'picture' || schemaOf(option).safeParse(values[name]).success,
  );
}

function schemaOf(option: Option): z.ZodType {
  const schema = requiredSchemaOf(option);
  return option.required ? schema : schema.optional();
}

function requiredSchemaOf(option: Option): z.ZodType {
  switch (option.kind) {
    case 'text':
      return z.string().trim().min(1).max(option.maxLength);
    case 'choice':
      return z.enum(option.choices.map((choice) => choice.value));
    case 'integer':
      return z.preprocess(toNumber, z.number().int().min(option.min).max(option.max));
    case 'number':
      return z.preprocess(toNumber, z.number().min(option.min).max(option.max));
    case 'flag':
      return z.preprocess(toBoolean, z.boolean());
    case 'picture':
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
    case 'picture':
      return 'takes an attached picture';
  }
}

function wordUnknown(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined
    ? `There is no option “${name}”. Known: ${known.join(', ')}.`
    : `There is no option “${name}”. Did you mean “${near}”?`;
}
