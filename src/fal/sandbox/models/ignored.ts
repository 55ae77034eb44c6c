import {
  resolve,
  toBranches,
  type Components,
  type JsonSchema,
  type Schemas,
} from './json-schema.ts';

/** Names in an input that no schema knows, as paths such as `loras.0.weight`: fal drops them silently. */
export function findIgnored({ input, components }: Schemas, value: unknown): readonly string[] {
  return findIn(resolve(input, components), value, { components, path: '' });
}

interface Where {
  readonly components: Components;
  /** Of the value, with a dot at its end. */
  readonly path: string;
}

function findIn(schema: JsonSchema, value: unknown, where: Where): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const lists = toBranches(schema, where.components).flatMap(({ items, properties }) => {
    if (Array.isArray(value)) return items ? [findInItems(items, value, where)] : [];
    return properties ? [findInFields(properties, value, where)] : [];
  });
  // Of several ways to read it, the one that knows most of it.
  return lists.toSorted((one, other) => one.length - other.length)[0] ?? [];
}

function findInItems(
  items: JsonSchema,
  values: readonly unknown[],
  { components, path }: Where,
): readonly string[] {
  return values.flatMap((value, index) =>
    findIn(items, value, { components, path: `${path}${index}.` }),
  );
}

function findInFields(
  properties: Components,
  value: object,
  { components, path }: Where,
): readonly string[] {
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return known
      ? findIn(known, inner, { components, path: `${path}${name}.` })
      : [`${path}${name}`];
  });
}
