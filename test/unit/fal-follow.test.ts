import { expect, test } from 'vitest';
import type { FalQueue, QueueStatus, ResultOutcome } from '../../src/fal/fal-queue.ts';
import { follow, type FollowEnd, type FollowProgress } from '../../src/fal/follow.ts';
import { createManualClock } from '../support/manual-clock.ts';

const request = { endpoint: 'fal-ai/qwen-image', requestId: 'r-1' };
const LIMITS = { waitMs: 15 * 60_000, totalMs: 60 * 60_000 };
const WAITING: QueueStatus = { kind: 'waiting', position: 2 };
const RUNNING: QueueStatus = { kind: 'running', logs: [{ message: 'step 1' }] };
const COMPLETED: QueueStatus = { kind: 'completed' };
const UNCLEAR: QueueStatus = { kind: 'unclear', reason: 'no answer in time' };
const OUTPUT: ResultOutcome = {
  kind: 'output',
  output: { images: [] },
  billableUnits: 1.5,
};

interface Script {
  /** The last one stays. */
  readonly statuses: readonly QueueStatus[];
  readonly results?: readonly ResultOutcome[];
  readonly submittedMsAgo?: number;
}

function startFollowing({ statuses, results = [OUTPUT], submittedMsAgo = 0 }: Script) {
  const clock = createManualClock();
  const asked = { status: 0, result: 0, cancel: 0 };
  const queue: Pick<FalQueue, 'status' | 'result' | 'cancel'> = {
    status: async () => statuses[Math.min(asked.status++, statuses.length - 1)] ?? UNCLEAR,
    result: async () =>
      results[Math.min(asked.result++, results.length - 1)] ?? { kind: 'unclear', reason: '' },
    cancel: async () => {
      asked.cancel += 1;
      return 'requested';
    },
  };
  const stop = new AbortController();
  const submittedAt = new Date(clock.now().getTime() - submittedMsAgo);
  const progress: FollowProgress[] = [];
  const state: { end?: FollowEnd; error?: unknown } = {};
  const updates = follow({
    queue,
    request,
    submittedAt,
    clock,
    signal: stop.signal,
    limits: LIMITS,
  });
  void (async () => {
    try {
      let update = await updates.next();
      while (!update.done) {
        progress.push(update.value);
        update = await updates.next();
      }
      state.end = update.value;
    } catch (error) {
      state.error = error;
    }
  })();
  return { clock, asked, stop, progress, state };
}

test('tells the wait, the work and the output', async () => {
  const { clock, progress, state, asked } = startFollowing({
    statuses: [WAITING, RUNNING, COMPLETED],
  });
  await clock.advance(1500);
  expect(progress).toEqual([WAITING, RUNNING]);
  expect(state.end).toEqual(OUTPUT);
  expect(asked).toEqual({ status: 3, result: 1, cancel: 0 });
});

test('asks twice a second at first and every three seconds later', async () => {
  const { clock, asked } = startFollowing({ statuses: [RUNNING] });
  await clock.advance(4900);
  expect(asked.status).toBe(10);
  await clock.advance(115_100);
  expect(clock.sleeps.at(-1)).toBe(3000);
  expect(asked.status).toBeLessThan(65);
});

test('the wait in line ends after its limit: cancelled at fal, with a clear sentence', async () => {
  const { clock, state, asked } = startFollowing({
    statuses: [WAITING],
    results: [{ kind: 'cancelled' }],
  });
  await clock.advance(LIMITS.waitMs - 5000);
  expect(state.end).toBeUndefined();
  await clock.advance(10_000);
  expect(asked.cancel).toBe(1);
  expect(state.end).toMatchObject({
    kind: 'failed',
    failure: {
      audience: 'service',
      retryable: true,
      text: expect.stringContaining('did not begin') as unknown,
    },
  });
  expect(clock.sleeperCount()).toBe(0);
});

test('work that runs is not held to the limit for waiting, but to the overall one', async () => {
  const { clock, state, asked } = startFollowing({ statuses: [RUNNING] });
  await clock.advance(LIMITS.waitMs + 60_000);
  expect(state.end).toBeUndefined();
  await clock.advance(LIMITS.totalMs - LIMITS.waitMs);
  expect(asked.cancel).toBe(1);
  // What was made by then is paid for: it is delivered rather than dropped.
  expect(state.end).toEqual(OUTPUT);
});

test('limits count from the submission, so that a restart resumes them', async () => {
  const late = startFollowing({
    statuses: [WAITING],
    results: [{ kind: 'still-running' }],
    submittedMsAgo: LIMITS.waitMs,
  });
  await late.clock.advance(0);
  expect(late.state.end).toMatchObject({ kind: 'failed' });
});

test('a finished request is collected however late the restart comes', async () => {
  const { clock, state, asked } = startFollowing({
    statuses: [COMPLETED],
    submittedMsAgo: LIMITS.totalMs * 2,
  });
  await clock.advance(0);
  expect(state.end).toEqual(OUTPUT);
  expect(asked.cancel).toBe(0);
});

test('unclear answers are asked again, ever more slowly, until it clears up', async () => {
  const { clock, state, progress } = startFollowing({
    statuses: [UNCLEAR, UNCLEAR, UNCLEAR, RUNNING, COMPLETED],
    results: [{ kind: 'unclear', reason: '502' }, OUTPUT],
  });
  await clock.advance(30_000);
  expect(clock.sleeps.slice(0, 3)).toEqual([1000, 2000, 4000]);
  expect(progress).toEqual([RUNNING]);
  expect(state.end).toEqual(OUTPUT);
});

test('a fal that stays unclear is given up at the overall limit', async () => {
  const { clock, state, asked } = startFollowing({
    statuses: [UNCLEAR],
    results: [{ kind: 'unclear', reason: '' }],
  });
  await clock.advance(LIMITS.totalMs + 20_000);
  expect(state.end).toMatchObject({ kind: 'failed', failure: { audience: 'service' } });
  expect(asked.cancel).toBe(1);
  expect(asked.status).toBeLessThan(300);
});

test('a result that never becomes readable ends in a sentence after ten minutes', async () => {
  const { clock, state } = startFollowing({
    statuses: [COMPLETED],
    results: [{ kind: 'unclear', reason: 'fal’s result was no JSON' }],
  });
  await clock.advance(9 * 60_000);
  expect(state.end).toBeUndefined();
  await clock.advance(2 * 60_000);
  expect(state.end).toMatchObject({
    failure: { text: expect.stringContaining('hand over') as unknown },
  });
});

test('“completed” that turns out too early is followed on', async () => {
  const { clock, state, asked } = startFollowing({
    statuses: [COMPLETED, COMPLETED],
    results: [{ kind: 'still-running' }, OUTPUT],
  });
  await clock.advance(1000);
  expect(asked.result).toBe(2);
  expect(state.end).toEqual(OUTPUT);
});

const FAILURE = { audience: 'person', text: 'No.', retryable: false } as const;
test.each<[string, Script, object]>([
  ['forgotten', { statuses: [{ kind: 'gone' }] }, { kind: 'failed' }],
  ['result expired', { statuses: [COMPLETED], results: [{ kind: 'gone' }] }, { kind: 'failed' }],
  [
    'the job’s own failure',
    { statuses: [COMPLETED], results: [{ kind: 'failed', failure: FAILURE }] },
    { kind: 'failed', failure: FAILURE },
  ],
  ['cancelled', { statuses: [COMPLETED], results: [{ kind: 'cancelled' }] }, { kind: 'cancelled' }],
])('ends at once: %s', async (_name, script, end) => {
  const { clock, state } = startFollowing(script);
  await clock.advance(0);
  expect(state.end).toMatchObject(end);
});

test('an abort ends the wait with its reason and cancels nothing at fal', async () => {
  const { clock, stop, state, asked } = startFollowing({ statuses: [RUNNING] });
  await clock.advance(700);
  const reason = new Error('shutting down');
  stop.abort(reason);
  await clock.advance(0);
  expect(state.error).toBe(reason);
  expect(asked.cancel).toBe(0);
  expect(clock.sleeperCount()).toBe(0);
});
