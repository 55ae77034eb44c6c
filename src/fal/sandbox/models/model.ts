/** What a toy model is: an endpoint's own schema, and something honest to give back. */
import type { z } from 'zod';
import { ModelRefusal } from '../refusal.ts';
import type { Studio } from '../studio.ts';
import { toFindings } from '../validation.ts';
import type { Schemas } from './json-schema.ts';
import { toSchemas } from './zod-schemas.ts';

export interface Price {
  /** What is counted, such as `images`. */
  readonly unit: string;
  /** In US dollars. */
  readonly unitPrice: number;
}

export type Output = Readonly<Record<string, unknown>>;

/** What the model API tells about an endpoint. */
export interface About {
  readonly endpoint: string;
  readonly title: string;
  readonly category: string;
  readonly price: Price;
}

export interface SandboxModel extends About {
  schemas(): Schemas;
  /** Throws `ModelRefusal` for input that fal would refuse. */
  run(input: unknown, studio: Studio): Promise<Output>;
}

interface ModelDefinition<Input extends z.ZodType> extends About {
  readonly input: Input;
  /** Every field that the documents name. */
  readonly output: z.ZodType;
  run(input: z.output<Input>, studio: Studio): Promise<Output>;
}

export function defineModel<Input extends z.ZodType>(
  definition: ModelDefinition<Input>,
): SandboxModel {
  const { endpoint, title, category, price, input, output } = definition;
  let schemas: Schemas | undefined;
  return {
    endpoint,
    title,
    category,
    price,
    schemas: () => (schemas ??= toSchemas(input, output)),
    run: (given, studio) => definition.run(check(input, given), studio),
  };
}

/** Throws `ModelRefusal` with one finding for each mistake. */
export function check<Input extends z.ZodType>(schema: Input, given: unknown): z.output<Input> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ModelRefusal(422, toFindings(parsed.error.issues, given));
}
