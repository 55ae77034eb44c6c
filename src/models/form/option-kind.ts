/** A field's type as the kind of option that a form shows for it. */
import { toChoices, type Option } from '../../option.ts';
import { listChoices, type FieldType, type NumberBounds } from '../endpoint.ts';

/** Discord's limits. */
export const LONGEST_TEXT = 6000;
const MOST_CHOICES = 25;
const LONGEST_LABEL = 100;

/** An option without what is said about it. */
type OptionKind = Option extends infer One
  ? One extends Option
    ? Omit<One, 'description'>
    : never
  : never;

export function toOptionKind(type: FieldType): OptionKind {
  switch (type.kind) {
    case 'text':
      return { kind: 'text', maxLength: Math.min(type.maxLength ?? LONGEST_TEXT, LONGEST_TEXT) };
    case 'integer':
    case 'number':
      return { kind: type.kind, ...toRange(type) };
    case 'flag':
      return { kind: 'flag' };
    case 'choice':
      return toChoiceKind(type.values.map(String));
    case 'file':
      return { kind: 'file', media: type.media };
    case 'either':
    case 'list':
    case 'object':
    case 'anything': {
      const suggestions = listChoices(type);
      return suggestions.length > 0
        ? suggested(suggestions)
        : { kind: 'text', maxLength: LONGEST_TEXT };
    }
  }
}

/** Where one end is open, the end of what a number can be stands for it. */
function toRange({ min, max, above, below }: NumberBounds): { min: number; max: number } {
  const low = min ?? above;
  const high = max ?? below;
  return { min: low ?? Number.MIN_SAFE_INTEGER, max: high ?? Number.MAX_SAFE_INTEGER };
}

function toChoiceKind(values: readonly string[]): OptionKind {
  const areShort = values.every((value) => value.length <= LONGEST_LABEL && value !== '');
  if (values.length > MOST_CHOICES || !areShort) return suggested(values);
  return { kind: 'choice', choices: values.map((value) => ({ value, label: value })) };
}

function suggested(values: readonly string[]): OptionKind {
  return { kind: 'suggested', maxLength: 1000, suggest: (begun) => toChoices(values, begun) };
}
