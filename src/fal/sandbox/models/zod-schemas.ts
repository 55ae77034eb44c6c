/** A hand-made model's zod schemas as the JSON Schema of fal's documents. */
import { z } from 'zod';
import { jsonSchema, type Schemas } from './json-schema.ts';

export function toSchemas(input: z.ZodType, output: z.ZodType): Schemas {
  const [given, made] = [toJson(input, 'input'), toJson(output, 'output')];
  return {
    input: given.schema,
    output: made.schema,
    components: { ...given.components, ...made.components },
  };
}

const document = z.looseObject({ $defs: z.record(z.string(), jsonSchema).optional() });

function toJson(schema: z.ZodType, io: 'input' | 'output') {
  const written = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  // zod keeps named schemas beside the first one; OpenAPI keeps them among its components.
  const text = JSON.stringify(written).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs = {}, $schema: _, ...rest } = document.parse(asFalWrites(JSON.parse(text)));
  return { schema: jsonSchema.parse(rest), components: $defs };
}

/** fal knows no largest integer, closes no object, and writes null as a branch of its own. */
function asFalWrites(part: unknown): unknown {
  if (Array.isArray(part)) return part.map((item: unknown) => asFalWrites(item));
  if (typeof part !== 'object' || part === null) return part;
  const kept = Object.entries(part)
    .filter(([name, value]) => !isOwnToZod(name, value))
    .map(([name, value]) => [name, asFalWrites(value)] as const);
  const { type, default: standard, ...rest } = fields.parse(Object.fromEntries(kept));
  const names = Object.keys(rest.properties ?? {});
  const order = names.length > 0 ? { 'x-fal-order-properties': names } : {};
  const stated = standard === undefined ? {} : { default: standard };
  if (!Array.isArray(type)) {
    return { ...rest, ...(type === undefined ? {} : { type }), ...stated, ...order };
  }
  const branches = type
    .filter((one) => one !== 'null')
    .map((one: unknown) => ({ ...rest, type: one }));
  return { anyOf: [...branches, { type: 'null' }], ...stated };
}

const fields = z.looseObject({
  type: z.unknown().optional(),
  default: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

function isOwnToZod(name: string, value: unknown): boolean {
  return (
    (name === 'minimum' && value === -Number.MAX_SAFE_INTEGER) ||
    (name === 'maximum' && value === Number.MAX_SAFE_INTEGER) ||
    (name === 'additionalProperties' && value === false)
  );
}
