/** An endpoint as it lies in the store: checked, because a file on a disk can be anything. */
import { z } from 'zod';
import {
  ENDPOINT_KINDS,
  FILE_MEDIA,
  isEndpointId,
  OUTPUT_MEDIA,
  type Endpoint,
  type FieldType,
} from '../endpoint.ts';

const bound = z.exactOptional(z.number());
const numberType = <Kind extends 'integer' | 'number'>(kind: Kind) =>
  z.object({
    kind: z.literal(kind),
    min: bound,
    max: bound,
    above: bound,
    below: bound,
    multipleOf: bound,
  });

const fieldType: z.ZodType<FieldType> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), minLength: bound, maxLength: bound }),
    numberType('integer'),
    numberType('number'),
    z.object({ kind: z.literal('flag') }),
    z.object({ kind: z.literal('choice'), values: z.array(z.union([z.string(), z.number()])) }),
    z.object({ kind: z.literal('file'), media: z.enum(FILE_MEDIA) }),
    z.object({ kind: z.literal('list'), of: fieldType, minItems: bound, maxItems: bound }),
    z.object({ kind: z.literal('object'), fields: z.array(field) }),
    z.object({ kind: z.literal('either'), types: z.array(fieldType) }),
    z.object({ kind: z.literal('anything') }),
  ]),
);
const field = z.object({
  name: z.string(),
  type: fieldType,
  required: z.boolean(),
  nullable: z.boolean(),
  standard: z.exactOptional(z.unknown()),
  description: z.exactOptional(z.string()),
});

export const storedEndpoint: z.ZodType<Endpoint> = z.object({
  id: z.string().refine(isEndpointId),
  title: z.string(),
  kind: z.enum(ENDPOINT_KINDS),
  fields: z.array(field),
  outputs: z.array(
    z.object({
      name: z.string(),
      media: z.enum(OUTPUT_MEDIA),
    }),
  ),
  description: z.exactOptional(z.string()),
});
