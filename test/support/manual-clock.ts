/** A clock whose hands the test turns. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/clock.ts';

export interface ManualClock extends Clock {
  /**
   * Moves on by `ms`, waking sleepers in the order of their times; whoever sleeps again is woken
   * again if that is due as well.
   */
  advance(ms: number): Promise<void>;
  /** Milliseconds of every sleep so far. */
  readonly sleeps: readonly number[];
  /** How many are asleep just now. */
  sleeperCount(): number;
}

interface Sleeper {
  readonly wakesAt: number;
  wake(): void;
}

/** What a woken sleeper needs to come to its next sleep, as long as it does no real I/O. */
const TURNS = 20;

export function createManualClock(start = new Date('2026-01-01T00:00:00.000Z')): ManualClock {
  let now = start.getTime();
  const sleepers = new Set<Sleeper>();
  const sleeps: number[] = [];
  const nextDue = (end: number): Sleeper | undefined =>
    [...sleepers].filter(({ wakesAt }) => wakesAt <= end).sort((a, b) => a.wakesAt - b.wakesAt)[0];
  return {
    sleeps,
    now: () => new Date(now),
    sleeperCount: () => sleepers.size,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        sleeps.push(ms);
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          wakesAt: now + ms,
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
      }),
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let due = nextDue(end); due; due = nextDue(end)) {
        now = Math.max(now, due.wakesAt);
        due.wake();
        await settle();
      }
      now = end;
    },
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
}
