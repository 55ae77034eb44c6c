/** What every store must do with pictures, whatever database is behind it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MessageRef } from '../../src/message.ts';
import type { PictureFilter } from '../../src/pictures/picture.ts';
import type { PictureScope, PictureStore, Store } from '../../src/store/store.ts';
import { newJob } from '../support/new-job.ts';
import { newPicture } from '../support/new-picture.ts';

const later = new Date('2026-02-03T04:05:06.789Z');
const everybody: PictureScope = {
  platform: 'web',
  tenant: 'web',
  channel: undefined,
  person: undefined,
  savedBy: undefined,
};

export function pictureStoreContract(open: () => Promise<Store>): void {
  let store: Store;
  let pictures: PictureStore;
  beforeEach(async () => {
    store = await open();
    ({ pictures } = store);
  });
  afterEach(() => store.close());

  /** Ids of what is found, and how many there are. */
  async function find(
    filter: Partial<PictureFilter> = {},
    scope: Partial<PictureScope> = {},
    page = { from: 0, size: 100 },
  ) {
    const whole = { words: '', model: '', since: undefined, until: undefined, ...filter };
    const found = await pictures.search(whole, { ...everybody, ...scope }, page);
    return { ids: found.pictures.map(({ id }) => id), total: found.total };
  }

  async function close(invocationId: string, closedAt: string): Promise<void> {
    await store.jobs.accept(newJob(invocationId, { invocationId }));
    await store.jobs.amend(invocationId, { closedAt: new Date(closedAt) });
  }

  async function addPrompts(...prompts: string[]): Promise<void> {
    await pictures.add(prompts.map((prompt, at) => newPicture(`job${at}`, { prompt })));
  }

  describe('adding', () => {
    test('gives a picture back as it was handed in', async () => {
      const thread = { platform: 'slack', tenant: 'E:T', channel: 'C', thread: '1.2' };
      const whole = newPicture('a', {
        place: thread,
        isSpoiler: true,
        deletedAt: later,
        prompt: "'; drop table pictures; -- 🗼",
        parents: ['z.2', 'b.g1'],
      });
      const bare = newPicture('b', { origin: 'given', width: undefined, height: undefined });
      await pictures.add([whole, bare]);
      expect(await pictures.read('a.1')).toStrictEqual(whole);
      expect(await pictures.read('b.g1')).toStrictEqual(bare);
    });

    test('keeps what is known already, parents and all, when it is added again', async () => {
      const first = newPicture('a', { parents: ['p.1', 'q.1'] });
      await pictures.add([first]);
      await pictures.change('a.1', { altText: 'Said by a person' });
      await pictures.add([{ ...first, altText: 'New', parents: ['p.1', 'q.1'] }]);
      expect(await pictures.read('a.1')).toStrictEqual({ ...first, altText: 'Said by a person' });
      expect(await find()).toStrictEqual({ ids: ['a.1'], total: 1 });
    });

    test('takes none', async () => {
      await pictures.add([]);
      expect(await find()).toStrictEqual({ ids: [], total: 0 });
    });

    test('knows no picture that was never added', async () => {
      expect(await pictures.read('a.1')).toBeUndefined();
    });
  });

  describe('pictures of a job', () => {
    test('come by number, deleted ones too, without what was given for it', async () => {
      await pictures.add([
        newPicture('a', { number: 10 }),
        newPicture('a', { number: 2, deletedAt: later }),
        newPicture('a', { number: 1 }),
        newPicture('a', { number: 1, origin: 'given' }),
        newPicture('ab'),
      ]);
      const made = await pictures.madeBy('a');
      expect(made.map(({ id }) => id)).toStrictEqual(['a.1', 'a.2', 'a.10']);
      expect(await pictures.madeBy('nobody')).toStrictEqual([]);
    });
  });

  describe('families', () => {
    test('keep the order of the parents', async () => {
      await pictures.add([newPicture('child', { parents: ['z.1', 'a.1', 'm.1'] })]);
      expect((await pictures.read('child.1'))?.parents).toStrictEqual(['z.1', 'a.1', 'm.1']);
    });

    test('lead from parents to children, oldest first, each once, no more than wanted', async () => {
      await pictures.add([
        newPicture('z', { parents: ['root.1', 'other.1'] }),
        newPicture('y', { parents: ['other.1'] }),
        newPicture('x', { parents: ['nobody.1'] }),
        newPicture('w', { parents: ['root.1'], deletedAt: later }),
      ]);
      const ids = async (of: string[], limit = 9) =>
        (await pictures.childrenOf(of, limit)).map(({ id }) => id);
      expect(await ids(['root.1', 'other.1'])).toStrictEqual(['z.1', 'y.1', 'w.1']);
      expect(await ids(['root.1', 'other.1'], 2)).toStrictEqual(['z.1', 'y.1']);
      expect(await ids(['w.1'])).toStrictEqual([]);
      expect(await ids([])).toStrictEqual([]);
    });
  });

  describe('the newest picture', () => {
    const place = { platform: 'web', tenant: 'web', channel: 'c' };

    test('is the last one that this person made here and that is still there', async () => {
      await pictures.add([
        newPicture('first'),
        newPicture('second'),
        newPicture('gone', { deletedAt: later }),
        newPicture('given', { origin: 'given' }),
        newPicture('theirs', { person: { id: 'bob', name: 'Ada' } }),
        newPicture('elsewhere', { place: { ...place, channel: 'd' } }),
        newPicture('abroad', { place: { ...place, tenant: 'other' } }),
        newPicture('other platform', { place: { ...place, platform: 'slack' } }),
      ]);
      expect(await pictures.newest('ada', place)).toMatchObject({ id: 'second.1' });
      expect(await pictures.newest('cleo', place)).toBeUndefined();
    });

    test('is that of a thread where there is one', async () => {
      await pictures.add([
        newPicture('mine', { place: { ...place, thread: '1.1' } }),
        newPicture('newer', { place: { ...place, thread: '2.2' } }),
      ]);
      expect(await pictures.newest('ada', { ...place, thread: '1.1' })).toMatchObject({
        id: 'mine.1',
      });
      expect(await pictures.newest('ada', { ...place, thread: '3.3' })).toBeUndefined();
      expect(await pictures.newest('ada', place)).toMatchObject({ id: 'newer.1' });
    });
  });

  test('a made picture is known by its bytes, in its own tenant alone', async () => {
    await pictures.add([
      newPicture('given', { origin: 'given', sha256: 'same' }),
      newPicture('first', { sha256: 'same' }),
      newPicture('second', { sha256: 'same' }),
    ]);
    const here = { platform: 'web', tenant: 'web' };
    expect(await pictures.findBytes('same', here)).toMatchObject({ id: 'first.1' });
    expect(await pictures.findBytes('other', here)).toBeUndefined();
    expect(await pictures.findBytes('same', { ...here, tenant: 'E:T' })).toBeUndefined();
    expect(await pictures.findBytes('same', { ...here, platform: 'slack' })).toBeUndefined();
  });

  test('a picture whose bytes nobody has looked at is named until somebody has', async () => {
    await pictures.add([
      newPicture('known'),
      newPicture('b', { sha256: '' }),
      newPicture('a', { sha256: '' }),
      newPicture('gone', { sha256: '', deletedAt: later }),
    ]);
    expect(await pictures.listUnhashed()).toEqual([
      { id: 'b.1', path: 'files/b/a-fox-1.png' },
      { id: 'a.1', path: 'files/a/a-fox-1.png' },
    ]);
    await pictures.change('b.1', { sha256: 'looked at' });
    expect(await pictures.read('b.1')).toStrictEqual(newPicture('b', { sha256: 'looked at' }));
    expect((await pictures.listUnhashed()).map(({ id }) => id)).toStrictEqual(['a.1']);
  });

  describe('searching', () => {
    test('shows made pictures that are still there, newest first', async () => {
      await pictures.add([
        newPicture('c'),
        newPicture('a', { madeAt: later }),
        newPicture('b', { number: 1 }),
        newPicture('b', { number: 2 }),
        newPicture('gone', { deletedAt: later }),
        newPicture('given', { origin: 'given' }),
      ]);
      await pictures.change('a.1', { deletedAt: later });
      expect(await find()).toStrictEqual({ ids: ['b.2', 'b.1', 'c.1'], total: 3 });
    });

    test('asks for every word, anywhere, in any order', async () => {
      await addPrompts('a red lighthouse in fog', 'a red barn', 'fog over a lighthouse');
      expect((await find({ words: 'fog LIGHTHOUSE' })).ids).toStrictEqual(['job2.1', 'job0.1']);
      expect((await find({ words: '  red \n house ' })).ids).toStrictEqual(['job0.1']);
      expect((await find({ words: '   ' })).total).toBe(3);
    });

    test.each([
      ['ZÜRICH', 'Ein Haus in zürich'],
      ['zurich', 'Zu\u0308rich im Schnee'],
      ['ÉTÉ', 'Un été à Paris'],
      ['маяк', 'МАЯК В ТУМАНЕ'],
      ['ΟΔΥΣΣΕΎΣ', 'ο οδυσσευς'],
      ['strasse', 'Große Straße'],
      ['GROẞE', 'große Wellen'],
      ['istanbul', 'İSTANBUL gecesi'],
      ['ｆｏｘ', 'a fox'],
      ['灯台', '霧の中の灯台'],
      ['ガ', 'カ\u3099ラス'],
      ['🦊', 'a 🦊 in a box'],
    ])('finds %s in “%s”', async (word, prompt) => {
      await addPrompts(prompt, 'something else');
      expect((await find({ words: word })).ids).toStrictEqual(['job0.1']);
    });

    test.each([
      ['100%', '100% wool', '100 sheep of wool'],
      ['snake_case', 'snake_case', 'snakeXcase'],
      ['_', 'a_b', 'ab'],
      ['%', '5 %', '5'],
      ['\\', 'back\\slash', 'slash'],
      ["it's", "it's me", 'its me'],
      ['"quoted"', 'a "quoted" word', 'a quoted word'],
      ["';drop", "';drop table", 'drop table'],
      ['*', 'a * star', 'a star'],
      ['[a-z]', '[a-z]', 'abc'],
    ])('takes %s as it stands', async (word, meant, other) => {
      await addPrompts(other, meant);
      expect((await find({ words: word })).ids).toStrictEqual(['job1.1']);
    });

    test('takes part of a model’s name, whatever its case', async () => {
      await pictures.add([
        newPicture('a', { model: 'fal-ai/Flux-Pro/v1.1' }),
        newPicture('b', { model: 'qwen-image' }),
      ]);
      expect((await find({ model: 'flux-PRO' })).ids).toStrictEqual(['a.1']);
      expect((await find({ model: 'flux_pro' })).ids).toStrictEqual([]);
    });

    test('takes days from the first moment, inclusive, to the last, exclusive', async () => {
      await pictures.add([
        newPicture('a', { madeAt: inMarch('01T23:59:59.999') }),
        newPicture('b', { madeAt: inMarch('02T00:00:00.000') }),
        newPicture('c', { madeAt: inMarch('02T23:59:59.999') }),
        newPicture('d', { madeAt: inMarch('03T00:00:00.000') }),
      ]);
      const [since, until] = [inMarch('02T00:00:00.000'), inMarch('03T00:00:00.000')];
      expect((await find({ since, until })).ids).toStrictEqual(['c.1', 'b.1']);
      expect((await find({ since })).total).toBe(3);
      expect((await find({ until })).total).toBe(3);
    });

    test('goes through everything page by page, and says each time how much there is', async () => {
      await addPrompts(...Array.from({ length: 7 }, (_, at) => `fox ${at}`));
      const pages = [0, 3, 6, 9].map((from) => find({ words: 'fox' }, {}, { from, size: 3 }));
      expect(await Promise.all(pages)).toStrictEqual([
        { ids: ['job6.1', 'job5.1', 'job4.1'], total: 7 },
        { ids: ['job3.1', 'job2.1', 'job1.1'], total: 7 },
        { ids: ['job0.1'], total: 7 },
        { ids: [], total: 7 },
      ]);
    });

    test('keeps to a channel, a person and a tenant', async () => {
      const place = { platform: 'web', tenant: 'web', channel: 'c' };
      await pictures.add([
        newPicture('mine here'),
        newPicture('mine there', { place: { ...place, channel: 'd' } }),
        newPicture('theirs here', { person: { id: 'bob', name: 'Bob' } }),
        newPicture('abroad', { place: { ...place, tenant: 'other' } }),
        newPicture('other platform', { place: { ...place, platform: 'slack' } }),
      ]);
      expect((await find()).total).toBe(3);
      expect((await find({}, { channel: 'c' })).ids).toStrictEqual([
        'theirs here.1',
        'mine here.1',
      ]);
      expect((await find({}, { person: 'ada' })).ids).toStrictEqual([
        'mine there.1',
        'mine here.1',
      ]);
      expect((await find({}, { tenant: 'other' })).ids).toStrictEqual(['abroad.1']);
      expect((await find({}, { platform: 'discord' })).ids).toStrictEqual([]);
    });

    test('gives the parents along', async () => {
      await pictures.add([newPicture('a', { parents: ['b.1', 'c.g2'] })]);
      const filter = { words: '', model: '', since: undefined, until: undefined };
      const found = await pictures.search(filter, everybody, { from: 0, size: 1 });
      expect(found.pictures[0]?.parents).toStrictEqual(['b.1', 'c.g2']);
    });
  });

  describe('a person’s collection', () => {
    test('holds what this person saved, once', async () => {
      await addPrompts('one', 'two', 'three');
      await pictures.save('job0.1', 'ada', later);
      await pictures.save('job0.1', 'ada', new Date());
      await pictures.save('job2.1', 'ada', later);
      await pictures.save('job1.1', 'bob', later);
      expect(await find({}, { savedBy: 'ada' })).toStrictEqual({
        ids: ['job2.1', 'job0.1'],
        total: 2,
      });
      expect(await pictures.isSavedBy('job0.1', 'ada')).toBe(true);
      expect(await pictures.isSavedBy('job0.1', 'bob')).toBe(false);
    });

    test('loses what was deleted', async () => {
      await addPrompts('one');
      await pictures.save('job0.1', 'ada', later);
      await pictures.change('job0.1', { deletedAt: later });
      expect((await find({}, { savedBy: 'ada' })).total).toBe(0);
    });
  });

  describe('changing', () => {
    test('changes what is named and nothing else', async () => {
      const before = newPicture('a', { parents: ['b.1'] });
      await pictures.add([before, newPicture('other')]);
      await pictures.change('a.1', { altText: 'Two foxes' });
      expect(await pictures.read('a.1')).toStrictEqual({ ...before, altText: 'Two foxes' });
      await pictures.change('a.1', { deletedAt: later });
      await pictures.change('a.1', {});
      expect(await pictures.read('a.1')).toStrictEqual({
        ...before,
        altText: 'Two foxes',
        deletedAt: later,
      });
      expect(await pictures.read('other.1')).toStrictEqual(newPicture('other'));
    });

    test('does nothing to what is not there', async () => {
      await pictures.change('nobody.1', { altText: 'x' });
      expect(await pictures.read('nobody.1')).toBeUndefined();
    });
  });

  describe('posts', () => {
    test('tell where a picture can be seen, in the order in which it was posted', async () => {
      const [first, second] = ['9', '10'].map((id) => {
        return { picture: 'a.1', message: refOf(id), fileName: 'a.png' };
      });
      await pictures.addPosts([first!]);
      await pictures.addPosts([
        { picture: 'b.1', message: refOf('9'), fileName: 'b.png' },
        second!,
      ]);
      await pictures.addPosts([second!, first!]);
      expect(await pictures.postsOf('a.1')).toStrictEqual([first, second]);
      expect(await pictures.postsOf('nobody.1')).toStrictEqual([]);
    });

    test('tell what a message carries, by number, deleted ones too', async () => {
      await pictures.add([
        newPicture('a', { number: 2 }),
        newPicture('a', { number: 1, deletedAt: later }),
        newPicture('b'),
      ]);
      await pictures.addPosts([
        { picture: 'a.2', message: refOf('1'), fileName: 'two.png' },
        { picture: 'a.1', message: refOf('1'), fileName: 'one.fit.jpeg' },
        { picture: 'b.1', message: refOf('2'), fileName: 'three.png' },
        { picture: 'b.1', message: refOf('1', 'other'), fileName: 'four.png' },
      ]);
      const carried = await pictures.inMessage(refOf('1'));
      expect(carried.map(({ picture, fileName }) => [picture.id, fileName])).toStrictEqual([
        ['a.1', 'one.fit.jpeg'],
        ['a.2', 'two.png'],
      ]);
      expect(await pictures.inMessage(refOf('3'))).toStrictEqual([]);
      expect(await pictures.inMessage({ ...refOf('1'), platform: 'slack' })).toStrictEqual([]);
    });

    test('of pictures that nobody knows carry nothing', async () => {
      await pictures.addPosts([{ picture: 'gone.1', message: refOf('1'), fileName: 'a.png' }]);
      expect(await pictures.inMessage(refOf('1'))).toStrictEqual([]);
    });
  });

  describe('counting closed jobs', () => {
    const before = new Date('2026-01-02T00:00:00Z');

    test('counts those whose invocation begins like this and that were closed before then', async () => {
      await close('again:a:0', '2026-01-01T00:00:00Z');
      await close('again:a:1', '2026-01-01T23:59:59.999Z');
      await close('again:a:2', '2026-01-02T00:00:00Z');
      await store.jobs.accept(newJob('open', { invocationId: 'again:a:3' }));
      await close('again:ab:0', '2026-01-01T00:00:00Z');
      await close('vary:a:0', '2026-01-01T00:00:00Z');
      expect(await store.jobs.countClosed('again:a:', before)).toBe(2);
      expect(await store.jobs.countClosed('again:', before)).toBe(3);
      expect(await store.jobs.countClosed('again:b', before)).toBe(0);
    });

    test('takes what means something to a pattern as it stands', async () => {
      await close('again:a_b:0', '2026-01-01T00:00:00Z');
      await close('again:aXb:0', '2026-01-01T00:00:00Z');
      await close('again:a🗼:0', '2026-01-01T00:00:00Z');
      expect(await store.jobs.countClosed('again:a_b:', before)).toBe(1);
      expect(await store.jobs.countClosed('again:%', before)).toBe(0);
      expect(await store.jobs.countClosed('again:a', before)).toBe(3);
    });
  });
}

function inMarch(text: string): Date {
  return new Date(`2026-03-${text}Z`);
}

function refOf(id: string, channel = 'c'): MessageRef {
  return { platform: 'web', channel, id, details: { token: id } };
}
