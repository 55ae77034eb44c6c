/** A command's options under the names, and in the order, that Discord takes. */
import type { Option, Options } from '../../option.ts';

/** Discord's limits. */
const MOST_OPTIONS = 25;
const NAME_LENGTH = 32;
const FOREIGN = /[^-_\p{L}\p{N}]/gu;

export interface PublishedOption {
  readonly publishedName: string;
  /** The command's own name for it. */
  readonly name: string;
  readonly option: Option;
}

/** Required ones first; what is beyond Discord's limit can still be typed where words are taken. */
export function toPublishedOptions(options: Options): readonly PublishedOption[] {
  const taken = new Set<string>();
  return Object.entries(options)
    .toSorted(([, a], [, b]) => Number(b.required ?? false) - Number(a.required ?? false))
    .slice(0, MOST_OPTIONS)
    .map(([name, option]) => {
      const publishedName = toFreeName(name, taken);
      taken.add(publishedName);
      return { publishedName, name, option };
    });
}

/** The command's own name; what Discord sends of an older list keeps the name that it has. */
export function toOwnName(given: string, published: readonly PublishedOption[]): string {
  return published.find(({ publishedName }) => publishedName === given)?.name ?? given;
}

function toFreeName(name: string, taken: ReadonlySet<string>): string {
  const characters = Array.from(name.toLowerCase().replaceAll(FOREIGN, '_'));
  const withSuffix = (suffix: string) =>
    [...characters.slice(0, NAME_LENGTH - suffix.length), suffix].join('');
  const plain = characters.length === 0 ? 'option' : withSuffix('');
  if (!taken.has(plain)) return plain;
  // One of so many suffixes is free, because there are fewer options.
  const suffixes = Array.from({ length: taken.size + 1 }, (_, at) => `_${at + 2}`);
  return suffixes.map(withSuffix).find((free) => !taken.has(free)) ?? plain;
}
