/** Every model that people here may use, found by name, by id or by words. */
import { UserError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { createAdapter } from './adapter.ts';
import type { Allowed } from './allowed.ts';
import type { Catalogue, EndpointSummary } from './catalogue/catalogue.ts';
import { ENDPOINT_KINDS, isEndpointId, type Endpoint } from './endpoint.ts';
import type { ModelFamily } from './families/family.ts';
import type { ModelAdapter, Models, ModelSummary, Price } from './model.ts';
import { findSiblings } from './siblings.ts';
import { serve } from './serve.ts';
import type { ServedEndpoint } from './request/served-endpoint.ts';

/** What is learned at run time: from fal's model API, dropped files and past jobs. */
export interface ModelNews {
  /** Whole endpoints, newer than the catalogue's. */
  endpoint(id: string): Endpoint | undefined;
  endpointIds(): readonly string[];
  /** fal's own sentence about an endpoint. */
  description(id: string): string | undefined;
  price(id: string): Price | undefined;
  typicalSeconds(id: string): number | undefined;
  /** Changes whenever any of the above may. */
  revision(): number;
}

export interface ModelsParts {
  readonly catalogue: Catalogue;
  readonly families: readonly ModelFamily[];
  readonly allowed: Allowed;
  readonly news: ModelNews;
}

export function createModels(parts: ModelsParts): Models {
  const { news } = parts;
  let shelf = createShelf(parts);
  let revision = news.revision();
  /** What was learned in between replaces what was known. */
  const current = (): Shelf => {
    if (news.revision() !== revision) shelf = createShelf(parts);
    revision = news.revision();
    return shelf;
  };
  return {
    find: (name) => current().find(name) ?? refuse(name, current()),
    search: (words) => search(current(), words),
    priceOf: (id) => news.price(id),
    typicalSeconds: (id) => news.typicalSeconds(id),
  };
}

interface Entry extends ModelSummary {
  /** Everything that a search looks at, in lower case. */
  readonly words: string;
  /** Families first, then by what they make. */
  readonly rank: number;
}

interface Shelf {
  readonly entries: readonly Entry[];
  find(name: string): ModelAdapter | undefined;
}

function createShelf({ catalogue, families, allowed, news }: ModelsParts): Shelf {
  const known = new Map<string, ModelAdapter>();
  const endpoint = (id: string): Endpoint | undefined => news.endpoint(id) ?? catalogue.find(id);
  const own = families.filter((family) => allowed.family(family));
  const overlays = new Map(
    families.flatMap(({ endpoints }) => endpoints.map((one) => [one.id, one])),
  );
  const ids = [...new Set([...catalogue.ids, ...news.endpointIds()])].filter(
    (id) => isEndpointId(id) && allowed.endpoint(id),
  );

  function serveId(id: string): ServedEndpoint | undefined {
    const facts = endpoint(id);
    return facts && serve(facts, overlays.get(id));
  }
  function createFamily({ name, description, endpoints }: ModelFamily): ModelAdapter | undefined {
    const [first, ...others] = endpoints.flatMap(({ id }) =>
      allowed.endpoint(id) ? (serveId(id) ?? []) : [],
    );
    return (
      first && createAdapter({ name, description, served: [first, ...others], isGuess: false })
    );
  }
  function createSingle(id: string): ModelAdapter | undefined {
    const first = ids.includes(id) ? serveId(id) : undefined;
    if (!first) return undefined;
    const others = findSiblings(id, ids).flatMap((sibling) => serveId(sibling) ?? []);
    const description = news.description(id) ?? describe(first.endpoint);
    return createAdapter({ name: id, description, served: [first, ...others], isGuess: true });
  }
  return {
    entries: [...own.map(toFamilyEntry), ...ids.flatMap((id) => toEntry(id) ?? [])].toSorted(
      (a, b) => a.rank - b.rank,
    ),
    find(name) {
      const family = own.find((one) => one.name === name.toLowerCase());
      const found = known.get(name) ?? (family ? createFamily(family) : createSingle(name));
      if (found) known.set(name, found);
      return found;
    },
  };

  function toFamilyEntry({ name, description, endpoints }: ModelFamily): Entry {
    const kind = catalogue.summary(endpoints[0].id)?.kind ?? 'other';
    const words = [name, description, ...endpoints.map(({ id }) => id)].join(' ').toLowerCase();
    return { name, description, kind, words, rank: ENDPOINT_KINDS.indexOf(kind) };
  }
  function toEntry(id: string): Entry | undefined {
    // A family's endpoints are found under its name.
    if (overlays.has(id)) return undefined;
    const summary = news.endpoint(id) ?? catalogue.summary(id);
    if (!summary) return undefined;
    const description = news.description(id) ?? describe(summary);
    const words = `${id} ${description} ${summary.title} ${summary.kind}`.toLowerCase();
    const rank = ENDPOINT_KINDS.length + ENDPOINT_KINDS.indexOf(summary.kind);
    return { name: id, description, kind: summary.kind, words, rank };
  }
}

/** Every word must occur; a name that begins with the first one comes first. */
function search({ entries }: Shelf, text: string): readonly ModelSummary[] {
  const words = text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const [first = ''] = words;
  const score = ({ name, words: known }: Entry): number => {
    if (!words.every((word) => known.includes(word))) return -1;
    if (name === text.trim().toLowerCase()) return 3;
    if (name.startsWith(first) || name.includes(`/${first}`)) return 2;
    return name.includes(first) ? 1 : 0;
  };
  return entries
    .map((entry) => ({ entry, score: score(entry) }))
    .filter(({ score }) => score >= 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

function refuse(name: string, { entries }: Shelf): never {
  const near = nearest(
    name,
    entries.map((entry) => entry.name),
  );
  const hint =
    near === undefined ? '/models lists those that may be used here.' : `Did you mean “${near}”?`;
  throw new UserError(`No model is called “${name}”. ${hint}`);
}

function describe({ title, kind }: EndpointSummary): string {
  return `${title} (${kind})`;
}
