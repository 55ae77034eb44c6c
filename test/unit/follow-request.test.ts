import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadModels } from '../../src/models/load-models.ts';
import { createDownload } from '../../src/download.ts';
import type { FalQueue, QueueStatus } from '../../src/fal/fal-queue.ts';
import { createEditBudget } from '../../src/jobs/edit-budget.ts';
import { followRequest } from '../../src/jobs/follow-request.ts';
import type { Job, JobIn } from '../../src/jobs/job.ts';
import type { JobParts } from '../../src/jobs/job-parts.ts';
import { createTakeIn } from '../../src/pictures/take-in/take-in-picture.ts';
import { NO_ADDRESSES } from '../../src/pictures/signed-address.ts';
import type { StatusMessage } from '../../src/platforms/platform.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { newJob } from '../support/new-job.ts';
import { createOneMessagePlatform, unused } from '../support/one-message-platform.ts';

const models = await loadModels();

const MINUTE = 60_000;
const ref = { platform: 'web', channel: 'main', id: 'm1', details: {} };

let folder: string;
let store: Store;
let clock: ManualClock;
let cancels: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-follow-'));
  clock = createManualClock();
  store = await openStore({ folder, clock });
  cancels = [];
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

function makeParts(status: QueueStatus, reachableUntil: Date | undefined): JobParts {
  const queue: FalQueue = {
    status: async () => status,
    result: async () => ({ kind: 'still-running' }),
    cancel: async ({ requestId }) => {
      cancels.push(requestId);
      return 'requested';
    },
    submit: unused,
    upload: unused,
    lookBack: unused,
  };
  const message: StatusMessage = {
    ref,
    reachableUntil,
    fileLimits: { bytesPerFile: 1, bytesPerMessage: 1, filesPerMessage: 1 },
    update: async () => undefined,
    deliver: unused,
  };
  const platform = createOneMessagePlatform(message);
  const log = pino({ level: 'silent' });
  return {
    store,
    queue,
    models,
    platforms: new Map([['web', platform]]),
    budget: createEditBudget({ clock, log }),
    download: createDownload(),
    takeIn: createTakeIn(),
    falFileHosts: [],
    flaggedPictures: 'withhold',
    hasPictureMetadata: true,
    addresses: NO_ADDRESSES,
    falLimits: { waitMs: 30 * MINUTE, totalMs: 60 * MINUTE, lookBackMs: MINUTE },
    dataFolder: folder,
    clock,
    log,
  };
}

async function follow(parts: JobParts): Promise<{ ended: Promise<Job> }> {
  await store.jobs.accept(newJob('a'));
  await store.jobs.amend('a', { status: ref });
  const submitted = await store.jobs.advance('a', 'accepted', {
    state: 'submitted',
    requestId: 'r1',
    submittedAt: clock.now(),
  });
  return {
    ended: followRequest(submitted as JobIn<'submitted'>, parts, new AbortController().signal),
  };
}

test.each([
  ['waits in line', { kind: 'waiting', position: 3 }],
  ['is being drawn', { kind: 'running', logs: [] }],
] as const)(
  'where the chat closes its door after 15 minutes, what still %s is cancelled a minute before',
  async (_, status) => {
    const until = new Date(clock.now().getTime() + 15 * MINUTE);
    const { ended } = await follow(makeParts(status, until));
    await clock.advance(13.9 * MINUTE);
    expect(cancels).toEqual([]);
    await clock.advance(0.2 * MINUTE);
    expect(await ended).toMatchObject({ state: 'failed', failure: { retryable: true } });
    expect(cancels).toEqual(['r1']);
  },
);

test('where the door stays open, the operator’s own limit holds', async () => {
  const { ended } = await follow(makeParts({ kind: 'waiting', position: 3 }, undefined));
  await clock.advance(29 * MINUTE);
  expect(cancels).toEqual([]);
  await clock.advance(2 * MINUTE);
  expect(await ended).toMatchObject({ state: 'failed' });
});
