/** One endpoint from its OpenAPI document, as fal's model API gives it or as a file of the operator's. */
import { z } from 'zod';
import { UserError } from '../../errors.ts';
import { lenient } from '../../lenient.ts';
import { isEndpointId, type Endpoint } from '../endpoint.ts';
import { findKind } from './find-kind.ts';
import { foldText } from './fold-text.ts';
import { readFields } from './read-fields.ts';
import { readOutputs } from './read-outputs.ts';
import { createResolve } from './schema-node.ts';
import { toTitle } from './to-title.ts';

const content = lenient(
  z.object({ 'application/json': z.object({ schema: z.unknown().optional() }) }),
);
const operation = lenient(
  z.object({
    requestBody: lenient(z.object({ content })),
    responses: lenient(z.record(z.string(), lenient(z.object({ content })))),
  }),
);
const documentSchema = z.object({
  info: lenient(
    z.object({
      title: lenient(z.string()),
      description: lenient(z.string()),
      'x-fal-metadata': lenient(
        z.object({ endpointId: lenient(z.string()), category: lenient(z.string()) }),
      ),
    }),
  ),
  paths: lenient(z.record(z.string(), lenient(z.object({ post: operation, get: operation })))),
  components: lenient(z.object({ schemas: lenient(z.record(z.string(), z.unknown())) })),
});
type Document = z.infer<typeof documentSchema>;

/** What fal writes where nobody wrote anything. */
const EMPTY_WORDS = /^(?:queue openapi for|the openapi schema for)\b/iu;
const LONGEST_TITLE = 100;

/** Throws `UserError` that names what is missing; anything else unexpected counts as absent. */
export function readOpenApi(document: unknown): Endpoint {
  const parsed = documentSchema.safeParse(document).data;
  if (parsed === undefined) throw new UserError('It is no OpenAPI document: no JSON object.');
  const id = readId(parsed);
  const resolve = createResolve(parsed.components?.schemas ?? {});
  const fields = readFields(readInput(parsed, id), resolve);
  if (fields.length === 0) throw new UserError(`${id}: its input schema has no properties.`);
  const outputs = readOutputs(readOutput(parsed), resolve);
  const kind = findKind(parsed.info?.['x-fal-metadata']?.category, { id, fields, outputs });
  return { id, kind, fields, outputs, ...readWords(parsed, id) };
}

function readWords({ info }: Document, id: string): Pick<Endpoint, 'title' | 'description'> {
  const title = say(info?.title).slice(0, LONGEST_TITLE);
  const description = say(info?.description);
  return {
    title: title === '' ? toTitle(id, new Map()) : title,
    ...(description !== '' && { description }),
  };
}

function readId({ info, paths = {} }: Document): string {
  const named = info?.['x-fal-metadata']?.endpointId;
  const posted = Object.keys(paths).find((path) => paths[path]?.post);
  const id = named ?? posted?.slice(1);
  if (id === undefined) {
    throw new UserError(
      'It names no endpoint: info["x-fal-metadata"].endpointId is missing, and no path has a POST.',
    );
  }
  if (isEndpointId(id)) return id;
  throw new UserError(
    `“${id.slice(0, LONGEST_TITLE)}” is no endpoint of fal’s: owner/name is meant.`,
  );
}

function readInput({ paths = {} }: Document, id: string): unknown {
  const own = paths[`/${id}`];
  for (const path of [own, ...Object.values(paths)]) {
    const schema = path?.post?.requestBody?.content?.['application/json'].schema;
    if (schema !== undefined) return schema;
  }
  throw new UserError(`${id}: no POST of its paths has a JSON request body with a schema.`);
}

/** The queue's way is a GET by request id; a plain one answers to the POST itself. */
function readOutput({ paths = {} }: Document): unknown {
  const result = Object.entries(paths).find(([path]) => RESULT.test(path));
  const operations = [result?.[1]?.get, ...Object.values(paths).map((path) => path?.post)];
  return operations
    .map(readAnswer)
    .find((schema) => schema !== undefined && !isQueueStatus(schema));
}

function readAnswer(asked: z.infer<typeof operation>): unknown {
  return asked?.responses?.['200']?.content?.['application/json'].schema;
}

/** What the queue itself answers to a POST. */
function isQueueStatus(schema: unknown): boolean {
  const reference = z.object({ $ref: z.string() }).safeParse(schema).data?.$ref;
  return reference?.endsWith('/QueueStatus') ?? false;
}

/** `…/requests/{request_id}`, not its `/status`. */
const RESULT = /\/requests\/\{[^}]*\}(?:\/response)?$/u;

function say(text = ''): string {
  return EMPTY_WORDS.test(text.trim()) ? '' : foldText(text);
}
