/** Where inside a list or an object the first thing is that does not fit. */
import { listTypes, type Field, type FieldType } from '../endpoint.ts';
import { parseStructure, readField } from './read-value.ts';

export interface InnerMistake {
  /** Names, and places counted from 1, from the option to the piece. */
  readonly path: readonly string[];
  readonly problem: 'wrong' | 'missing' | 'unknown';
  /** What the piece is to be; for an unknown name, the object around it. */
  readonly field: Field;
  readonly raw: unknown;
}

/** Undefined for what is no structure, and where the structure as a whole is at fault. */
export function findInnerMistake(type: FieldType, raw: unknown): InnerMistake | undefined {
  const structure = parseStructure(raw);
  if (structure === undefined) return undefined;
  if (Array.isArray(structure)) return findInList(findKind(type, 'list'), structure);
  const fields = new Map<string, unknown>(Object.entries(structure ?? {}));
  return findInObject(findKind(type, 'object'), fields);
}

function findKind<Kind extends 'list' | 'object'>(type: FieldType, kind: Kind) {
  return listTypes(type).find(
    (one): one is Extract<FieldType, { kind: Kind }> => one.kind === kind,
  );
}

function findInList(
  type: Extract<FieldType, { kind: 'list' }> | undefined,
  items: readonly unknown[],
): InnerMistake | undefined {
  const { of, minItems = 0, maxItems = Infinity } = type ?? {};
  if (!of || items.length < minItems || items.length > maxItems) return undefined;
  const entry: Field = { name: '', type: of, required: true, nullable: false };
  for (const [at, item] of items.entries()) {
    const mistake = findIn(entry, item, String(at + 1));
    if (mistake) return mistake;
  }
  return undefined;
}

function findInObject(
  type: Extract<FieldType, { kind: 'object' }> | undefined,
  given: ReadonlyMap<string, unknown>,
): InnerMistake | undefined {
  if (!type) return undefined;
  const strange = [...given.keys()].find((name) => !type.fields.some((one) => one.name === name));
  if (strange !== undefined) {
    const field: Field = { name: strange, type, required: false, nullable: false };
    return { path: [], problem: 'unknown', field, raw: strange };
  }
  for (const field of type.fields) {
    if (!given.has(field.name) && field.required) {
      return { path: [], problem: 'missing', field, raw: undefined };
    }
    const value = given.get(field.name);
    const mistake = given.has(field.name) ? findIn(field, value, field.name) : undefined;
    if (mistake) return mistake;
  }
  return undefined;
}

function findIn(field: Field, raw: unknown, step: string): InnerMistake | undefined {
  if (readField(field, raw)) return undefined;
  const inner = findInnerMistake(field.type, raw);
  return inner
    ? { ...inner, path: [step, ...inner.path] }
    : { path: [step], problem: 'wrong', field, raw };
}
