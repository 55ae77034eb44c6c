/** Every endpoint of fal's, from the committed file that `npm run catalogue` makes. */
import { readFile } from 'node:fs/promises';
import type { Endpoint, EndpointKind } from '../endpoint.ts';
import { FORMAT, type PackedCatalogue } from './packed.ts';
import { createUnpack } from './unpack.ts';

/** What a list or a search needs of an endpoint. */
export interface EndpointSummary {
  readonly id: string;
  readonly title: string;
  readonly kind: EndpointKind;
}

export interface Catalogue {
  /** Sorted. */
  readonly ids: readonly string[];
  /** All that is known; unpacked when it is first asked for. */
  find(id: string): Endpoint | undefined;
  /** Costs nothing. */
  summary(id: string): EndpointSummary | undefined;
}

export async function readCatalogue(
  file: URL = new URL('catalogue.json', import.meta.url),
): Promise<Catalogue> {
  const packed = parseCatalogue(await readFile(file, 'utf8'));
  const unpack = createUnpack(packed);
  const known = new Map<string, Endpoint>();
  const entryOf = (id: string) =>
    Object.hasOwn(packed.endpoints, id) ? packed.endpoints[id] : undefined;
  return {
    ids: Object.keys(packed.endpoints),
    find(id) {
      const entry = entryOf(id);
      const endpoint = known.get(id) ?? (entry && unpack(id, entry));
      if (endpoint) known.set(id, endpoint);
      return endpoint;
    },
    summary(id) {
      const entry = entryOf(id);
      return entry && { id, title: entry[0], kind: entry[1] };
    },
  };
}

function parseCatalogue(text: string): PackedCatalogue {
  const parsed = parse(text);
  if (isCatalogue(parsed)) return parsed;
  throw new Error(
    'The catalogue of models (src/models/catalogue/catalogue.json) is damaged or of another version of Easel: restore the file, or make it again with `npm run catalogue`.',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The file is Easel's own and tested as a whole: here, only that it is the right one. */
function isCatalogue(value: unknown): value is PackedCatalogue {
  if (!isTable(value) || value['format'] !== FORMAT) return false;
  return ['types', 'fields', 'endpoints'].every((name) => isTable(value[name]));
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
