import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gather } from '../../src/jobs/gather.ts';
import type { JobIn, JobResult } from '../../src/jobs/job.ts';
import type { JobParts } from '../../src/jobs/job-parts.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { newJob } from '../support/new-job.ts';

const clock = createManualClock();
let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-gather-'));
  store = await openStore({ folder, clock });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

function file(name: string): JobResult['files'][number] {
  return { path: `files/${name}`, fileName: name, contentType: 'image/png', bytes: 1 };
}

async function gatherResults(results: readonly JobResult[]): Promise<JobResult> {
  const ids = results.map((_, at) => `part-${at}`);
  await store.jobs.accept(newJob('whole'));
  for (const [at, result] of results.entries()) {
    await store.jobs.accept(newJob(`part-${at}`, { parent: 'whole' }));
    const fetched = { state: 'fetched', requestId: `r${at}`, result } as const;
    await store.jobs.advance(`part-${at}`, 'accepted', fetched, { closedAt: clock.now() });
  }
  const gathering = await store.jobs.advance('whole', 'accepted', {
    state: 'gathering',
    parts: ids,
  });
  const platform = { name: 'web', limits: { editScope: 'message', editEveryMs: 1 } };
  const parts = {
    store,
    clock,
    platforms: new Map([['web', platform]]),
    models: { find: () => ({ endpoints: [] }) },
  } as unknown as JobParts;
  const whole = await gather(gathering as JobIn<'gathering'>, parts, {
    signal: new AbortController().signal,
    driveToEnd: async () => undefined,
  });
  if (whole.state !== 'fetched') throw new Error(whole.state);
  return whole.result;
}

test('several results become one: all files and words, the first seed, and every cost', async () => {
  const result = await gatherResults([
    {
      files: [file('a.png')],
      withheld: 0,
      made: 1,
      seed: '7',
      text: 'One.',
      seconds: 3,
      cost: { dollars: 0.15, isEstimate: false },
    },
    {
      files: [file('b.png'), file('c.png')],
      withheld: 1,
      made: 3,
      seed: '8',
      text: 'Two.',
      seconds: 2,
      cost: { dollars: 0.5, isEstimate: true },
    },
  ]);
  expect(result).toMatchObject({
    files: [file('a.png'), file('b.png'), file('c.png')],
    withheld: 1,
    made: 4,
    seed: '7',
    text: 'One.\n\nTwo.',
    seconds: 3,
    cost: { dollars: 0.65, isEstimate: true },
  });
});

test('where one cost is not known, no sum is', async () => {
  const one = { files: [file('a.png')], withheld: 0, seconds: 1 };
  const cost = { dollars: 0.15, isEstimate: false };
  expect((await gatherResults([{ ...one, cost }, one])).cost).toBeUndefined();
});
