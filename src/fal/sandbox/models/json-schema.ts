/** The part of JSON Schema that fal's OpenAPI documents use, and the way around in it. */
import { z } from 'zod';

export interface JsonSchema {
  /** Such as `#/components/schemas/ImageSize`. */
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly default?: unknown;
  readonly nullable?: boolean | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  /** A number in fal's documents; OpenAPI 3.0 itself has a boolean. */
  readonly exclusiveMinimum?: number | boolean | undefined;
  readonly exclusiveMaximum?: number | boolean | undefined;
  readonly multipleOf?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: string | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly items?: JsonSchema | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly allOf?: readonly JsonSchema[] | undefined;
  readonly 'x-fal-order-properties'?: readonly string[] | undefined;
}

const limit = z.union([z.number(), z.boolean()]).optional();

/** Unknown keywords are kept. */
export const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.string().optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    nullable: z.boolean().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: limit,
    exclusiveMaximum: limit,
    multipleOf: z.number().positive().optional(),
    minLength: z.int().optional(),
    maxLength: z.int().optional(),
    pattern: z.string().optional(),
    minItems: z.int().optional(),
    maxItems: z.int().optional(),
    // Elsewhere it may be a boolean, which says nothing that a toy could use.
    items: z.preprocess((items) => (typeof items === 'boolean' ? undefined : items), part),
    properties: z.record(z.string(), jsonSchema).optional(),
    required: z.array(z.string()).optional(),
    anyOf: z.array(jsonSchema).optional(),
    oneOf: z.array(jsonSchema).optional(),
    allOf: z.array(jsonSchema).optional(),
    'x-fal-order-properties': z.array(z.string()).optional(),
  }),
);
const part = z.lazy(() => jsonSchema.optional());

export type Components = Readonly<Record<string, JsonSchema>>;

/** What an endpoint takes and gives. */
export interface Schemas {
  readonly input: JsonSchema;
  readonly output: JsonSchema;
  readonly components: Components;
}

/** Follows references, and an `allOf` of one. An unknown name is what the schema leaves open. */
export function resolve(schema: JsonSchema, components: Components): JsonSchema {
  const next =
    schema.$ref === undefined
      ? findOnly(schema.allOf ?? [])
      : (components[toName(schema.$ref)] ?? {});
  return next ? resolve(next, components) : schema;
}

export function toName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

function findOnly(schemas: readonly JsonSchema[]): JsonSchema | undefined {
  return schemas.length === 1 ? schemas[0] : undefined;
}

/** The ways in which a value may be given, without null. */
export function toBranches(schema: JsonSchema, components: Components): readonly JsonSchema[] {
  const whole = resolve(schema, components);
  const parts = whole.anyOf ?? whole.oneOf;
  if (!parts) return whole.type === 'null' ? [] : [whole];
  return parts.flatMap((part) => toBranches(part, components));
}
