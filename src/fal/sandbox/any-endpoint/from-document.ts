/** An OpenAPI document, in the form in which fal publishes them, as a blueprint. */
import { z } from 'zod';
import { jsonSchema, type JsonSchema } from '../models/json-schema.ts';
import type { Blueprint, Media } from './create-toy.ts';
import { priceOf } from './prices.ts';

const content = z.object({ 'application/json': z.object({ schema: jsonSchema }) });
const submit = z.object({ requestBody: z.object({ content }) });
const result = z.object({ responses: z.object({ '200': z.object({ content }) }) });
const document = z.object({
  info: z.object({
    title: z.string().optional(),
    'x-fal-metadata': z.object({
      endpointId: z.string(),
      category: z.string().default('other'),
    }),
  }),
  components: z.object({ schemas: z.record(z.string(), jsonSchema).default({}) }),
  paths: z.record(
    z.string(),
    z.object({ post: z.unknown().optional(), get: z.unknown().optional() }),
  ),
});
type Paths = z.output<typeof document>['paths'];

/** Throws where the document names no endpoint or no input. */
export function readDocument(given: unknown): Blueprint {
  const { info, components, paths } = document.parse(given);
  const { endpointId: endpoint, category } = info['x-fal-metadata'];
  return {
    endpoint,
    title: (info.title ?? endpoint).replace(/^Queue OpenAPI for /u, ''),
    category,
    price: priceOf(category),
    schemas: {
      input: findInput(paths),
      output: findOutput(paths),
      components: components.schemas,
    },
    mediaOf: (name) => guessMedia(name, category),
  };
}

function findInput(paths: Paths): JsonSchema {
  const path = Object.values(paths).find(({ post }) => post !== undefined);
  return submit.parse(path?.post).requestBody.content['application/json'].schema;
}

/** The path of the result ends with the request's id; the other one is the status. */
function findOutput(paths: Paths): JsonSchema {
  const [, found] =
    Object.entries(paths).find(([path]) => /\/requests\/\{[^/]+\}(?:\/response)?$/u.test(path)) ??
    [];
  const parsed = result.safeParse(found?.get).data;
  return parsed?.responses['200'].content['application/json'].schema ?? {};
}

const BY_NAME: readonly (readonly [RegExp, Media])[] = [
  [/video|clip|film/u, 'video'],
  [/audio|speech|music|sound|voice/u, 'audio'],
  [/image|picture|mask|texture|thumbnail|frame/u, 'image'],
  [/glb|mesh|model|3d|fbx|obj$/u, '3d'],
  [/file|zip|lora|config|data/u, 'file'],
  [/text|output|caption|transcript|answer|description|prompt|id$/u, 'text'],
];
const BY_CATEGORY: readonly (readonly [RegExp, Media])[] = [
  [/video$/u, 'video'],
  [/image$/u, 'image'],
  [/(?:audio|speech)$/u, 'audio'],
  [/3d$/u, '3d'],
];

function guessMedia(name: string, category: string): Media | undefined {
  const byName = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  return byName ?? BY_CATEGORY.find(([pattern]) => pattern.test(category))?.[1];
}
