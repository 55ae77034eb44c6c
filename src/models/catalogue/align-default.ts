/** A default that is to be chosen from is given as the choice has it: sources write `4` for `"4"`. */
import type { Field } from '../endpoint.ts';

export function alignDefault(field: Field): Field {
  const { type, standard } = field;
  if (type.kind !== 'choice' || standard === undefined) return field;
  const same = type.values.find((value) => String(value) === toText(standard));
  return same === undefined ? field : { ...field, standard: same };
}

export function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
