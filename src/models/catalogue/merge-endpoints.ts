/** What two descriptions of one endpoint say together. */
import type { Endpoint, Field, FieldType } from '../endpoint.ts';

/** fal's schemas know ranges, defaults and order; the type file is newer. */
export function mergeEndpoints(schema: Endpoint, typed: Endpoint): Endpoint {
  return {
    ...schema,
    fields: mergeFields(schema.fields, typed.fields),
    outputs: schema.outputs.length > 0 ? schema.outputs : typed.outputs,
  };
}

function mergeFields(fields: readonly Field[], typed: readonly Field[]): readonly Field[] {
  const byName = new Map(typed.map((field) => [field.name, field]));
  const known = new Set(fields.map((field) => field.name));
  return [
    ...fields.map((field) => {
      const other = byName.get(field.name);
      return other ? { ...field, type: mergeTypes(field.type, other.type) } : field;
    }),
    ...typed.filter((field) => !known.has(field.name)),
  ];
}

function mergeTypes(type: FieldType, typed: FieldType): FieldType {
  if (type.kind === 'list' && typed.kind === 'list') {
    return { ...type, of: mergeTypes(type.of, typed.of) };
  }
  if (type.kind === 'object' && typed.kind === 'object') {
    return { ...type, fields: mergeFields(type.fields, typed.fields) };
  }
  if (type.kind === 'either' && typed.kind === 'either') {
    return { ...type, types: type.types.map((one) => mergeAmong(one, typed.types)) };
  }
  if (type.kind === 'choice' && typed.kind === 'choice') {
    return { ...type, values: [...new Set([...type.values, ...typed.values])] };
  }
  return type.kind === 'text' && typed.kind === 'file' ? typed : type;
}

function mergeAmong(type: FieldType, typed: readonly FieldType[]): FieldType {
  const alike = typed.filter(({ kind }) => kind === type.kind);
  return alike[0] && alike.length === 1 ? mergeTypes(type, alike[0]) : type;
}
