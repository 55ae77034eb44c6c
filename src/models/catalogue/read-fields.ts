/** From a JSON schema, as fal publishes it, to the fields of an endpoint. */
import type { Field, FieldType, NumberBounds } from '../endpoint.ts';
import { findMedia } from './find-media.ts';
import { foldVariants, type Variant } from './fold-variants.ts';
import type { Resolve, SchemaNode } from './schema-node.ts';

/** fal's deepest inputs have 5 levels. */
const DEEPEST = 8;
const LONGEST_DESCRIPTION = 300;
const FIELD_NAME = /^[\w.-]{1,100}$/u;

/** The fields of an object schema, in fal's order of display. */
export function readFields(schema: unknown, resolve: Resolve): readonly Field[] {
  return createTypeReader(resolve)(resolve(schema), 0);
}

interface Named {
  readonly name: string;
  readonly depth: number;
}

function createTypeReader(resolve: Resolve) {
  const fields = (node: SchemaNode, depth: number): readonly Field[] => {
    const required = new Set(node.required);
    return listNames(node).map((name) => {
      const property = resolve(node.properties?.[name]);
      const { type, nullable } = readVariant(property, { name, depth });
      return {
        name,
        type,
        required: required.has(name),
        nullable,
        ...toStandard(property.default),
        ...toDescription(property.description),
      };
    });
  };
  const readVariant = (node: SchemaNode, named: Named): Variant => {
    const parts = node.anyOf ?? node.oneOf;
    if (parts === undefined || named.depth > DEEPEST) return readSingle(node, named);
    const variants = parts.map((part) => {
      const whole = { ...shareWithParts(node), ...resolve(part) };
      return readVariant(whole, { ...named, depth: named.depth + 1 });
    });
    return foldVariants(variants, node.nullable === true);
  };
  const readSingle = (node: SchemaNode, named: Named): Variant => {
    const isNull = node.type === 'null';
    const nullable = isNull || node.nullable === true || (node.enum ?? []).includes(null);
    if (isNull) return { type: undefined, nullable };
    if (Array.isArray(node.type)) {
      const variants = node.type.map((type) => readSingle({ ...node, type }, named));
      return foldVariants(variants, nullable);
    }
    return { type: readType(node, named), nullable };
  };
  const readType = (node: SchemaNode, { name, depth }: Named): FieldType => {
    const values = readChoices(node);
    if (values) return { kind: 'choice', values };
    if (node.type === 'array' && depth <= DEEPEST) return readList(node, { name, depth });
    const isObject = node.properties !== undefined && Object.keys(node.properties).length > 0;
    if (isObject && depth <= DEEPEST) return { kind: 'object', fields: fields(node, depth + 1) };
    return readPlain(node, name);
  };
  const readList = (node: SchemaNode, { name, depth }: Named): FieldType => {
    const items = node.prefixItems ?? [node.items];
    const variants = items.map((item) =>
      readVariant(resolve(item ?? {}), { name, depth: depth + 1 }),
    );
    const of = foldVariants(variants, false).type ?? { kind: 'anything' };
    return { kind: 'list', of, ...pick(node, ['minItems', 'maxItems']) };
  };
  return fields;
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
    default:
      return { kind: 'anything' };
  }
}

function readChoices(node: SchemaNode): readonly (string | number)[] | undefined {
  const given = node.enum ?? (node.const === undefined ? [] : [node.const]);
  const values = given.filter((value) => value !== null);
  const isLegal = (value: unknown): value is string | number =>
    typeof value === 'string' || typeof value === 'number';
  return values.length > 0 && values.every(isLegal) ? [...new Set(values)] : undefined;
}

function readBounds(node: SchemaNode): NumberBounds {
  const { exclusiveMinimum, exclusiveMaximum } = node;
  const low = node.minimum ?? node.ge ?? node.min;
  const high = node.maximum ?? node.le ?? node.max;
  const above = exclusiveMinimum === true ? low : exclusiveMinimum;
  const below = exclusiveMaximum === true ? high : exclusiveMaximum;
  return {
    ...(low !== undefined && exclusiveMinimum !== true && { min: low }),
    ...(high !== undefined && exclusiveMaximum !== true && { max: high }),
    ...(typeof above === 'number' && { above }),
    ...(typeof below === 'number' && { below }),
    ...(node.multipleOf !== undefined && { multipleOf: node.multipleOf }),
  };
}

/** Bounds and choices beside `anyOf` hold for its parts. */
function shareWithParts(node: SchemaNode): SchemaNode {
  const { anyOf: _, oneOf: __, default: ___, nullable: ____, ...shared } = node;
  return shared;
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

/** A default of null says that there is none. */
function toStandard(value: unknown): Pick<Field, 'standard'> {
  return value === undefined || value === null ? {} : { standard: value };
}

function toDescription(text: string | undefined): Pick<Field, 'description'> {
  const description = foldText(text ?? '');
  return description === '' ? {} : { description };
}

/** One line, cut at a word where it is too long for a form. */
export function foldText(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  if (line.length <= LONGEST_DESCRIPTION) return line;
  const cut = line.slice(0, LONGEST_DESCRIPTION);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_DESCRIPTION / 2))}…`;
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
