/** A schema of fal's as a check with fal's findings: zod's own reader knows no `#/components`. */
import { z } from 'zod';
import { anyInteger } from '../models/inputs.ts';
import { toName, type Components, type JsonSchema } from '../models/json-schema.ts';

export function toZod(schema: JsonSchema, components: Components): z.ZodType {
  /** A schema may hold itself. */
  const known = new Map<string, z.ZodType>();

  function convert(part: JsonSchema): z.ZodType {
    const bare = part.$ref === undefined ? convertBare(part, convert) : follow(part.$ref);
    const whole = part.nullable === true ? bare.nullable() : bare;
    return part.default === undefined ? whole : whole.default(part.default);
  }

  function follow(reference: string): z.ZodType {
    const name = toName(reference);
    const found = known.get(name) ?? z.lazy(() => convert(components[name] ?? {}));
    known.set(name, found);
    return found;
  }

  return convert(schema);
}

type Convert = (schema: JsonSchema) => z.ZodType;

function convertBare(schema: JsonSchema, convert: Convert): z.ZodType {
  const [first, ...others] = (schema.allOf ?? []).map(convert);
  if (first) return others.reduce((whole, part) => whole.and(part), first);
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts) return toUnion(parts.map(convert));
  if (schema.const !== undefined) return toChoice([schema.const]);
  if (schema.enum) return toChoice(schema.enum);
  return convertByType(schema, convert);
}

function toUnion(parts: readonly z.ZodType[]): z.ZodType {
  const [only, ...others] = parts;
  return others.length === 0 ? (only ?? z.unknown()) : z.union(parts);
}

function toChoice(values: readonly unknown[]): z.ZodType {
  const legal = values.filter(
    (value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  );
  return values.includes(null) ? z.literal(legal).nullable() : z.literal(legal);
}

function convertByType(schema: JsonSchema, convert: Convert): z.ZodType {
  switch (schema.type) {
    case 'string':
      return toText(schema);
    case 'integer':
      return limit(anyInteger(), schema);
    case 'number':
      return limit(z.number(), schema);
    case 'boolean':
      return z.boolean();
    case 'null':
      return z.null();
    case 'array':
      return toList(schema, convert);
    case 'object':
      return toObject(schema, convert);
    case undefined:
    default:
      return schema.properties ? toObject(schema, convert) : z.unknown();
  }
}

function toText({ minLength = 0, maxLength = Infinity, pattern }: JsonSchema): z.ZodType {
  const text = z.string().min(minLength).max(maxLength);
  return pattern === undefined ? text : text.regex(new RegExp(pattern, 'u'));
}

function limit(number: z.ZodNumber, schema: JsonSchema): z.ZodType {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  let limited = number;
  if (minimum !== undefined) {
    limited = exclusiveMinimum === true ? limited.gt(minimum) : limited.min(minimum);
  }
  if (maximum !== undefined) {
    limited = exclusiveMaximum === true ? limited.lt(maximum) : limited.max(maximum);
  }
  if (typeof exclusiveMinimum === 'number') limited = limited.gt(exclusiveMinimum);
  if (typeof exclusiveMaximum === 'number') limited = limited.lt(exclusiveMaximum);
  return multipleOf === undefined ? limited : limited.multipleOf(multipleOf);
}

function toList({ items, minItems = 0, maxItems }: JsonSchema, convert: Convert): z.ZodType {
  const list = z.array(items ? convert(items) : z.unknown()).min(minItems);
  return maxItems === undefined ? list : list.max(maxItems);
}

/** fal drops fields that it does not know, and so does this. */
function toObject({ properties = {}, required = [] }: JsonSchema, convert: Convert): z.ZodType {
  const shape = Object.entries(properties).map(([name, property]) => {
    const type = convert(property);
    return [name, required.includes(name) ? type : type.optional()] as const;
  });
  return shape.length === 0
    ? z.record(z.string(), z.unknown())
    : z.object(Object.fromEntries(shape));
}
