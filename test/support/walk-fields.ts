/** Every field of an endpoint, nested ones included, each with its path. */
import type { Field, FieldType } from '../../src/models/endpoint.ts';

export interface PlacedField {
  /** Such as `loras.scale`. */
  readonly path: string;
  readonly field: Field;
}

export function walkFields(fields: readonly Field[], above = ''): readonly PlacedField[] {
  return fields.flatMap((field) => {
    const path = `${above}${field.name}`;
    return [{ path, field }, ...walkType(field.type, `${path}.`)];
  });
}

function walkType(type: FieldType, above: string): readonly PlacedField[] {
  if (type.kind === 'object') return walkFields(type.fields, above);
  if (type.kind === 'list') return walkType(type.of, above);
  return type.kind === 'either' ? type.types.flatMap((one) => walkType(one, above)) : [];
}

/** Whether the type takes the value, said anew here so that it checks the code that says it there. */
export function takes(type: FieldType, value: unknown): boolean {
  switch (type.kind) {
    case 'text':
      return typeof value === 'string' && isBetween(value.length, type.minLength, type.maxLength);
    case 'integer':
    case 'number':
      return typeof value === 'number' && takesNumber(type, value);
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return type.values.some((legal) => legal === value);
    case 'file':
      return typeof value === 'string';
    case 'list':
      return (
        Array.isArray(value) &&
        isBetween(value.length, type.minItems, type.maxItems) &&
        value.every((item) => takes(type.of, item))
      );
    case 'object':
      return takesObject(type.fields, value);
    case 'either':
      return type.types.some((one) => takes(one, value));
    case 'anything':
      return true;
  }
}

function takesNumber(
  type: Extract<FieldType, { kind: 'integer' | 'number' }>,
  value: number,
): boolean {
  const { min, max, above = -Infinity, below = Infinity, multipleOf } = type;
  if (type.kind === 'integer' && !Number.isInteger(value)) return false;
  const steps = multipleOf === undefined ? 0 : value / multipleOf;
  const isStep = Math.abs(steps - Math.round(steps)) < 1e-6;
  return isBetween(value, min, max) && value > above && value < below && isStep;
}

function takesObject(fields: readonly Field[], value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const given = new Map(Object.entries(value));
  const names = new Set(fields.map((field) => field.name));
  return (
    [...given.keys()].every((name) => names.has(name)) &&
    fields.every(({ name, type, required, nullable }) => {
      if (!given.has(name)) return !required;
      return given.get(name) === null ? nullable : takes(type, given.get(name));
    })
  );
}

function isBetween(value: number, low = -Infinity, high = Infinity): boolean {
  return value >= low && value <= high;
}
