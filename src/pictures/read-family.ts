/** A picture's relatives, as far as the viewer may see them. */
import type { Asker } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { FamilyTree } from './gallery.ts';
import { maySee } from './may-see.ts';
import type { Picture } from './picture.ts';

/** More relatives than a page can show. */
const MOST_RELATIVES = 500;

type Family = Map<string, Picture>;

/** What it came from goes first, then what came from all those, then whatever else went into them. */
export async function readFamily(
  picture: Picture,
  asker: Asker,
  store: Store,
): Promise<FamilyTree> {
  const family: Family = new Map([[picture.id, picture]]);
  const see = { asker, store, family };
  await follow([picture], see, readParents);
  await follow([...family.values()], see, readRelatives);
  return { id: picture.id, pictures: [...family.values()].toSorted(byTime) };
}

interface Seeing {
  readonly asker: Asker;
  readonly store: Store;
  /** Those that are known already; filled on the way. */
  readonly family: Family;
}

type ReadNext = (generation: readonly Picture[], seeing: Seeing) => Promise<readonly Picture[]>;

/** Generation by generation. Nobody is met twice, so a circle ends by itself. */
async function follow(from: readonly Picture[], seeing: Seeing, readNext: ReadNext): Promise<void> {
  let generation = from;
  while (generation.length > 0 && seeing.family.size < MOST_RELATIVES) {
    generation = await welcome(await readNext(generation, seeing), seeing);
  }
}

/** Those that are new and may be seen, as far as there is room. */
async function welcome(
  found: readonly Picture[],
  { asker, store, family }: Seeing,
): Promise<readonly Picture[]> {
  const news: Picture[] = [];
  for (const one of found) {
    if (family.size >= MOST_RELATIVES) break;
    if (family.has(one.id) || !(await maySee(one, asker, store))) continue;
    family.set(one.id, one);
    news.push(one);
  }
  return news;
}

async function readParents(
  generation: readonly Picture[],
  { store, family }: Seeing,
): Promise<readonly Picture[]> {
  const ids = new Set(generation.flatMap(({ parents }) => parents));
  const unknown = [...ids].filter((id) => !family.has(id)).slice(0, MOST_RELATIVES);
  const found = await Promise.all(unknown.map((id) => store.pictures.read(id)));
  return found.flatMap((one) => one ?? []);
}

async function readRelatives(
  generation: readonly Picture[],
  seeing: Seeing,
): Promise<readonly Picture[]> {
  const ids = generation.map(({ id }) => id);
  const children = await seeing.store.pictures.childrenOf(ids, MOST_RELATIVES);
  return [...children, ...(await readParents(generation, seeing))];
}

/** What was given for a job stands before what the job made of it, whatever the clock said. */
function byTime(a: Picture, b: Picture): number {
  return (
    a.madeAt.getTime() - b.madeAt.getTime() ||
    a.job.localeCompare(b.job) ||
    toRank(a) - toRank(b) ||
    a.number - b.number
  );
}

function toRank({ origin }: Picture): number {
  return origin === 'given' ? 0 : 1;
}
