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

function findIn(
  schema: JsonSchema,
  value: unknown,
  where: { components: Components; path: string },
): readonly string[] {
  const branches = toBranches(schema, where.components);
  if (typeof value !== 'object' || value === null) return [];
  const lists = branches.map((branch) =>
    Array.isArray(value) ? findInItems(branch, value, where) : findInFields(branch, value, where),
  );
  // Of several ways to read it, the one that knows most of it.
  return lists.toSorted((one, other) => one.length - other.length)[0] ?? [];
}

function findInItems(
  { items }: JsonSchema,
  values: readonly unknown[],
  { components, path }: { components: Components; path: string },
): readonly string[] {
  if (!items) return [];
  return values.flatMap((value, index) =>
    findIn(items, value, { components, path: `${path}${index}.` }),
  );
}

function findInFields(
  { properties }: JsonSchema,
  value: object,
  { components, path }: { components: Components; path: string },
): readonly string[] {
  if (!properties) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return known
      ? findIn(known, inner, { components, path: `${path}${name}.` })
      : [`${path}${name}`];
  });
}
