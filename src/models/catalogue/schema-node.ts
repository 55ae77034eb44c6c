/** One node of a JSON schema, read leniently: what is of an unexpected shape counts as absent. */
import { z } from 'zod';
import { lenient } from '../../lenient.ts';

const list = lenient(z.array(z.unknown()));
const map = lenient(z.record(z.string(), z.unknown()));
const count = lenient(z.int().nonnegative());
const number = lenient(z.number());

const nodeSchema = z.object({
  $ref: lenient(z.string()),
  type: lenient(z.union([z.string(), z.array(z.string())])),
  description: lenient(z.string()),
  default: z.unknown().optional(),
  nullable: lenient(z.boolean()),
  format: lenient(z.string()),
  enum: list,
  const: lenient(z.union([z.string(), z.number(), z.boolean()])),
  minLength: count,
  maxLength: count,
  minimum: number,
  maximum: number,
  // A flag in OpenAPI 3.0 proper, a number in JSON schema and in fal's documents.
  exclusiveMinimum: lenient(z.union([z.number(), z.boolean()])),
  exclusiveMaximum: lenient(z.union([z.number(), z.boolean()])),
  multipleOf: lenient(z.number().positive()),
  // fal's own spellings of minimum and maximum, on a few fields.
  min: number,
  max: number,
  ge: number,
  le: number,
  items: z.unknown().optional(),
  prefixItems: list,
  minItems: count,
  maxItems: count,
  properties: map,
  required: list,
  anyOf: list,
  oneOf: list,
  allOf: list,
  'x-fal-order-properties': list,
  // What fal's own forms show for a field: `image`, `audio`, `video`, `archive`, …
  _fal_ui_field: lenient(z.string()),
  ui: lenient(z.object({ field: lenient(z.string()) })),
});
export type SchemaNode = z.infer<typeof nodeSchema>;

/** References may be circular, and a document may be made to grow without end. */
const MOST_STEPS = 16;
/** fal's largest endpoint has some 600 nodes. */
const MOST_NODES = 50_000;

/** Follows references and folds `allOf` in, so that what is left stands for itself. */
export type Resolve = (schema: unknown) => SchemaNode;

/** Made for one endpoint: past its share of nodes, everything is an empty schema. */
export function createResolve(definitions: Readonly<Record<string, unknown>>): Resolve {
  let nodesLeft = MOST_NODES;
  const resolve = (schema: unknown, steps: number): SchemaNode => {
    nodesLeft -= 1;
    if (nodesLeft < 0 || steps > MOST_STEPS) return {};
    const node = readNode(schema);
    const name = node.$ref?.split('/').at(-1);
    const target = name !== undefined && Object.hasOwn(definitions, name) && definitions[name];
    const parts = [...(target ? [target] : []), ...(node.allOf ?? [])];
    if (parts.length === 0) return node;
    return parts
      .slice(0, MOST_STEPS)
      .map((part) => resolve(part, steps + 1))
      .reduceRight((whole, part) => overlay(part, whole), without(node, ['$ref', 'allOf']));
  };
  return (schema) => resolve(schema, 0);
}

/** Endpoints share most of their definitions. */
const known = new WeakMap<object, SchemaNode>();

function readNode(schema: unknown): SchemaNode {
  if (typeof schema !== 'object' || schema === null) return {};
  const node = known.get(schema) ?? nodeSchema.safeParse(schema).data ?? {};
  known.set(schema, node);
  return node;
}

/** What stands beside a reference, such as a description or a default, is said of this use of it. */
function overlay(base: SchemaNode, over: SchemaNode): SchemaNode {
  const said = Object.entries(over).filter(([, value]) => value !== undefined);
  return {
    ...base,
    ...Object.fromEntries(said),
    ...join('properties', { ...base.properties, ...over.properties }),
    ...join('required', [...(base.required ?? []), ...(over.required ?? [])]),
  };
}

function join<Name extends 'properties' | 'required'>(
  name: Name,
  value: NonNullable<SchemaNode[Name]>,
): Partial<SchemaNode> {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}

export function without(node: SchemaNode, names: readonly (keyof SchemaNode)[]): SchemaNode {
  const rest = { ...node };
  for (const name of names) delete rest[name];
  return rest;
}
