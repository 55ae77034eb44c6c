/**
 * Where pictures and arrows go when a family is drawn: layers from what came first to what came
 * last, and lanes beside each other. The longest line runs straight, what branches off it takes
 * lanes further out. Works in time that grows with the family, for the same thread answers chats:
 * general layout libraries took seconds for some hundred pictures with several parents.
 */

/** A picture and those that it was made from. Parents that are not among the relatives are left out. */
export interface Relative {
  readonly id: string;
  readonly parents: readonly string[];
}

export interface Spot {
  readonly layer: number;
  readonly lane: number;
}

/** From the layer of one picture to that of another; it leaves and enters its lane between layers. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Where it passes the layers in between: in a lane that is free there, or between two lanes. */
  readonly along: { readonly lane: number } | { readonly behind: number; readonly track: number };
}

export interface FamilyLayout {
  readonly layers: number;
  readonly lanes: number;
  readonly spots: ReadonlyMap<string, Spot>;
  readonly arrows: readonly Arrow[];
}

/** `relatives` are oldest first; which of several branches comes first follows from that. */
export function layOutFamily(relatives: readonly Relative[]): FamilyLayout {
  const family = toFamily(relatives);
  const layerOf = toLayers(family);
  const laneOf = toLanes(family, layerOf);
  const spots = new Map(
    [...family.keys()].map((id) => [id, { layer: at(layerOf, id), lane: at(laneOf, id) }] as const),
  );
  return {
    layers: Math.max(0, ...layerOf.values()) + 1,
    lanes: Math.max(0, ...laneOf.values()) + 1,
    spots,
    arrows: toArrows(family, spots),
  };
}

/** Parents by picture. */
type Family = ReadonlyMap<string, readonly string[]>;
type Numbers = ReadonlyMap<string, number>;

/** Each parent once, and nothing that leads back to itself, whatever the records say. */
function toFamily(relatives: readonly Relative[]): Family {
  const known = new Map(relatives.map((one) => [one.id, one.parents]));
  const family = new Map<string, readonly string[]>();
  const begun = new Set<string>();
  function visit(id: string): void {
    begun.add(id);
    const parents = [...new Set(known.get(id))].filter((parent) => known.has(parent));
    for (const parent of parents) if (!begun.has(parent)) visit(parent);
    family.set(
      id,
      parents.filter((parent) => family.has(parent)),
    );
  }
  for (const { id } of relatives) if (!begun.has(id)) visit(id);
  return family;
}

/** Behind everything that it was made from. What came from nothing stands right before its first use. */
function toLayers(family: Family): Numbers {
  const layers = new Map<string, number>();
  for (const [id, parents] of family) {
    layers.set(id, Math.max(-1, ...parents.map((parent) => at(layers, parent))) + 1);
  }
  const children = toChildren(family, (parents) => parents);
  for (const [id, parents] of family) {
    const next = (children.get(id) ?? []).map((child) => at(layers, child));
    if (parents.length === 0 && next.length > 0) layers.set(id, Math.min(...next) - 1);
  }
  return layers;
}

function toLanes(family: Family, layerOf: Numbers): Numbers {
  const lanes = new Map<string, number>();
  /** The first lane of each layer that nothing has taken yet. */
  const free: number[] = [];
  const children = toChildren(family, (parents) => parents.slice(0, 1));
  const feeders = toFeeders(family, layerOf, children);
  const reachOf = toReach(family, layerOf);

  /** A line straight on to its end; then what joins it and branches off it, the latest nearest. */
  function place(head: string, first: number): void {
    const line = toLine(head, children, reachOf);
    const last = at(layerOf, line.at(-1) ?? head);
    const layers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const lane = Math.max(...layers.map((layer) => free[layer] ?? 0));
    for (const layer of layers) free[layer] = lane + 1;
    for (const id of line) lanes.set(id, lane);
    for (const id of line.toReversed()) {
      const joining = (feeders.get(id) ?? []).filter((feeder) => !lanes.has(feeder));
      for (const feeder of joining) place(feeder, at(layerOf, feeder));
      const others = (children.get(id) ?? []).filter((child) => !line.includes(child));
      for (const child of others) place(child, at(layerOf, id) + 1);
    }
  }

  const roots = [...family].filter(([, parents]) => parents.length === 0).map(([id]) => id);
  const longestFirst = roots.toSorted((a, b) => at(reachOf, b) - at(reachOf, a));
  for (const root of longestFirst) if (!lanes.has(root)) place(root, at(layerOf, root));
  return lanes;
}

/** Beginnings from which no line goes on, by the picture that first makes use of them. */
function toFeeders(
  family: Family,
  layerOf: Numbers,
  children: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const feeders = new Map<string, string[]>();
  for (const [id, parents] of family) {
    const news = parents.filter(
      (parent) =>
        family.get(parent)?.length === 0 &&
        !children.has(parent) &&
        at(layerOf, parent) === at(layerOf, id) - 1,
    );
    feeders.set(id, news);
  }
  return feeders;
}

function toLine(head: string, children: ReadonlyMap<string, readonly string[]>, reachOf: Numbers) {
  const line = [head];
  let next = children.get(head) ?? [];
  while (next.length > 0) {
    const longest = next.reduce((best, child) =>
      at(reachOf, child) > at(reachOf, best) ? child : best,
    );
    line.push(longest);
    next = children.get(longest) ?? [];
  }
  return line;
}

/** The last layer that anything which came from a picture stands in. */
function toReach(family: Family, layerOf: Numbers): Numbers {
  const reach = new Map(layerOf);
  for (const [id, [parent]] of [...family].toReversed()) {
    if (parent !== undefined) reach.set(parent, Math.max(at(reach, parent), at(reach, id)));
  }
  return reach;
}

function toChildren(
  family: Family,
  pick: (parents: readonly string[]) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const [id, parents] of family) {
    for (const parent of pick(parents)) {
      children.set(parent, [...(children.get(parent) ?? []), id]);
    }
  }
  return children;
}

function toArrows(family: Family, spots: ReadonlyMap<string, Spot>): readonly Arrow[] {
  const tracks = createTracks();
  return [...family].flatMap(([to, parents]) =>
    parents.map((from, index) => {
      const [start, end] = [spotOf(spots, from), spotOf(spots, to)];
      const isFree = index === 0 || end.layer - start.layer === 1;
      return { from, to, along: isFree ? { lane: end.lane } : tracks.take(start, end) };
    }),
  );
}

/** Room between two lanes, on the side to which an arrow leads. */
function createTracks(): { take(start: Spot, end: Spot): { behind: number; track: number } } {
  const taken = new Map<string, number>();
  return {
    take(start, end) {
      const behind = end.lane < start.lane ? start.lane - 1 : start.lane;
      const places = Array.from(
        { length: end.layer - start.layer - 1 },
        (_, index) => `${behind}:${start.layer + 1 + index}`,
      );
      const track = Math.max(...places.map((place) => taken.get(place) ?? 0));
      for (const place of places) taken.set(place, track + 1);
      return { behind, track };
    },
  };
}

function spotOf(spots: ReadonlyMap<string, Spot>, id: string): Spot {
  return spots.get(id) ?? { layer: 0, lane: 0 };
}

/** Every map here has every relative. */
function at(numbers: Numbers, id: string): number {
  return numbers.get(id) ?? 0;
}
