/** From a JSON schema, as fal publishes it, to the fields of an endpoint. */
import type { Field, FieldType, NumberBounds } from '../endpoint.ts';
import { alignDefault } from './align-default.ts';
import { findMedia } from './find-media.ts';
import { foldText } from './fold-text.ts';
import { foldVariants, type Variant } from './fold-variants.ts';
import { without, type Resolve, type SchemaNode } from './schema-node.ts';

/** fal's deepest inputs have 5 levels. */
const DEEPEST = 8;
const ANYTHING: FieldType = { kind: 'anything' };
/** No `__proto__`, which would not be a property but the object's nature. */
const FIELD_NAME = /^(?!__proto__$)[\w.-]{1,100}$/u;

/** The fields of an object schema, in fal's order of display. */
export function readFields(schema: unknown, resolve: Resolve): readonly Field[] {
  return createReader(resolve).fields(resolve(schema), 0);
}

interface Named {
  readonly name: string;
  readonly depth: number;
}

/** Mutually recursive, because schemas are. */
interface Reader {
  fields(node: SchemaNode, depth: number): readonly Field[];
  variant(node: SchemaNode, named: Named): Variant;
  type(node: SchemaNode, named: Named): FieldType;
}

function createReader(resolve: Resolve): Reader {
  const reader: Reader = {
    fields: (node, depth) =>
      listNames(node).map((name) => {
        const property = resolve(node.properties?.[name]);
        const { type = ANYTHING, nullable } = reader.variant(property, { name, depth });
        return alignDefault({ name, type, ...toRemarks(node, name, property), nullable });
      }),
    variant(node, named) {
      const parts = node.anyOf ?? node.oneOf;
      if (parts === undefined || named.depth > DEEPEST) return readSingle(node, named, reader);
      const shared = without(node, ['anyOf', 'oneOf', 'default', 'nullable']);
      const deeper = { ...named, depth: named.depth + 1 };
      const variants = parts.map((part) => reader.variant({ ...shared, ...resolve(part) }, deeper));
      return foldVariants(variants, node.nullable === true);
    },
    type(node, { name, depth }) {
      const values = readChoices(node);
      if (values) return { kind: 'choice', values };
      if (depth > DEEPEST) return readPlain(node, name);
      if (node.type === 'array') return readList(node, { name, depth }, { resolve, reader });
      const hasFields = Object.keys(node.properties ?? {}).length > 0;
      return hasFields
        ? { kind: 'object', fields: reader.fields(node, depth + 1) }
        : readPlain(node, name);
    },
  };
  return reader;
}

function readSingle(node: SchemaNode, named: Named, reader: Reader): Variant {
  const isNull = node.type === 'null';
  const nullable = isNull || node.nullable === true || (node.enum ?? []).includes(null);
  if (isNull) return { type: undefined, nullable };
  if (!Array.isArray(node.type)) return { type: reader.type(node, named), nullable };
  const variants = node.type.map((type) => readSingle({ ...node, type }, named, reader));
  return foldVariants(variants, nullable);
}

function readList(
  node: SchemaNode,
  { name, depth }: Named,
  { resolve, reader }: { resolve: Resolve; reader: Reader },
): FieldType {
  const items = node.prefixItems ?? [node.items];
  const variants = items.map((item) =>
    reader.variant(resolve(item ?? {}), { name, depth: depth + 1 }),
  );
  const of = foldVariants(variants, false).type ?? ANYTHING;
  return { kind: 'list', of, ...pick(node, ['minItems', 'maxItems']) };
}

function readPlain(node: SchemaNode, name: string): FieldType {
  switch (node.type) {
    case 'string': {
      const media = findMedia(name, node);
      if (media) return { kind: 'file', media };
      return { kind: 'text', ...pick(node, ['minLength', 'maxLength']) };
    }
    case 'integer':
    case 'number':
      return { kind: node.type, ...readBounds(node) };
    case 'boolean':
      return { kind: 'flag' };
    case undefined:
    default:
      return ANYTHING;
  }
}

function readChoices(node: SchemaNode): readonly (string | number)[] | undefined {
  const given = node.enum ?? (node.const === undefined ? [] : [node.const]);
  const values = given.filter((value) => value !== null);
  return values.length > 0 && values.every(isWord) ? [...new Set(values)] : undefined;
}

function isWord(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function readBounds(node: SchemaNode): NumberBounds {
  const low = toLimit(node.minimum ?? node.ge ?? node.min, node.exclusiveMinimum);
  const high = toLimit(node.maximum ?? node.le ?? node.max, node.exclusiveMaximum);
  const bounds = {
    min: low.included,
    max: high.included,
    above: low.excluded,
    below: high.excluded,
    multipleOf: node.multipleOf,
  };
  const known = Object.entries(bounds).filter(([, bound]) => bound !== undefined);
  return Object.fromEntries(known);
}

interface Limit {
  readonly included: number | undefined;
  readonly excluded: number | undefined;
}

function toLimit(limit: number | undefined, exclusive: number | boolean | undefined): Limit {
  if (exclusive === true) return { included: undefined, excluded: limit };
  return { included: limit, excluded: exclusive === false ? undefined : exclusive };
}

/** The names fal orders, then the others as they stand, what must be given first. */
function listNames(node: SchemaNode): readonly string[] {
  const { properties = {} } = node;
  const ordered = node['x-fal-order-properties'] ?? [];
  const required = new Set(node.required);
  const names = Object.keys(properties).filter((name) => FIELD_NAME.test(name));
  const isOrdered = (name: unknown): name is string =>
    typeof name === 'string' && names.includes(name);
  const others = [
    ...names.filter((name) => required.has(name)),
    ...names.filter((name) => !required.has(name)),
  ];
  return [...new Set([...ordered.filter(isOrdered), ...others])];
}

/** What is said of a field beside its type; a default of null says that there is none. */
function toRemarks(node: SchemaNode, name: string, property: SchemaNode) {
  const { default: standard, description = '' } = property;
  const words = foldText(description);
  return {
    required: (node.required ?? []).includes(name),
    ...(standard !== undefined && standard !== null && isShallow(standard) && { standard }),
    ...(words !== '' && { description: words }),
  };
}

/** A default of a thousand levels could not be written down again. */
function isShallow(value: unknown, levels = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

function pick<Name extends 'minLength' | 'maxLength' | 'minItems' | 'maxItems'>(
  node: SchemaNode,
  names: readonly Name[],
): Partial<Record<Name, number>> {
  const known: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const value = node[name];
    if (value !== undefined) known[name] = value;
  }
  return known;
}
