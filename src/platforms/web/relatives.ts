/** The members of a family tree in the order of their making, and what each is called in words. */
import type { FamilyTree } from '../../pictures/gallery.ts';
import type { Picture } from '../../pictures/picture.ts';

/** One that may be seen, or the place of one that may not. */
export type Relative = SeenRelative | UnseenRelative;

export interface SeenRelative {
  readonly id: string;
  readonly parents: readonly string[];
  readonly picture: Picture;
  /** What the others call it: from 1, oldest first. */
  readonly number: number;
}

/** Under a name that tells nothing of it. */
export interface UnseenRelative {
  readonly id: string;
  readonly parents: readonly string[];
  readonly picture: undefined;
  readonly words: string;
}

/** Ahead of them all, what they came from and may not be seen here. */
export function toRelatives({ pictures }: FamilyTree): readonly Relative[] {
  const seen = new Set(pictures.map(({ id }) => id));
  const parents = new Set(pictures.flatMap((picture) => picture.parents));
  const unseen = [...parents].filter((id) => !seen.has(id));
  const names = new Map(unseen.map((id, at) => [id, `unseen-${at + 1}`]));
  return [
    ...[...names].map(([id, name]) => {
      return { id: name, parents: [], picture: undefined, words: wordUnseen(id) };
    }),
    ...pictures.map((picture, at) => {
      const parents = picture.parents.map((id) => names.get(id) ?? id);
      return { id: picture.id, parents, picture, number: at + 1 };
    }),
  ];
}

/** The picture that was asked for, and everything that it came from. */
export function findWay(id: string, relatives: readonly Relative[]): ReadonlySet<string> {
  const parentsOf = new Map(relatives.map((one) => [one.id, one.parents]));
  const way = new Set<string>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!way.has(next)) waiting.push(...(parentsOf.get(next) ?? []));
    way.add(next);
  }
  return way;
}

/** The words that led to a picture. */
export function wordStep({ origin, prompt, model }: Picture): string {
  if (origin === 'given') return 'A picture that was given';
  return prompt === '' ? model : prompt;
}

/** Empty where the step has been told by it already. */
export function wordModel({ prompt, model }: Picture): string {
  return prompt === '' ? '' : model;
}

/** Such as `from 1 and 3`. */
export function wordOrigin(
  { parents, origin }: Picture,
  numbers: ReadonlyMap<string, number>,
): string {
  if (parents.length === 0) return origin === 'given' ? 'a beginning' : 'from words alone';
  const names = [...new Set(parents)].map((id) => numbers.get(id)?.toString() ?? wordUnseen(id));
  return `from ${new Intl.ListFormat('en').format(names)}`;
}

export function wordUnseen(id: string): string {
  return /\.g\d+$/u.test(id) ? 'a picture that was given' : 'a picture that is not shown here';
}

export function toNumbers(relatives: readonly Relative[]): ReadonlyMap<string, number> {
  return new Map(relatives.flatMap((one) => (one.picture ? [[one.id, one.number] as const] : [])));
}
