/** The list of all models that may be used, and the search in it. */
import { nearest } from '../nearest.ts';
import type { EndpointSummary } from './catalogue/catalogue.ts';
import { DEFAULT_MODEL } from './default-model.ts';
import { ENDPOINT_KINDS } from './endpoint.ts';
import type { ModelFamily } from './families/family.ts';
import type { ModelSummary } from './model.ts';

export interface IndexEntry extends ModelSummary {
  /** Everything that a search looks at, in lower case. */
  readonly words: string;
  /** Families first, then by what they make. */
  readonly rank: number;
}

export function toFamilyEntry(
  { name, description, endpoints }: ModelFamily,
  summary: EndpointSummary | undefined,
): IndexEntry {
  const kind = summary?.kind ?? 'other';
  const ids = endpoints.map(({ id }) => id).join(' ');
  const words = `${name} ${description} ${ids} ${kind}`.toLowerCase();
  const rank = name === DEFAULT_MODEL ? -1 : ENDPOINT_KINDS.indexOf(kind);
  return { name, description, kind, words, rank };
}

export function toEndpointEntry(
  { id, title, kind }: EndpointSummary,
  described: string | undefined,
): IndexEntry {
  const description = described ?? describe({ title, kind });
  const words = `${id} ${description} ${title} ${kind}`.toLowerCase();
  const rank = ENDPOINT_KINDS.length + ENDPOINT_KINDS.indexOf(kind);
  return { name: id, description, kind, words, rank };
}

/** Where nobody said anything about an endpoint. */
export function describe({ title, kind }: Pick<EndpointSummary, 'title' | 'kind'>): string {
  return `${title} (${kind})`;
}

/** Every word must occur; a name that begins with the first one comes first. */
export function searchIndex(entries: readonly IndexEntry[], text: string): readonly ModelSummary[] {
  const words = text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const found = entries.filter((entry) => words.every((word) => entry.words.includes(word)));
  return (found.length > 0 ? found : findAlike(entries, text))
    .map((entry) => ({ entry, score: scoreName(entry.name, words) }))
    .toSorted((a, b) => b.score - a.score || a.entry.rank - b.entry.rank)
    .map(({ entry }) => entry);
}

/** Somebody mistyped a name. */
function findAlike(entries: readonly IndexEntry[], text: string): readonly IndexEntry[] {
  const names = entries.map(({ name }) => name);
  const near = nearest(text, names);
  return entries.filter(({ name }) => name === near);
}

function scoreName(name: string, [first = '', ...others]: readonly string[]): number {
  if (name === first && others.length === 0) return 3;
  if (name.startsWith(first) || name.includes(`/${first}`)) return 2;
  return name.includes(first) ? 1 : 0;
}
