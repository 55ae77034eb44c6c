import { describe, expect, test } from 'vitest';
import {
  layOutFamily,
  type FamilyLayout,
  type Relative,
} from '../../src/pictures/lay-out-family.ts';

/** `b<a` was made from a, `c<a,b` from both. */
function family(text: string): Relative[] {
  return text.split(' ').map((word) => {
    const [id = '', parents = ''] = word.split('<');
    return { id, parents: parents.split(',').filter((parent) => parent !== '') };
  });
}
const spotsOf = ({ spots }: FamilyLayout): Record<string, string> =>
  Object.fromEntries([...spots].map(([id, { layer, lane }]) => [id, `${layer},${lane}`]));
const lay = (text: string): FamilyLayout => layOutFamily(family(text));

describe('a family', () => {
  test('of one is one spot without arrows', () => {
    const { spots, ...rest } = lay('a');
    expect(rest).toEqual({ layers: 1, lanes: 1, arrows: [] });
    expect(spots.get('a')).toEqual({ layer: 0, lane: 0 });
  });

  test('in a chain runs straight, a step a layer', () => {
    const layout = lay('a b<a c<b d<c');
    expect(spotsOf(layout)).toEqual({ a: '0,0', b: '1,0', c: '2,0', d: '3,0' });
    expect(layout.arrows.map(({ from, to }) => `${from}>${to}`)).toEqual(['a>b', 'b>c', 'c>d']);
  });

  test('lets the longest line run straight and puts branches beside it', () => {
    // The branch x is older than the line that became longer.
    expect(spotsOf(lay('a x<a b<a c<b y<b'))).toEqual({
      a: '0,0',
      b: '1,0',
      c: '2,0',
      x: '1,1',
      y: '2,1',
    });
  });

  test('gives lanes back where a branch has ended', () => {
    const layout = lay('a b<a c<b d<c e<d x<a y<d');
    expect(spotsOf(layout)).toMatchObject({ x: '1,1', y: '4,1' });
    expect(layout.lanes).toBe(2);
  });

  test('puts a further beginning right before its first use', () => {
    expect(spotsOf(lay('a b<a c<b hat d<c,hat'))).toMatchObject({ d: '3,0', hat: '2,1' });
  });

  test('puts a further beginning nearer than what branches off earlier', () => {
    const layout = lay('a b<a c<b x<b y<x hat d<c,hat e<d');
    expect(spotsOf(layout)).toMatchObject({ hat: '2,1', x: '2,2', y: '3,2' });
  });

  test('keeps its main line straight although a minor beginning is older', () => {
    expect(spotsOf(lay('hat a b<a c<b,hat'))).toMatchObject({ a: '0,0', c: '2,0', hat: '1,1' });
  });

  test('shows every parent of a picture, and one that was given twice once', () => {
    const { arrows } = lay('a b c<a,b,a');
    expect(arrows.map(({ from, to }) => `${from}>${to}`)).toEqual(['a>c', 'b>c']);
  });

  test('leads a further parent’s arrow between the lanes when cards are in its way', () => {
    const layout = lay('a b<a c<b d<c,a e<d,a');
    const along = (from: string, to: string) =>
      layout.arrows.find((arrow) => arrow.from === from && arrow.to === to)?.along;
    expect(along('a', 'd')).toEqual({ behind: 0, track: 0 });
    expect(along('a', 'e')).toEqual({ behind: 0, track: 1 });
    expect(along('c', 'd')).toEqual({ lane: 0 });
  });

  test('leaves out parents that nobody may see', () => {
    expect(lay('b<a c<b').arrows).toHaveLength(1);
  });

  test('is drawn although its records lead in a circle', () => {
    const layout = lay('a<b b<a c<c');
    expect(layout.spots.size).toBe(3);
    expect(layout.arrows).toHaveLength(1);
  });
});

describe.each([7, 42, 99])('any family (seed %i)', (seed) => {
  const relatives = randomFamily(400, seed);
  const layout = layOutFamily(relatives);
  const spotOf = (id: string) => layout.spots.get(id)!;

  test('has a spot of its own for every picture', () => {
    const spots = new Set([...layout.spots.values()].map(({ layer, lane }) => `${layer},${lane}`));
    expect(spots.size).toBe(relatives.length);
  });

  test('has an arrow for every parent, and each leads on', () => {
    const wanted = relatives.flatMap(({ id, parents }) =>
      [...new Set(parents)].map((parent) => `${parent}>${id}`),
    );
    expect(layout.arrows.map(({ from, to }) => `${from}>${to}`).sort()).toEqual(wanted.sort());
    for (const { from, to } of layout.arrows) {
      expect(spotOf(to).layer).toBeGreaterThan(spotOf(from).layer);
    }
  });

  test('has no arrow below a picture', () => {
    const taken = new Set([...layout.spots.values()].map(({ layer, lane }) => `${layer},${lane}`));
    for (const { from, to, along } of layout.arrows) {
      if (!('lane' in along)) continue;
      for (let layer = spotOf(from).layer + 1; layer < spotOf(to).layer; layer += 1) {
        expect(taken.has(`${layer},${along.lane}`)).toBe(false);
      }
    }
  });

  test('has no two arrows on one track', () => {
    const taken = new Set<string>();
    for (const { from, to, along } of layout.arrows) {
      if ('lane' in along) continue;
      for (let layer = spotOf(from).layer + 1; layer < spotOf(to).layer; layer += 1) {
        const place = `${layer},${along.behind},${along.track}`;
        expect(taken.has(place)).toBe(false);
        taken.add(place);
      }
    }
    expect(taken.size).toBeGreaterThan(0);
  });
});

test('a family as large as can be asked for is laid out at once', () => {
  const relatives = randomFamily(500, 3);
  const started = performance.now();
  layOutFamily(relatives);
  expect(performance.now() - started).toBeLessThan(500);
});

/** Mostly steps on from the newest ones, with branches, further parents and further beginnings. */
function randomFamily(size: number, seed: number): Relative[] {
  let state = seed;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return Array.from({ length: size }, (_, at) => {
    const parents: string[] = [];
    if (at > 0 && random() > 0.1) parents.push(`p${Math.floor(at - 1 - random() ** 4 * (at - 1))}`);
    if (at > 2 && random() < 0.2) parents.push(`p${Math.floor(random() * (at - 1))}`);
    return { id: `p${at}`, parents };
  });
}
