/** What every store must do, whatever database is behind it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import type { Store } from '../../src/store/store.ts';
import { newJob, ref } from '../support/new-job.ts';

/** Hands out a fresh, empty store each time. */
type OpenEmptyStore = (clock: Clock) => Promise<Store>;

export function storeContract(open: OpenEmptyStore): void {
  let now = new Date('2026-01-01T00:00:00Z');
  let store: Store;
  beforeEach(async () => {
    now = new Date('2026-01-01T00:00:00Z');
    store = await open({ now: () => now, sleep: () => Promise.resolve() });
  });
  afterEach(() => store.close());

  async function finish(id: string, seconds: number, endpoint = 'fal-ai/qwen-image') {
    await store.jobs.accept(newJob(id, { endpoint }));
    await store.jobs.advance(id, 'accepted', {
      state: 'submitted',
      requestId: id,
      submittedAt: now,
    });
    now = new Date(now.getTime() + seconds * 1000);
    await store.jobs.advance(id, 'submitted', {
      state: 'finished',
      requestId: id,
      output: {},
      seconds,
    });
  }

  describe('accepting', () => {
    test('gives the job back as it was handed in, nothing more known', async () => {
      const wish = newJob('a', {
        place: { platform: 'slack', tenant: 'E:T', channel: 'C', thread: '1.2' },
      });
      const job = await store.jobs.accept(wish);
      expect(job).toStrictEqual({
        ...wish,
        state: 'accepted',
        deliveryCheckpoint: undefined,
        cancelRequestedAt: undefined,
        closedAt: undefined,
      });
      expect(await store.jobs.read('a')).toStrictEqual(job);
    });

    test('makes no second job of a redelivered invocation', async () => {
      await store.jobs.accept(newJob('a', { invocationId: 'slack:Ev1' }));
      expect(await store.jobs.accept(newJob('b', { invocationId: 'slack:Ev1' }))).toBeUndefined();
      expect(await store.jobs.read('b')).toBeUndefined();
      expect(await store.jobs.listOpenIds()).toHaveLength(1);
    });

    test('lets exactly one of many redeliveries through when they come at once', async () => {
      const tries = Array.from({ length: 20 }, (_, at) =>
        store.jobs.accept(newJob(`job-${at}`, { invocationId: 'same' })),
      );
      const jobs = await Promise.all(tries);
      expect(jobs.filter((job) => job !== undefined)).toHaveLength(1);
    });

    test('knows no job that was never accepted', async () => {
      expect(await store.jobs.read('nobody')).toBeUndefined();
    });
  });

  describe('parts of a job', () => {
    test('keep whose they are, and where the whole is shown', async () => {
      await store.jobs.accept(newJob('whole'));
      const part = await store.jobs.accept(newJob('part', { parent: 'whole', status: ref }));
      expect(part).toMatchObject({ parent: 'whole', status: ref });
    });

    test('are neither taken up by themselves nor stopped by name of the newest', async () => {
      await store.jobs.accept(newJob('whole'));
      await store.jobs.accept(newJob('part', { parent: 'whole' }));
      expect(await store.jobs.listOpenIds()).toEqual(['whole']);
      const where = { person: 'ada', platform: 'web', channel: 'c' };
      expect(await store.jobs.newestOpen(where)).toMatchObject({ id: 'whole' });
    });
  });

  test('requests that belong to a job are told from those that belong to none', async () => {
    await finish('mine', 1);
    await store.jobs.accept(newJob('under way'));
    await store.jobs.advance('under way', 'accepted', {
      state: 'submitted',
      requestId: 'r%_',
      submittedAt: now,
    });
    const claimed = await store.jobs.claimed(['mine', 'r%_', 'min', 'rXY', 'nobody’s']);
    expect([...claimed].toSorted()).toEqual(['mine', 'r%_']);
  });

  describe('advancing', () => {
    const since = new Date('2026-01-01T00:00:01.005Z');
    const result = { files: [], withheld: 1, seed: '18446744073709551615', seconds: 2.5 };
    test.each([
      { state: 'submitting', input: { prompt: 'x', nested: [1, null] }, since },
      { state: 'unknown-submit', input: {}, since },
      { state: 'submitted', requestId: 'r', submittedAt: since },
      {
        state: 'finished',
        requestId: 'r',
        output: { images: [{ url: 'https://x' }] },
        seconds: 1.5,
      },
      { state: 'fetched', requestId: 'r', result },
      { state: 'delivered', requestId: 'r', result, messages: [ref] },
      { state: 'failed', failure: { audience: 'person', text: 'No.', retryable: false } },
      { state: 'cancelled' },
      { state: 'undecided', input: { seed: 1 }, since },
      { state: 'gathering', parts: ['b', 'c'] },
    ] as const)('keeps everything that belongs to $state', async (to) => {
      await store.jobs.accept(newJob('a'));
      const advanced = await store.jobs.advance('a', 'accepted', structuredClone(to) as never);
      expect(advanced).toMatchObject(to);
      expect(await store.jobs.read('a')).toStrictEqual(advanced);
    });

    test('refuses when the job has moved on, and changes nothing then', async () => {
      await store.jobs.accept(newJob('a'));
      await store.jobs.advance('a', 'accepted', { state: 'cancelled' });
      const late = await store.jobs.advance(
        'a',
        'accepted',
        { state: 'submitting', input: {}, since },
        { closedAt: since },
      );
      expect(late).toBeUndefined();
      expect(await store.jobs.read('a')).toMatchObject({ state: 'cancelled', closedAt: undefined });
    });

    test('lets exactly one of many win', async () => {
      await store.jobs.accept(newJob('a'));
      const tries = Array.from({ length: 20 }, (_, at) =>
        store.jobs.advance('a', 'accepted', {
          state: 'submitting',
          input: { try: at },
          since,
        }),
      );
      const winners = (await Promise.all(tries)).filter((job) => job !== undefined);
      expect(winners).toHaveLength(1);
      expect(await store.jobs.read('a')).toStrictEqual(winners[0]);
    });

    test('writes state and change together', async () => {
      await store.jobs.accept(newJob('a'));
      const job = await store.jobs.advance(
        'a',
        'accepted',
        { state: 'cancelled' },
        { status: ref, closedAt: since },
      );
      expect(job).toMatchObject({ state: 'cancelled', status: ref, closedAt: since });
    });

    test('knows no job that was never accepted', async () => {
      expect(
        await store.jobs.advance('nobody', 'accepted', { state: 'cancelled' }),
      ).toBeUndefined();
    });
  });

  describe('amending', () => {
    test('changes the named keys and no others', async () => {
      await store.jobs.accept(newJob('a'));
      await store.jobs.amend('a', { status: ref });
      await store.jobs.amend('a', { deliveryCheckpoint: { posted: ['1', null] } });
      await store.jobs.amend('a', { cancelRequestedAt: now });
      await store.jobs.amend('a', {});
      expect(await store.jobs.read('a')).toMatchObject({
        state: 'accepted',
        status: ref,
        deliveryCheckpoint: { posted: ['1', null] },
        cancelRequestedAt: now,
        closedAt: undefined,
      });
    });

    test('forgets what is set to undefined', async () => {
      await store.jobs.accept(newJob('a'));
      await store.jobs.amend('a', { status: ref, closedAt: now });
      await store.jobs.amend('a', { status: undefined, closedAt: undefined });
      expect(await store.jobs.read('a')).toMatchObject({ status: undefined, closedAt: undefined });
    });
  });

  describe('looking', () => {
    test('lists open jobs in the order of their arrival', async () => {
      for (const id of ['c', 'a', 'd', 'b']) await store.jobs.accept(newJob(id));
      await store.jobs.amend('a', { closedAt: now });
      expect(await store.jobs.listOpenIds()).toStrictEqual(['c', 'd', 'b']);
    });

    test('finds the newest open job of one person in one place', async () => {
      const elsewhere = { platform: 'web', tenant: 'web', channel: 'other' };
      await store.jobs.accept(newJob('first'));
      await store.jobs.accept(newJob('second'));
      await store.jobs.accept(newJob('closed'));
      await store.jobs.accept(newJob('elsewhere', { place: elsewhere }));
      await store.jobs.accept(newJob('theirs', { person: { id: 'bob', name: 'Ada' } }));
      await store.jobs.amend('closed', { closedAt: now });
      const where = { person: 'ada', platform: 'web', channel: 'c' };
      expect(await store.jobs.newestOpen(where)).toMatchObject({ id: 'second' });
      expect(await store.jobs.newestOpen({ ...where, platform: 'slack' })).toBeUndefined();
    });

    test('remembers how long the newest finished jobs of an endpoint took', async () => {
      await finish('a', 10);
      await finish('b', 20);
      await finish('c', 30);
      await finish('other', 99, 'fal-ai/other');
      await store.jobs.accept(newJob('waiting'));
      expect(await store.jobs.pastDurations('fal-ai/qwen-image', 2)).toStrictEqual([
        30_000, 20_000,
      ]);
      expect(await store.jobs.pastDurations('fal-ai/unused', 2)).toStrictEqual([]);
    });
  });

  describe('records', () => {
    test('are read as they were written, and written over', async () => {
      const records = store.records('web');
      await records.write('messages', '1', { text: 'é "x" \u0000', list: [1, null] });
      expect(await records.read('messages', '1')).toStrictEqual({
        text: 'é "x" \u0000',
        list: [1, null],
      });
      await records.write('messages', '1', 'new');
      expect(await records.read('messages', '1')).toBe('new');
      await records.remove('messages', '1');
      expect(await records.read('messages', '1')).toBeUndefined();
    });

    test('never mix namespaces or collections', async () => {
      await store.records('web').write('a', '1', 'mine');
      expect(await store.records('slack').read('a', '1')).toBeUndefined();
      expect(await store.records('web').read('b', '1')).toBeUndefined();
      await store.records('slack').remove('a', '1');
      expect(await store.records('web').read('a', '1')).toBe('mine');
    });

    test('can be claimed once, however many try', async () => {
      const records = store.records('web');
      const tries = Array.from({ length: 20 }, (_, at) => records.claim('seen', 'x', at));
      const claimed = await Promise.all(tries);
      expect(claimed.filter(Boolean)).toHaveLength(1);
      expect(await records.read('seen', 'x')).toBe(claimed.indexOf(true));
    });

    test('list the newest, oldest of them first, by first write', async () => {
      const records = store.records('web');
      for (const id of ['z', 'y', 'x', 'w']) await records.write('list', id, id);
      await records.write('list', 'z', 'changed');
      await records.write('other', 'q', 'q');
      expect((await records.list('list', 3)).map(({ id }) => id)).toStrictEqual(['y', 'x', 'w']);
      expect((await records.list('list', 9))[0]).toStrictEqual({ id: 'z', value: 'changed' });
    });
  });
}
