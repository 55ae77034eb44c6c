/** Whether fal would take a value as it is sent: strict, where Easel's own reading is lenient. */
import type { Endpoint, FieldType, NumberBounds } from '../../src/models/endpoint.ts';

/** What fal would answer 422 for: fields with a value that they do not take, and what is missing. */
export function findRefused(
  { fields }: Endpoint,
  body: Readonly<Record<string, unknown>>,
): readonly string[] {
  return fields.flatMap(({ name, type, required, nullable }) => {
    const value = body[name];
    if (value === undefined) return required ? [`\`${name}\` is missing`] : [];
    const fits = (value === null && nullable) || isLegal(type, value);
    return fits ? [] : [`\`${name}\` is not legal`];
  });
}

export function isLegal(type: FieldType, value: unknown): boolean {
  switch (type.kind) {
    case 'text':
      return typeof value === 'string' && isWithin(Array.from(value).length, toLengths(type));
    case 'integer':
      return isInteger(value) && isWithin(Number(value), type);
    case 'number':
      return typeof value === 'number' && isWithin(value, type);
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return type.values.some((one) => one === value);
    case 'file':
      return typeof value === 'string' && /^(?:https:\/\/|data:)/u.test(value);
    case 'list':
      return isLegalList(type, value);
    case 'object':
      return isLegalObject(type, value);
    case 'either':
      return type.types.some((one) => isLegal(one, value));
    case 'anything':
      return true;
  }
}

/** Those beyond 2^53 are read as bigints. */
function isInteger(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

function isLegalList(
  { of, minItems, maxItems }: Extract<FieldType, { kind: 'list' }>,
  value: unknown,
): boolean {
  if (!Array.isArray(value)) return false;
  const items: readonly unknown[] = value;
  const fits = isWithin(items.length, { min: minItems ?? 0, max: maxItems ?? Infinity });
  return fits && items.every((item) => isLegal(of, item));
}

function isLegalObject(
  { fields }: Extract<FieldType, { kind: 'object' }>,
  value: unknown,
): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const given = value as Readonly<Record<string, unknown>>;
  return fields.every(({ name, type, required, nullable }) => {
    const inner = given[name];
    if (inner === undefined) return !required;
    return (inner === null && nullable) || isLegal(type, inner);
  });
}

function toLengths({
  minLength = 0,
  maxLength = Infinity,
}: Extract<FieldType, { kind: 'text' }>): NumberBounds {
  return { min: minLength, max: maxLength };
}

function isWithin(value: number, { min, max, above, below, multipleOf }: NumberBounds): boolean {
  const isLow = value < (min ?? -Infinity) || value <= (above ?? -Infinity);
  const isHigh = value > (max ?? Infinity) || value >= (below ?? Infinity);
  const steps = multipleOf === undefined ? 0 : value / multipleOf;
  return !isLow && !isHigh && Math.abs(steps - Math.round(steps)) < 1e-9;
}
