/** An endpoint's facts with what its family knows better. */
import type { Endpoint, Field } from './endpoint.ts';
import type { FamilyEndpoint, FieldFacts } from './families/family.ts';
import type { ServedEndpoint } from './request/served-endpoint.ts';

export function serve(endpoint: Endpoint, overlay: FamilyEndpoint | undefined): ServedEndpoint {
  const { fields = {}, means = {}, always = {}, apart = [] } = overlay ?? {};
  const known = endpoint.fields.map((field) => toBetter(field, fields[field.name] ?? {}));
  const names = new Set(endpoint.fields.map(({ name }) => name));
  const added = Object.entries(fields)
    .filter(([name, { type }]) => !names.has(name) && type !== undefined)
    .map(([name, facts]) => toBetter(toUnknown(name), facts));
  return { endpoint: { ...endpoint, fields: [...known, ...added] }, means, always, apart };
}

function toBetter(field: Field, facts: FieldFacts): Field {
  return { ...field, ...facts };
}

function toUnknown(name: string): Field {
  return { name, type: { kind: 'anything' }, required: false, nullable: false };
}
