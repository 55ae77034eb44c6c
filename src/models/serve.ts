/** An endpoint's facts with what its family knows better. */
import type { Endpoint, Field, FieldType } from './endpoint.ts';
import type { FamilyEndpoint, FieldFacts } from './families/family.ts';
import type { ServedEndpoint } from './request/served-endpoint.ts';

export function serve(endpoint: Endpoint, overlay: FamilyEndpoint | undefined): ServedEndpoint {
  const { fields = {}, means = {}, always = {}, apart = [] } = overlay ?? {};
  const known = endpoint.fields.map((field) => {
    const better = toBetter(field, fields[field.name] ?? {});
    return { ...better, type: toBetterType(better, fields) };
  });
  const names = new Set(endpoint.fields.map(({ name }) => name));
  const added = Object.entries(fields)
    .filter(([name, { type }]) => !names.has(name) && !name.includes('.') && type !== undefined)
    .map(([name, facts]) => toBetter(toUnknown(name), facts));
  return { endpoint: { ...endpoint, fields: [...known, ...added] }, means, always, apart };
}

/** Facts about the inside of an object go by both names, with a dot between. */
function toBetterType(
  { name, type }: Field,
  facts: NonNullable<FamilyEndpoint['fields']>,
): FieldType {
  if (type.kind !== 'object') return type;
  const fields = type.fields.map((inner) => toBetter(inner, facts[`${name}.${inner.name}`] ?? {}));
  return { ...type, fields };
}

function toBetter(field: Field, facts: FieldFacts): Field {
  return { ...field, ...facts };
}

function toUnknown(name: string): Field {
  return { name, type: { kind: 'anything' }, required: false, nullable: false };
}
