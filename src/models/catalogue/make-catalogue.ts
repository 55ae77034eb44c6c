/**
 * `npm run catalogue`: makes `catalogue.json` anew from the type file of fal's client and fal's
 * published schemas, whose file may be named as the first argument and their day as the second.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Endpoint } from '../endpoint.ts';
import { createBorrowFacts } from './borrow-facts.ts';
import { findKind } from './find-kind.ts';
import { packCatalogue, type Sources } from './pack-catalogue.ts';
import { readFields } from './read-fields.ts';
import { readOutputs } from './read-outputs.ts';
import { readTypes } from './read-types.ts';
import { createResolve } from './schema-node.ts';
import { toTitle } from './to-title.ts';

const ROOT = new URL('../../../', import.meta.url);
const CLIENT = new URL('node_modules/@fal-ai/client/', ROOT);
const SCHEMAS = new URL('../shared/specs/fal-openapi.json', ROOT);
const SCHEMAS_DAY = '2026-06-11';
const CATALOGUE = new URL('catalogue.json', import.meta.url);

const schemasFile = z.record(
  z.string(),
  z.object({
    category: z.string(),
    name: z.string(),
    input: z.unknown(),
    output: z.unknown(),
    defs: z.record(z.string(), z.unknown()),
  }),
);
type Schemas = z.infer<typeof schemasFile>;

export interface MakingParts {
  /** Text of the client's `endpoints.d.ts`. */
  readonly types: string;
  /** Text of fal's schemas. */
  readonly schemas: string;
  readonly sources: Sources;
}

/**
 * What fal's schemas describe is taken from there alone. The type file is newer by its date, but not by
 * what it says: it keeps one type for all inputs of the same name, so that most of what it has beyond
 * the schema is another endpoint's or an older version's. Kokoro in six languages has the voices of
 * Hindi there, sync-lipsync/v2 the models of v1, flux/schnell the steps of flux/dev; it lacks fields
 * that the schemas have. Of its values beyond a schema's choices, no more than `webp` for one endpoint
 * and `9:21` for two may be real: offering the rest would buy refusals.
 */
export function makeCatalogue({ types, schemas, sources }: MakingParts): string {
  const published = schemasFile.parse(JSON.parse(schemas));
  const described = readSchemas(published);
  const titles = new Map([...described].map(([id, { title }]) => [id, title]));
  const borrowFacts = createBorrowFacts(described.values());
  const typed = readTyped(types, titles);
  const ids = new Set([...described.keys(), ...typed.keys()]);
  const endpoints = [...ids].flatMap((id) => {
    const [schema, type] = [described.get(id), typed.get(id)];
    if (!schema) return type ? borrowFacts(type) : [];
    return schema.outputs.length > 0 ? schema : { ...schema, outputs: type?.outputs ?? [] };
  });
  return packCatalogue(endpoints, sources);
}

function readSchemas(published: Schemas): ReadonlyMap<string, Endpoint> {
  const entries = Object.entries(published).map(([id, entry]) => {
    const resolve = createResolve(entry.defs);
    const fields = readFields(entry.input, resolve);
    const outputs = readOutputs(entry.output, resolve);
    const kind = findKind(entry.category, { id, fields, outputs });
    return [id, { id, title: entry.name.trim(), kind, fields, outputs }] as const;
  });
  return new Map(entries);
}

function readTyped(
  source: string,
  titles: ReadonlyMap<string, string>,
): ReadonlyMap<string, Endpoint> {
  const { endpoints, definitions } = readTypes(source);
  const entries = [...endpoints].map(([id, { input, output }]) => {
    const resolve = createResolve(definitions);
    const fields = readFields(input, resolve);
    const outputs = readOutputs(output, resolve);
    const kind = findKind(undefined, { id, fields, outputs });
    return [id, { id, title: toTitle(id, titles), kind, fields, outputs }] as const;
  });
  return new Map(entries);
}

/** What the script reads when nothing else is named; the test makes the catalogue from the same. */
export async function readSources(schemas: URL | string = SCHEMAS): Promise<MakingParts> {
  const client = z.object({ version: z.string() });
  const { version } = client.parse(
    JSON.parse(await readFile(new URL('package.json', CLIENT), 'utf8')),
  );
  return {
    types: await readFile(new URL('src/types/endpoints.d.ts', CLIENT), 'utf8'),
    schemas: await readSchemasFile(schemas),
    sources: { client: version, schemas: SCHEMAS_DAY },
  };
}

async function readSchemasFile(file: URL | string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const path = file instanceof URL ? fileURLToPath(file) : file;
    throw new Error(`fal’s schemas cannot be read at ${path}: name their file`, { cause });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file, day] = process.argv;
  const parts = await readSources(file);
  const sources = { ...parts.sources, ...(day && { schemas: day }) };
  const text = makeCatalogue({ ...parts, sources });
  await writeFile(CATALOGUE, text);
  console.log(`${fileURLToPath(CATALOGUE)}: ${Math.round(text.length / 1024)} KiB`);
}
