/** The catalogue's fields as the JSON Schema of fal's documents. */
import type { Field, FieldType } from '../../../models/endpoint.ts';
import type { Components, JsonSchema } from '../models/json-schema.ts';

export function toInputSchema(fields: readonly Field[]): {
  schema: JsonSchema;
  components: Components;
} {
  const components: Record<string, JsonSchema> = {};
  return { schema: toObject(fields, components), components };
}

/** Filled while objects are met: they are named, as in fal's own documents. */
type Named = Record<string, JsonSchema>;

function toObject(fields: readonly Field[], named: Named): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, toProperty(field, named)])),
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    'x-fal-order-properties': fields.map(({ name }) => name),
  };
}

function toProperty(field: Field, named: Named): JsonSchema {
  const { name, type, nullable, standard, description } = field;
  const schema = toSchema(type, name, named);
  return {
    ...(nullable ? { anyOf: [...(schema.anyOf ?? [schema]), { type: 'null' }] } : schema),
    ...(standard === undefined ? {} : { default: standard }),
    ...(description === undefined ? {} : { description }),
  };
}

function toSchema(type: FieldType, name: string, named: Named): JsonSchema {
  switch (type.kind) {
    case 'text': {
      const { kind: _, ...limits } = type;
      return { type: 'string', ...limits };
    }
    case 'file':
      return { type: 'string' };
    case 'flag':
      return { type: 'boolean' };
    case 'integer':
    case 'number':
      return toNumber(type);
    case 'choice':
      return { type: typeof type.values[0] === 'number' ? 'number' : 'string', enum: type.values };
    case 'list': {
      const { kind: _, of, ...limits } = type;
      return { type: 'array', items: toSchema(of, name, named), ...limits };
    }
    case 'either':
      return { anyOf: type.types.map((one) => toSchema(one, name, named)) };
    case 'object':
      return type.fields.length === 0
        ? { type: 'object' }
        : addName(toPascal(name), toObject(type.fields, named), named);
    case 'anything':
      return {};
  }
}

function toNumber(type: Extract<FieldType, { kind: 'integer' | 'number' }>): JsonSchema {
  const { kind, min, max, above, below, multipleOf } = type;
  const limits = {
    minimum: min,
    maximum: max,
    exclusiveMinimum: above,
    exclusiveMaximum: below,
    multipleOf,
  };
  const known = Object.entries(limits).filter(([, limit]) => limit !== undefined);
  return { type: kind, ...Object.fromEntries(known) };
}

/** A second object of the same name gets a number. */
function addName(name: string, schema: JsonSchema, named: Named): JsonSchema {
  const text = JSON.stringify(schema);
  const isTaken = (free: string) => free in named && JSON.stringify(named[free]) !== text;
  let free = name;
  for (let number = 2; isTaken(free); number += 1) free = `${name}${number}`;
  named[free] = schema;
  return { $ref: `#/components/schemas/${free}` };
}

export function toPascal(name: string): string {
  return name
    .split(/[^a-z\d]+/iu)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
