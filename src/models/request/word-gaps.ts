/** What fal would only complain about once the request is queued: of each field alone nothing is wrong. */
import type { Field } from '../endpoint.ts';
import { listRequiredSlots, nameSlot } from './place-files.ts';
import { readField } from './read-value.ts';
import type { ServedEndpoint } from './served-endpoint.ts';
import { wordMissing, wordMissingFile, wordMistake } from './word-mistake.ts';
import { findWordsField } from './words-field.ts';

type Values = Readonly<Record<string, unknown>>;

/** One line for each thing that is missing, or that is there once too often. `name` is the model's. */
export function wordGaps(
  name: string,
  { endpoint, apart }: ServedEndpoint,
  { values, mistaken }: { readonly values: Values; readonly mistaken: ReadonlySet<string> },
): readonly string[] {
  const slots = listRequiredSlots(endpoint);
  const words = findWordsField(endpoint);
  const wordGap = (field: Field): readonly string[] => {
    const value = values[field.name];
    const slot = slots.find((one) => one.field === field);
    const count = Array.isArray(value) ? value.length : 1;
    if (slot && (value === undefined || count < slot.least))
      return [wordMissingFile(name, slot, nameSlot(endpoint, slot))];
    if (value === undefined) {
      const option = field === words ? 'prompt' : field.name;
      return field.required ? [wordMissing(option, field)] : [];
    }
    // An object's fields may have come one by one, so that some are missing.
    const isPiecemeal = field.type.kind === 'object' && !readField(field, value);
    return isPiecemeal ? [wordMistake(field.name, field, value)] : [];
  };
  return [
    ...endpoint.fields.filter(({ name }) => !mistaken.has(name)).flatMap(wordGap),
    ...apart
      .filter((pair) => pair.every((path) => valueAt(values, path) !== undefined))
      .map(([one, other]) => `“${one}” and “${other}” exclude each other: use one of them.`),
  ];
}

function valueAt(values: Values, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => {
    const isObject = typeof value === 'object' && value !== null;
    return isObject ? new Map<string, unknown>(Object.entries(value)).get(step) : undefined;
  }, values);
}
