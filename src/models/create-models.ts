/** Every model that people here may use, found by name, by id or by words. */
import { UserError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { createAdapter } from './adapter.ts';
import type { Allowed } from './allowed.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { isEndpointId } from './endpoint.ts';
import type { FamilyEndpoint, ModelFamily } from './families/family.ts';
import {
  describe,
  searchIndex,
  toEndpointEntry,
  toFamilyEntry,
  type IndexEntry,
} from './model-index.ts';
import type { ModelNews } from './model-news.ts';
import type { ModelAdapter, Models } from './model.ts';
import type { ServedEndpoint } from './request/served-endpoint.ts';
import { serve } from './serve.ts';
import { findSiblings } from './siblings.ts';

export interface ModelsParts {
  readonly catalogue: Catalogue;
  readonly families: readonly ModelFamily[];
  readonly allowed: Allowed;
  readonly news: ModelNews;
}

export function createModels(given: ModelsParts): Models {
  const { news } = given;
  const overlays = given.families.flatMap(({ endpoints }) =>
    endpoints.map((one) => [one.id, one] as const),
  );
  const parts: ShelfParts = { ...given, overlays: new Map(overlays) };
  let revision = news.revision();
  let shelf = createShelf(parts);
  /** What was learned in between replaces what was known. */
  const current = (): Shelf => {
    if (news.revision() === revision) return shelf;
    revision = news.revision();
    shelf = createShelf(parts);
    return shelf;
  };
  return {
    find: (name) => current().find(name) ?? refuse(name, current().entries),
    search: (words) => searchIndex(current().entries, words),
    priceOf: (id) => news.price(id),
    typicalSeconds: (id) => news.typicalSeconds(id),
    noteDuration: (id, seconds) => news.noteDuration(id, seconds),
  };
}

interface ShelfParts extends ModelsParts {
  /** What families know of endpoints, by id. */
  readonly overlays: ReadonlyMap<string, FamilyEndpoint>;
}

interface Shelf {
  readonly entries: readonly IndexEntry[];
  find(name: string): ModelAdapter | undefined;
}

function createShelf(parts: ShelfParts): Shelf {
  const { catalogue, allowed, news, overlays } = parts;
  const families = parts.families.filter((family) => allowed.family(family));
  const ids = listIds(parts);
  const known = new Map<string, ModelAdapter>();
  const find = (name: string): ModelAdapter | undefined => {
    const family = families.find((one) => one.name === name.toLowerCase());
    if (family) return createFamily(family, parts);
    return ids.has(name) ? createSingle(name, ids, parts) : undefined;
  };
  return {
    entries: [
      ...families.map((one) => toFamilyEntry(one, catalogue.summary(one.endpoints[0].id))),
      // A family's endpoints are found under its name.
      ...[...ids]
        .filter((id) => !overlays.has(id))
        .flatMap((id) => {
          const summary = news.endpoint(id) ?? catalogue.summary(id);
          return summary ? toEndpointEntry(summary, news.description(id)) : [];
        }),
    ],
    find(name) {
      const found = known.get(name) ?? find(name);
      if (found) known.set(name, found);
      return found;
    },
  };
}

function listIds({ catalogue, news, allowed }: ModelsParts): ReadonlySet<string> {
  const ids = new Set([...catalogue.ids, ...news.endpointIds()]);
  return new Set([...ids].filter((id) => isEndpointId(id) && allowed.endpoint(id)));
}

function createFamily(
  { name, description, endpoints }: ModelFamily,
  parts: ShelfParts,
): ModelAdapter | undefined {
  const allowed = endpoints.filter(({ id }) => parts.allowed.endpoint(id));
  const [first, ...others] = allowed.flatMap(({ id }) => serveId(id, parts) ?? []);
  return first && createAdapter({ name, description, served: [first, ...others], isGuess: false });
}

function createSingle(
  id: string,
  ids: ReadonlySet<string>,
  parts: ShelfParts,
): ModelAdapter | undefined {
  const first = serveId(id, parts);
  if (!first) return undefined;
  const others = findSiblings(id, ids).flatMap((sibling) => serveId(sibling, parts) ?? []);
  const description = parts.news.description(id) ?? describe(first.endpoint);
  return createAdapter({ name: id, description, served: [first, ...others], isGuess: true });
}

function serveId(
  id: string,
  { catalogue, news, overlays }: ShelfParts,
): ServedEndpoint | undefined {
  const facts = news.endpoint(id) ?? catalogue.find(id);
  return facts && serve(facts, overlays.get(id));
}

function refuse(name: string, entries: readonly IndexEntry[]): never {
  const near = nearest(
    name,
    entries.map((entry) => entry.name),
  );
  const hint =
    near === undefined ? '/models lists those that may be used here.' : `Did you mean “${near}”?`;
  throw new UserError(`No model is called “${name}”. ${hint}`);
}
