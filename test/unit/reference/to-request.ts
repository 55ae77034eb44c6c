/** An input as the documents show it, as people give it: words, files, and options by name. */
import type { GivenFile, ModelRequest } from '../../../src/models/model.ts';
import type { EndpointFacts } from './facts/fact.ts';

type Input = Readonly<Record<string, unknown>>;
type Value = string | number | boolean;

export interface Way {
  readonly name: string;
  readonly toName: (fieldName: string) => string;
  readonly toValue: (value: unknown) => Value;
  /** Whether an object's fields are given one by one, under dotted names. */
  readonly isSplit: boolean;
}

/** Lists and objects are always JSON; null is a word. */
export function toTyped(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return JSON.stringify(value);
}

function toText(value: unknown): Value {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const same = (name: string) => name;
const toCamel = (name: string) =>
  name.replaceAll(/_([a-z\d])/gu, (_, letter: string) => letter.toUpperCase());
const toKebab = (name: string) => name.replaceAll('_', '-');

export const WAYS: readonly Way[] = [
  { name: 'fal’s own names', toName: same, toValue: toTyped, isSplit: false },
  { name: 'camelCase', toName: toCamel, toValue: toTyped, isSplit: false },
  { name: 'kebab-case', toName: toKebab, toValue: toTyped, isSplit: false },
  { name: 'all values as text', toName: same, toValue: toText, isSplit: false },
  { name: 'objects field by field', toName: same, toValue: toText, isSplit: true },
];
const PLAIN: Way = WAYS[0]!;

/** Files of the field come as attachments, `plain` ones without the field's name. */
export function toRequest(
  facts: EndpointFacts,
  input: Input,
  { way = PLAIN, arePlain = false }: { way?: Way; arePlain?: boolean } = {},
): ModelRequest {
  const entries = Object.entries(input);
  const prompt = input[facts.words];
  const options = entries
    .filter(([name]) => name !== facts.words && facts.files[name] === undefined)
    .flatMap(([name, value]) => split(name, value, way))
    .map(([name, value]) => [way.toName(name), way.toValue(value)] as const);
  return {
    prompt: typeof prompt === 'string' ? prompt : '',
    files: entries.flatMap(([name, value]) => toFiles(facts, name, arePlain)(value)),
    options: Object.fromEntries(options),
  };
}

function split(name: string, value: unknown, { isSplit }: Way): (readonly [string, unknown])[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isSplit || !isObject || 'width' in value) return [[name, value]];
  return Object.entries(value).map(([inner, one]) => [`${name}.${inner}`, one]);
}

function toFiles(facts: EndpointFacts, name: string, isPlain: boolean) {
  return (value: unknown): GivenFile[] => {
    const media = facts.files[name];
    if (media === undefined) return [];
    const urls: readonly unknown[] = Array.isArray(value) ? value : [value];
    const option = isPlain ? undefined : name;
    return urls.map((url) => ({ url: String(url), media, option }));
  };
}

/** The input with one value in another's place; a dot leads into an object. */
export function withValue(input: Input, path: string, value: unknown): Input {
  const [top = '', inner] = path.split('.');
  return { ...input, [top]: inner === undefined ? value : { [inner]: value } };
}
