import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock, type Clock } from '../../src/clock.ts';
import { createDownload } from '../../src/download.ts';
import { createFalQueue } from '../../src/fal/create-fal-queue.ts';
import type { FalQueue } from '../../src/fal/fal-queue.ts';
import { follow, type FollowEnd, type FollowProgress } from '../../src/fal/follow.ts';
import { startSandbox, type FaultRule, type Sandbox } from '../../src/fal/sandbox/sandbox.ts';
import { loadModels } from '../../src/models/load-models.ts';
import type { ModelRequest } from '../../src/models/model.ts';
import { noneClaimed } from '../support/none-claimed.ts';

/** Sleeps a fifth of what is asked for, as the sandbox works at a fraction of fal's time. */
const hastyClock: Clock = {
  now: () => systemClock.now(),
  sleep: (ms, signal) => systemClock.sleep(ms / 5, signal),
};
const models = await loadModels();
let sandbox: Sandbox;
let queue: FalQueue;
let folder: string;
beforeAll(async () => {
  sandbox = await startSandbox({ pace: { waitMs: 20, positions: 2, runMs: 60, logEveryMs: 15 } });
  folder = await mkdtemp(join(tmpdir(), 'easel-'));
  queue = createFalQueue({
    credentials: 'sandbox',
    addresses: sandbox.addresses,
    headers: {},
    fetch,
    timeLimits: { callMs: 1000, uploadMs: 1000 },
  });
});
beforeEach(() => {
  sandbox.faults.clear();
  sandbox.journal.clear();
});
afterAll(() => sandbox.close());

async function followToEnd(
  endpoint: string,
  requestId: string,
  limits = { waitMs: 3000, totalMs: 6000 },
) {
  const progress: FollowProgress[] = [];
  const updates = follow({
    queue,
    request: { endpoint, requestId },
    submittedAt: new Date(),
    clock: hastyClock,
    signal: AbortSignal.timeout(15_000),
    limits,
  });
  let update = await updates.next();
  while (!update.done) {
    progress.push(update.value);
    update = await updates.next();
  }
  return { progress, end: update.value satisfies FollowEnd };
}

async function ask(name: string, request: Partial<ModelRequest> = {}) {
  const adapter = models.find(name);
  const filled = { prompt: 'a lighthouse in fog', files: [], options: {}, ...request };
  const exact = adapter.toInput(filled);
  const outcome = await queue.submit(exact);
  return { adapter, outcome, ...exact };
}

async function draw(name: string, request: Partial<ModelRequest> = {}) {
  const { adapter, outcome, endpoint } = await ask(name, request);
  if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${outcome.kind}`);
  const { progress, end } = await followToEnd(endpoint, outcome.requestId);
  return { adapter, endpoint, progress, end };
}

function fetchFile(url: string) {
  return createDownload()({
    url,
    headers: {},
    hosts: [sandbox.fileHost],
    maxBytes: 20_000_000,
    timeoutMs: 5000,
    to: join(folder, `${Math.random()}`),
    signal: new AbortController().signal,
  });
}

test.each(['nano-banana-pro', 'qwen-image'])('%s draws, from submission to file', async (name) => {
  const { adapter, endpoint, progress, end } = await draw(name, {
    options: { count: 2, seed: 7 },
  });
  expect(progress.length).toBeGreaterThan(0);
  if (end.kind !== 'output') throw new Error(`ended as ${end.kind}`);
  const { media } = adapter.toResult(endpoint, end.output);
  expect(media).toHaveLength(2);
  expect(await fetchFile(media[0]?.url ?? '')).toMatchObject({ contentType: 'image/png' });
  expect(sandbox.journal.submits).toHaveLength(1);
});

test('an uploaded picture is edited', async () => {
  const path = join(folder, 'given.png');
  await sharp({ create: { width: 64, height: 64, channels: 3, background: 'navy' } }).toFile(path);
  const url = await queue.upload({ path, fileName: 'given.png', contentType: 'image/png' });
  expect(sandbox.journal.uploads).toMatchObject([
    { contentType: 'image/png', fileName: 'given.png' },
  ]);
  const { end, endpoint } = await draw('nano-banana-pro', {
    files: [{ url, media: 'image', option: undefined }],
  });
  expect(endpoint).toBe('fal-ai/nano-banana-pro/edit');
  expect(end.kind).toBe('output');
});

describe('one submission, whatever breaks', () => {
  test.each<[FaultRule, string, number]>([
    [{ kind: 'reset-before-answer' }, 'unknown', 1],
    [{ kind: 'reset-before-accept' }, 'unknown', 0],
    [{ kind: 'http-error', status: 502, accepted: true }, 'unknown', 1],
    [{ kind: 'http-error', status: 504 }, 'unknown', 0],
    [{ kind: 'html-error' }, 'unknown', 0],
    [{ kind: 'bad-json' }, 'unknown', 1],
    [{ kind: 'slow-headers', delayMs: 1500 }, 'unknown', 1],
    [{ kind: 'cut-body' }, 'unknown', 1],
    [{ kind: 'rate-limited' }, 'busy', 0],
    [{ kind: 'locked' }, 'refused', 0],
    [{ kind: 'bad-key' }, 'refused', 0],
  ])('%j is %s', async (fault, kind, mostSubmits) => {
    sandbox.faults.add(fault);
    // Its own words tell it from an earlier test's submission that arrives late.
    const prompt = JSON.stringify(fault);
    const { outcome, input } = await ask('qwen-image', { prompt });
    expect(outcome.kind).toBe(kind);
    const isOurs = (sent: unknown): boolean => isDeepStrictEqual(sent, input);
    const { requests, submits } = sandbox.journal;
    expect(requests.filter(({ body }) => isOurs(body)).length).toBeLessThanOrEqual(1);
    expect(submits.filter((submit) => isOurs(submit.input)).length).toBeLessThanOrEqual(
      mostSubmits,
    );
  });

  test('a lost submission is found again by its input', async () => {
    sandbox.faults.add({ kind: 'reset-before-answer' });
    const since = new Date();
    const { outcome, endpoint, input } = await ask('qwen-image', { options: { seed: 4711 } });
    expect(outcome.kind).toBe('unknown');
    await expect
      .poll(() => queue.lookBack({ endpoint, input, since, claimed: noneClaimed }), {
        timeout: 5000,
      })
      .toEqual({ kind: 'found', requestId: sandbox.journal.submits[0]?.requestId });
    expect(
      await queue.lookBack({ endpoint, input: { ...input, seed: 1 }, since, claimed: noneClaimed }),
    ).toEqual({
      kind: 'absent',
    });
  });
});

describe('what may go wrong with a request', () => {
  test.each<[FaultRule, string]>([
    [{ kind: 'job-fails' }, 'failed'],
    [{ kind: 'start-timeout' }, 'failed'],
    [{ kind: 'model-refuses' }, 'failed'],
    [{ kind: 'request-gone', times: 100 }, 'failed'],
    [{ kind: 'result-expired', times: 100 }, 'failed'],
    [{ kind: 'early-result' }, 'output'],
    [{ kind: 'unknown-status' }, 'output'],
    [{ kind: 'null-logs', times: 100 }, 'output'],
    [{ kind: 'hostile-logs' }, 'output'],
    [{ kind: 'http-error', on: ['status'], status: 503 }, 'output'],
    [{ kind: 'html-error', on: ['result'] }, 'output'],
    [{ kind: 'bad-json', on: ['result'] }, 'output'],
    [{ kind: 'cut-body', on: ['status'] }, 'output'],
    [{ kind: 'slow-headers', on: ['status'], delayMs: 1500 }, 'output'],
  ])('%j ends as %s', async (fault, kind) => {
    sandbox.faults.add(fault);
    const { end } = await draw('qwen-image');
    expect(end.kind).toBe(kind);
    const text = end.kind === 'failed' ? end.failure.text : 'No failure.';
    expect(text).toMatch(/^[A-Z“f].*\.$/u);
  });

  test('a line that does not move is left: cancelled at fal', async () => {
    sandbox.faults.add({ kind: 'stuck-in-queue' });
    const { outcome, endpoint } = await ask('qwen-image');
    if (outcome.kind !== 'accepted') throw new Error('not accepted');
    const { end } = await followToEnd(endpoint, outcome.requestId, { waitMs: 700, totalMs: 5000 });
    expect(end).toMatchObject({
      kind: 'failed',
      failure: { audience: 'service', retryable: true },
    });
    expect(sandbox.journal.cancels).toHaveLength(1);
  });

  test('a cancelled request ends as cancelled', async () => {
    sandbox.faults.add({ kind: 'stuck-in-queue' });
    const { outcome, endpoint } = await ask('qwen-image');
    if (outcome.kind !== 'accepted') throw new Error('not accepted');
    expect(await queue.cancel({ endpoint, requestId: outcome.requestId })).toBe('requested');
    expect((await followToEnd(endpoint, outcome.requestId)).end).toEqual({ kind: 'cancelled' });
  });

  test('a huge seed keeps its digits, a black picture is flagged', async () => {
    sandbox.faults.add({ kind: 'huge-seed' });
    sandbox.faults.add({ kind: 'nsfw' });
    const { adapter, endpoint, end } = await draw('qwen-image');
    if (end.kind !== 'output') throw new Error(`ended as ${end.kind}`);
    const result = adapter.toResult(endpoint, end.output);
    expect(result.seed).toBe('196619188014358660');
    expect(result.media.map(({ flagged }) => flagged)).toEqual([true]);
  });

  test.each<[FaultRule, string]>([
    [{ kind: 'zero-byte-file' }, 'empty'],
    [{ kind: 'html-file' }, 'wrong-type'],
    [{ kind: 'file-gone' }, 'not-found'],
    [{ kind: 'foreign-url', url: 'https://evil.example/a.png' }, 'host-not-allowed'],
  ])('%j: the file does not come, and why is clear', async (fault, trouble) => {
    sandbox.faults.add(fault);
    const { adapter, endpoint, end } = await draw('qwen-image');
    if (end.kind !== 'output') throw new Error(`ended as ${end.kind}`);
    const [file] = adapter.toResult(endpoint, end.output).media;
    await expect(fetchFile(file?.url ?? '')).rejects.toMatchObject({ trouble });
  });
});
