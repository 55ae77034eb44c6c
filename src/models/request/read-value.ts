/**
 * Turns what a person typed into the exact value of a field, or nothing where it cannot be meant.
 * Text is read by the field's type: `30` is a number where a number belongs.
 */
import { readAddress } from './read-address.ts';
import type { Field, FieldType, NumberBounds, TextBounds } from '../endpoint.ts';

/** `undefined` as a whole: the value does not fit. */
export type Reading = { readonly value: unknown } | undefined;

const YES = new Set(['true', 'yes', 'on', '1']);
const NO = new Set(['false', 'no', 'off', '0']);
/** Longer integers are kept as text: a JavaScript number would round them. */
const INTEGER = /^[+-]?\d{1,40}$/u;
const FORMS = {
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu,
  hexadecimal: /^[\da-f]*$/iu,
} as const;

export function readField(field: Field, raw: unknown): Reading {
  if (field.nullable && (raw === null || raw === 'null')) return { value: null };
  const read = readValue(field.type, raw);
  const leavesOpen = !read && field.nullable && raw === 'auto';
  return leavesOpen ? { value: null } : read;
}

export function readValue(type: FieldType, raw: unknown): Reading {
  switch (type.kind) {
    case 'text':
      return readText(raw, type);
    case 'integer':
      return readInteger(raw, type);
    case 'number':
      return readNumber(raw, type);
    case 'flag':
      return readFlag(raw);
    case 'choice':
      return readChoice(raw, type.values);
    case 'file':
      return readFile(raw);
    case 'list':
      return readList(raw, type);
    case 'object':
      return readObject(raw, type.fields);
    case 'either':
      return readFirst(raw, type.types);
    case 'anything':
      return { value: parseStructure(raw) ?? raw };
  }
}

function readFile(raw: unknown): Reading {
  const address = typeof raw === 'string' ? readAddress(raw) : undefined;
  return address === undefined ? undefined : { value: address };
}

function readText(
  raw: unknown,
  { minLength = 0, maxLength = Infinity, form }: TextBounds,
): Reading {
  const text = typeof raw === 'number' ? String(raw) : raw;
  if (typeof text !== 'string') return undefined;
  if (form !== undefined && !FORMS[form].test(text)) return undefined;
  const { length } = Array.from(text);
  return length >= minLength && length <= maxLength ? { value: text } : undefined;
}

function readInteger(raw: unknown, bounds: NumberBounds): Reading {
  const text = String(raw).trim();
  if (typeof raw === 'boolean' || !INTEGER.test(text)) return undefined;
  const number = Number(text);
  if (!isWithin(number, bounds)) return undefined;
  return { value: Number.isSafeInteger(number) ? number : BigInt(text).toString() };
}

function readNumber(raw: unknown, bounds: NumberBounds): Reading {
  const isNumeral = typeof raw === 'number' || (typeof raw === 'string' && raw.trim() !== '');
  const number = isNumeral ? Number(raw) : Number.NaN;
  return Number.isFinite(number) && isWithin(number, bounds) ? { value: number } : undefined;
}

function isWithin(value: number, { min, max, above, below, multipleOf }: NumberBounds): boolean {
  const isLow = value < (min ?? -Infinity) || value <= (above ?? -Infinity);
  const isHigh = value > (max ?? Infinity) || value >= (below ?? Infinity);
  return !isLow && !isHigh && (multipleOf === undefined || isMultiple(value, multipleOf));
}

/** 0.3 is a multiple of 0.1, although dividing the two says otherwise. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times));
}

function readFlag(raw: unknown): Reading {
  if (typeof raw === 'boolean') return { value: raw };
  const word = String(raw).trim().toLowerCase();
  if (YES.has(word)) return { value: true };
  return NO.has(word) ? { value: false } : undefined;
}

function readChoice(raw: unknown, values: readonly (string | number)[]): Reading {
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  const word = String(raw);
  const exact = values.find((value) => String(value) === word);
  const found = exact ?? values.find((value) => toTyped(String(value)) === toTyped(word));
  return found === undefined ? undefined : { value: found };
}

/** People write `wise woman` for `Wise_Woman`. */
function toTyped(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, '_');
}

function readList(
  raw: unknown,
  { of, minItems = 0, maxItems = Infinity }: Extract<FieldType, { kind: 'list' }>,
): Reading {
  const items = toItems(raw, of);
  const readings = items.map((item) => readValue(of, item));
  if (items.length < minItems || items.length > maxItems) return undefined;
  if (readings.includes(undefined)) return undefined;
  return { value: readings.map((reading) => reading?.value) };
}

/** A list may come as JSON, else its parts are separated by commas or, where none has any, blanks. */
function toItems(raw: unknown, of: FieldType): readonly unknown[] {
  const structure = parseStructure(raw);
  if (Array.isArray(structure)) return structure;
  if (structure !== undefined || typeof raw !== 'string') return [structure ?? raw];
  if (raw.trim() === '') return [];
  if (of.kind === 'choice' && readValue(of, raw)) return [raw];
  const separator = of.kind === 'text' || of.kind === 'anything' ? /\s*,\s*/u : /[\s,]+/u;
  return raw.trim().split(separator);
}

function readObject(raw: unknown, fields: readonly Field[]): Reading {
  const structure = parseStructure(raw) ?? readShorthand(raw, fields);
  if (typeof structure !== 'object' || structure === null || Array.isArray(structure)) {
    return undefined;
  }
  const given = new Map<string, unknown>(Object.entries(structure));
  const known = new Set(fields.map(({ name }) => name));
  const isStrange = [...given.keys()].some((name) => !known.has(name));
  const isShort = fields.some(({ name, required }) => required && !given.has(name));
  if (isStrange || isShort) return undefined;
  const readings = fields
    .filter(({ name }) => given.has(name))
    .map((field) => [field.name, readField(field, given.get(field.name))] as const);
  if (readings.some(([, reading]) => reading === undefined)) return undefined;
  return { value: Object.fromEntries(readings.map(([name, reading]) => [name, reading?.value])) };
}

/** The few objects that people write in a shorter way. */
function readShorthand(raw: unknown, fields: readonly Field[]): unknown {
  if (typeof raw !== 'string') return undefined;
  const names = new Set(fields.map(({ name }) => name));
  if (names.has('path')) return readLora(raw);
  if (names.has('r') && names.has('g') && names.has('b')) return readColour(raw);
  if (names.has('width') && names.has('height')) return readSize(raw);
  const [only] = fields;
  return only && fields.length === 1 ? { [only.name]: raw } : undefined;
}

/** `address`, `address:0.8` or `address=0.8`; an address is https or a path at Hugging Face. */
function readLora(raw: string): unknown {
  const [, path = '', scale] = /^(.*?)(?:[:=](\d+(?:\.\d+)?))?$/u.exec(raw.trim()) ?? [];
  if (!/^https:\/\/\S+$|^[\w.-]+\/[\w./-]+$/u.test(path)) return undefined;
  return { path, scale: scale === undefined ? 1 : Number(scale) };
}

function readColour(raw: string): unknown {
  const digits = /^#?([\da-f]{6})$/iu.exec(raw.trim())?.[1];
  if (digits === undefined) return undefined;
  const [r, g, b] = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
  return { r, g, b };
}

/** `1280x720` as width and height in pixels. */
export function readSize(raw: unknown): { width: number; height: number } | undefined {
  const [, width, height] = /^(\d{1,5})\s*[x×*]\s*(\d{1,5})$/iu.exec(String(raw).trim()) ?? [];
  return width && height ? { width: Number(width), height: Number(height) } : undefined;
}

/** Text takes anything, so what is more particular is tried first. */
function readFirst(raw: unknown, types: readonly FieldType[]): Reading {
  const ordered = types.toSorted((a, b) => openness(a) - openness(b));
  for (const type of ordered) {
    const read = readValue(type, raw);
    if (read) return read;
  }
  return undefined;
}

function openness({ kind }: FieldType): number {
  return ['text', 'anything'].indexOf(kind);
}

/** JSON where it looks like it, and what is structured already. */
export function parseStructure(raw: unknown): unknown {
  if (typeof raw === 'object' && raw !== null) return raw;
  if (typeof raw !== 'string' || !/^\s*[[{]/u.test(raw)) return undefined;
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
