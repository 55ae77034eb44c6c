/**
 * Whether a value is exactly what a field takes, JSON type and all: written apart from the engine, to
 * check what it sends.
 */
import type { Field, FieldType } from '../../../src/models/endpoint.ts';

type Of<Kind extends FieldType['kind']> = Extract<FieldType, { kind: Kind }>;

/** Whole numbers that a JavaScript number would round travel as text. */
const LONG_INTEGER = /^-?\d{16,}$/u;
const ADDRESS = /^(?:https:|data:)/u;

/** What is wrong, as `path: words`; none where everything fits. */
export function listMisfits(fields: readonly Field[], input: object): string[] {
  const given = new Map<string, unknown>(Object.entries(input));
  const known = new Set(fields.map(({ name }) => name));
  return [
    ...[...given.keys()].filter((name) => !known.has(name)).map((name) => `${name}: is no field`),
    ...fields.flatMap((field) => {
      if (!given.has(field.name)) return field.required ? [`${field.name}: is missing`] : [];
      const value = given.get(field.name);
      if (value === null && field.nullable) return [];
      return misfits(field.type, value).map((words) => `${field.name}: ${words}`);
    }),
  ];
}

function misfits(type: FieldType, value: unknown): string[] {
  const no = [`${JSON.stringify(value)?.slice(0, 80)} is no ${type.kind}`];
  switch (type.kind) {
    case 'text':
      return typeof value === 'string' && isLongAsDue(type, value) ? [] : no;
    case 'integer':
    case 'number':
      return isNumberFor(type, value) ? [] : no;
    case 'flag':
      return typeof value === 'boolean' ? [] : no;
    case 'choice':
      return type.values.some((one) => one === value) ? [] : no;
    case 'file':
      return typeof value === 'string' && ADDRESS.test(value) ? [] : no;
    case 'list':
      return Array.isArray(value) ? listItemMisfits(type, value) : no;
    case 'object': {
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isObject ? listMisfits(type.fields, value) : no;
    }
    case 'either':
      return type.types.some((one) => misfits(one, value).length === 0) ? [] : no;
    case 'anything':
      return [];
  }
}

function isLongAsDue({ minLength = 0, maxLength = Infinity }: Of<'text'>, text: string): boolean {
  const length = Array.from(text).length;
  return length >= minLength && length <= maxLength;
}

function isNumberFor(type: Of<'integer' | 'number'>, value: unknown): boolean {
  const isLong = type.kind === 'integer' && typeof value === 'string' && LONG_INTEGER.test(value);
  if (typeof value !== 'number' && !isLong) return false;
  const number = Number(value);
  if (!Number.isFinite(number) || (type.kind === 'integer' && !Number.isInteger(number))) {
    return false;
  }
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity } = type;
  const { multipleOf } = type;
  const times = multipleOf === undefined ? 0 : number / multipleOf;
  return (
    number >= min &&
    number <= max &&
    number > above &&
    number < below &&
    Math.abs(times - Math.round(times)) < 1e-6
  );
}

function listItemMisfits(type: Of<'list'>, items: readonly unknown[]): string[] {
  const { minItems = 0, maxItems = Infinity, of } = type;
  const isCountRight = items.length >= minItems && items.length <= maxItems;
  return [
    ...(isCountRight ? [] : [`${items.length} entries`]),
    ...items.flatMap((item, at) => misfits(of, item).map((words) => `${at}: ${words}`)),
  ];
}
