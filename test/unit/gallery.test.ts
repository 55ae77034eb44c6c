import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Picture } from '../../src/pictures/picture.ts';
import type { Asker } from '../../src/platforms/platform.ts';
import { newPicture } from '../support/new-picture.ts';
import { ada, openPictureWorld, type PictureWorld } from '../support/picture-world.ts';

let world: PictureWorld;
beforeEach(async () => {
  world = await openPictureWorld();
});
afterEach(() => world.close());

const everything = { words: '', model: '', since: undefined, until: undefined };

/** Numbers that look random, the same in each run. */
function createDice(seed: number) {
  let state = seed;
  const roll = (sides: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
  return { roll, pick: <Item>(items: readonly Item[]): Item => items[roll(items.length)]! };
}

type Dice = ReturnType<typeof createDice>;

function randomAsker({ pick }: Dice): Asker {
  const id = pick(['ada', 'bob', 'cleo']);
  return {
    person: { id, name: id },
    place: {
      platform: pick(['slack', 'discord']),
      tenant: pick(['t', 'u']),
      channel: pick(['c', 'd', 'e']),
    },
  };
}

/** Parents may be anywhere, may not exist, and may come from the child itself. */
function randomPictures(dice: Dice, count: number): readonly Picture[] {
  return Array.from({ length: count }, (_, at) => {
    const parents = Array.from({ length: dice.roll(3) }, () => `job${dice.roll(count + 3)}.1`);
    return newPicture(`job${at}`, {
      ...randomAsker(dice),
      parents: [...new Set(parents)],
      madeAt: onDay(1 + dice.roll(5)),
      ...(dice.roll(8) === 0 && { deletedAt: new Date() }),
    });
  });
}

/** The rule in other words than the code's: the tenant always, and then one of three reasons. */
function isTheirs(picture: Picture, asker: Asker, saves: ReadonlySet<string>): boolean {
  const reasons = [
    picture.place.channel === asker.place.channel,
    picture.person.id === asker.person.id,
    saves.has(`${asker.person.id} ${picture.id}`),
  ];
  const isOfTenant =
    `${picture.place.platform} ${picture.place.tenant}` ===
    `${asker.place.platform} ${asker.place.tenant}`;
  return isOfTenant && reasons.includes(true);
}

async function idsOf(id: string, asker: Asker = ada): Promise<readonly string[] | undefined> {
  return (await world.gallery.familyOf(id, asker))?.pictures.map((one) => one.id);
}

function onDay(day: number): Date {
  return new Date(Date.UTC(2026, 0, day));
}

describe.each([1, 2, 3, 4, 5])('in random world number %i', (seed) => {
  test('nobody gets a picture of a place that is not theirs, by any way', async () => {
    const dice = createDice(seed * 7919);
    const pictures = randomPictures(dice, 60);
    await world.store.pictures.add(pictures);
    const saves = new Set<string>();
    for (let at = 0; at < 10; at += 1) {
      const [picture, person] = [dice.pick(pictures), dice.pick(['ada', 'bob', 'cleo'])];
      await world.store.pictures.save(picture.id, person, new Date());
      saves.add(`${person} ${picture.id}`);
    }
    const met = { seen: 0, hidden: 0 };
    for (let at = 0; at < 12; at += 1) {
      const asker = randomAsker(dice);
      for (const whose of ['mine', 'channel'] as const) {
        const filter = { ...everything, whose, savedOnly: dice.roll(2) === 0 };
        const found = await world.gallery.search(filter, asker, { from: 0, size: 100 });
        expect(found.pictures.filter((one) => !isTheirs(one, asker, saves))).toEqual([]);
      }
      for (const picture of pictures) {
        const mayBeSeen = isTheirs(picture, asker, saves);
        const family = await world.gallery.familyOf(picture.id, asker);
        expect(family !== undefined).toBe(mayBeSeen);
        expect(family?.pictures.filter((one) => !isTheirs(one, asker, saves)) ?? []).toEqual([]);
        met[mayBeSeen ? 'seen' : 'hidden'] += 1;
      }
    }
    expect(Math.min(met.seen, met.hidden)).toBeGreaterThan(30);
  });
});

describe('a stranger with an address of a picture', () => {
  test('sees what its channel sees, wherever else its relatives are', async () => {
    const { place, person } = ada;
    const root = await world.paint('root');
    const near = { parents: [root.id], person: { id: 'bob', name: 'Bob' } };
    await world.paint('near', near);
    await world.paint('other', { ...near, place: { ...place, channel: 'elsewhere' } });
    await world.paint('own', { parents: [root.id], person, place: { ...place, channel: 'mine' } });
    const stranger = await world.gallery.strangerAt(root.id);
    expect(stranger?.place).toEqual(place);
    const family = await world.gallery.familyOf(root.id, stranger!);
    expect(family?.pictures.map(({ id }) => id).sort()).toEqual(['near.1', root.id]);
  });

  test('is nowhere where there is no such picture', async () => {
    expect(await world.gallery.strangerAt('never-was.1')).toBeUndefined();
  });
});

describe('a picture’s file', () => {
  const stranger: Asker = {
    person: { id: 'eve', name: 'Eve' },
    place: { ...ada.place, channel: 'elsewhere' },
  };

  test('is found by whoever may see it, large and small', async () => {
    const { id, path } = await world.paint('a', { width: 900, height: 600 });
    const original = await world.gallery.locate(id, 'original', ada);
    expect(original).toEqual({ path: join(world.dataFolder, path), contentType: 'image/png' });
    const small = await world.gallery.locate(id, 'thumbnail', ada);
    expect(small?.contentType).toBe('image/webp');
    expect(await sharp(small?.path).metadata()).toMatchObject({ width: 320, format: 'webp' });
  });

  test('is not there for anybody else, nor once it was deleted, nor under another id', async () => {
    const { id } = await world.paint('a');
    for (const kind of ['original', 'thumbnail'] as const) {
      expect(await world.gallery.locate(id, kind, stranger)).toBeUndefined();
      expect(await world.gallery.locate('../easel.sqlite', kind, ada)).toBeUndefined();
    }
    await world.store.pictures.save(id, 'eve', new Date());
    expect(await world.gallery.locate(id, 'original', stranger)).toBeDefined();
    await world.store.pictures.change(id, { deletedAt: new Date() });
    expect(await world.gallery.locate(id, 'original', ada)).toBeUndefined();
    expect(await world.gallery.locate(id, 'thumbnail', stranger)).toBeUndefined();
  });

  test('that is gone from the disk is not there, large or small', async () => {
    const { id, path } = await world.paint('a');
    await rm(join(world.dataFolder, path));
    expect(await world.gallery.locate(id, 'original', ada)).toBeUndefined();
    expect(await world.gallery.locate(id, 'thumbnail', ada)).toBeUndefined();
  });
});

describe('a family', () => {
  test('is the same from wherever one looks, oldest first, what was given before what was made', async () => {
    await world.store.pictures.add([
      newPicture('c', { parents: ['b.2'], madeAt: onDay(3) }),
      newPicture('b', { number: 2, parents: ['a.g1'], madeAt: onDay(1) }),
      newPicture('b', { number: 1, parents: ['a.g1'], madeAt: onDay(1) }),
      newPicture('a', { origin: 'given', madeAt: onDay(1) }),
      newPicture('a', { parents: ['a.g1'], madeAt: onDay(1) }),
      newPicture('d', { parents: ['c.1', 'other.1'], madeAt: onDay(4) }),
      newPicture('other', { madeAt: onDay(2) }),
    ]);
    const all = ['a.g1', 'a.1', 'b.1', 'b.2', 'other.1', 'c.1', 'd.1'];
    for (const id of all) expect(await idsOf(id)).toEqual(all);
  });

  test('that goes round in a circle comes to an end', async () => {
    await world.store.pictures.add([
      newPicture('a', { parents: ['c.1'] }),
      newPicture('b', { parents: ['a.1', 'b.1'] }),
      newPicture('c', { parents: ['b.1'] }),
    ]);
    expect(await idsOf('a.1')).toEqual(['a.1', 'b.1', 'c.1']);
  });

  test('is no larger than a page can show, and holds all that it came from first', async () => {
    const children = Array.from({ length: 700 }, (_, at) =>
      newPicture(`child${at}`, { parents: ['middle.1'] }),
    );
    await world.store.pictures.add([
      newPicture('root'),
      newPicture('middle', { parents: ['root.1'] }),
      ...children,
    ]);
    const ids = (await idsOf('child699.1')) ?? [];
    expect(ids).toHaveLength(500);
    expect(ids).toEqual(expect.arrayContaining(['root.1', 'middle.1', 'child699.1', 'child0.1']));
  }, 30_000);

  test('ends where one may not look', async () => {
    const secret = { ...ada.place, channel: 'secret' };
    const person = { id: 'bob', name: 'Bob' };
    await world.store.pictures.add([
      newPicture('root', { person }),
      newPicture('hidden', { person, place: secret, parents: ['root.1'] }),
      newPicture('child', { person, parents: ['hidden.1'] }),
    ]);
    expect(await idsOf('child.1')).toEqual(['child.1']);
    expect(await idsOf('hidden.1')).toBeUndefined();
    expect(await idsOf('child.1', { person, place: ada.place })).toEqual([
      'child.1',
      'hidden.1',
      'root.1',
    ]);
  });
});
