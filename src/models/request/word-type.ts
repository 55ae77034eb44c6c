/** What a field takes, in words that stand behind "must be". */
import type { Field, FieldType, FileMedia, NumberBounds, TextBounds } from '../endpoint.ts';

/** More would be a list nobody reads; the rest is offered while one types. */
const SHOWN_CHOICES = 40;

export function wordType(type: FieldType): string {
  switch (type.kind) {
    case 'text':
      return wordText(type);
    case 'integer':
      return `a whole number${wordBounds(type)}`;
    case 'number':
      return `a number${wordBounds(type)}`;
    case 'flag':
      return 'yes or no';
    case 'choice':
      return wordChoices(type.values);
    case 'file':
      return `an attached ${wordMedia(type.media)} or an https address`;
    case 'list':
      return wordList(type);
    case 'object':
      return wordObject(type.fields);
    case 'either':
      return type.types.map(wordType).join(', or ');
    case 'anything':
      return 'JSON';
  }
}

export function wordMedia(media: FileMedia): string {
  const words = { image: 'picture', audio: 'sound', video: 'video', any: 'file' } as const;
  return words[media];
}

/** ` from 2 to 250`, ` of at least 1`, or nothing where there is no bound. */
export function wordBounds({ min, max, above, below, multipleOf }: NumberBounds): string {
  const step = multipleOf === undefined ? '' : ` in steps of ${multipleOf}`;
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}${step}`;
  const low = wordLow(min, above);
  const high = wordHigh(max, below);
  const both = [low, high].filter((word) => word !== '').join(' and ');
  return `${both === '' ? '' : ` ${both}`}${step}`;
}

function wordLow(min: number | undefined, above: number | undefined): string {
  if (above !== undefined) return `above ${above}`;
  return min === undefined ? '' : `of at least ${min}`;
}

function wordHigh(max: number | undefined, below: number | undefined): string {
  if (below !== undefined) return `below ${below}`;
  return max === undefined ? '' : `of at most ${max}`;
}

function wordText({ minLength = 0, maxLength, form }: TextBounds): string {
  if (form === 'uuid') return 'a UUID such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const count = (length: number): string => wordCharacters(length, form);
  if (maxLength === undefined) return minLength > 0 ? `at least ${count(minLength)} long` : 'text';
  if (minLength === maxLength) return `${count(maxLength)} long`;
  return minLength > 0
    ? `${minLength} to ${count(maxLength)} long`
    : `at most ${count(maxLength)} long`;
}

function wordCharacters(count: number, form: TextBounds['form']): string {
  const noun = form === 'hexadecimal' ? 'hexadecimal digit' : 'character';
  return count === 1 ? `1 ${noun}` : `${count.toLocaleString('en')} ${noun}s`;
}

function wordChoices(values: readonly (string | number)[]): string {
  const [only] = values;
  if (values.length === 1) return String(only);
  const shown = values.slice(0, SHOWN_CHOICES).join(', ');
  const rest = values.length - SHOWN_CHOICES;
  return rest > 0 ? `one of ${shown} and ${rest} more` : `one of ${shown}`;
}

function wordList({ of, minItems = 0, maxItems }: Extract<FieldType, { kind: 'list' }>): string {
  const each = `each ${wordType(of)}`;
  if (maxItems === undefined) {
    return minItems > 0 ? `${minItems} or more entries, ${each}` : `a list, ${each}`;
  }
  if (minItems === maxItems) return `${wordEntries(maxItems)}, ${each}`;
  return minItems > 0
    ? `${minItems} to ${wordEntries(maxItems)}, ${each}`
    : `at most ${wordEntries(maxItems)}, ${each}`;
}

function wordEntries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}

function wordObject(fields: readonly Field[]): string {
  const names = fields.map(({ name }) => name);
  if (names.includes('path')) return `an address or address:scale${wordScale(fields)}`;
  if (names.includes('width') && names.includes('height')) return 'a size such as 1280x720';
  if (names.length === 3 && names.includes('r')) return 'a colour such as #ff8800';
  return `JSON with ${names.join(', ')}`;
}

function wordScale(fields: readonly Field[]): string {
  const type = fields.find(({ name }) => name === 'scale')?.type;
  return type?.kind === 'number' ? ` with a scale${wordBounds(type)}` : '';
}
