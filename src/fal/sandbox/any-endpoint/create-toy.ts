/** A toy for an endpoint that nobody has built by hand, from what its schemas say. */
import type { OutputField } from '../../../models/endpoint.ts';
import type { Schemas } from '../models/json-schema.ts';
import { check, type About, type SandboxModel } from '../models/model.ts';
import { makeOutput } from './make-output.ts';
import { readFiles } from './read-files.ts';
import { readWish } from './read-wish.ts';
import { toZod } from './to-zod.ts';

export type Media = OutputField['media'];

export interface Blueprint extends About {
  readonly schemas: Schemas;
  /** What a file in the answer is, by the name of its field. */
  mediaOf(name: string): Media | undefined;
}

export function createToy(blueprint: Blueprint): SandboxModel {
  const { endpoint, title, category, price, schemas } = blueprint;
  return {
    endpoint,
    title,
    category,
    price,
    schemas: () => schemas,
    async run(given, studio) {
      const input = check(toZod(schemas.input, schemas.components), given);
      const files = await readFiles(given, studio);
      return makeOutput(blueprint, readWish(input, files, { studio, title }), studio);
    },
  };
}
