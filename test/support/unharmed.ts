/** What must still be true after bad inputs: Easel lives, and fal has heard nothing. */
import { expect } from 'vitest';
import type { World } from './world.ts';

export interface Before {
  readonly submits: number;
  readonly uploads: number;
  readonly errors: number;
}

export function remember({ sandbox, easel }: World): Before {
  const { submits, uploads } = sandbox.journal;
  return {
    submits: submits.length,
    uploads: uploads.length,
    errors: findErrors(easel.output().stderr).length,
  };
}

/** `fine` counts what came of inputs in between that were no bad ones. */
export async function expectUnharmed(
  world: World,
  before: Before,
  fine: { readonly submits?: number; readonly uploads?: number } = {},
): Promise<void> {
  const { sandbox, easel } = world;
  const health = await fetch(`${easel.url}/healthz`);
  expect(health.status).toBe(200);
  expect(process.kill(easel.pid, 0)).toBe(true);
  expect(sandbox.journal.submits.length - before.submits).toBe(fine.submits ?? 0);
  expect(sandbox.journal.uploads.length - before.uploads).toBe(fine.uploads ?? 0);
  const { stderr } = easel.output();
  expect(stderr).not.toMatch(/unhandledRejection|uncaught|unheard/iu);
  const errors = findErrors(stderr).slice(before.errors);
  expect(errors.filter((line) => !BY_BOLT.test(line))).toEqual([]);
}

/** Bolt itself complains of events that are signed and still none. */
const BY_BOLT =
  /"msg":"An (?:incoming event was not acknowledged|unhandled error occurred after ack)/u;

/** Somebody else's mistake is no error of Easel's. */
function findErrors(stderr: string): string[] {
  return stderr.split('\n').filter((line) => /"level":"(?:error|fatal)"/u.test(line));
}

/** A refusal in plain words: no technical ones, and never the sentence for bugs. */
export function expectPlainWords(text: string): void {
  expect(text).not.toBe('');
  expect(text).not.toMatch(NO_PLAIN_WORDS);
}

export const NO_PLAIN_WORDS =
  /undefined|\[object|TypeError|ZodError|\bat \w+ \(|sandbox:key|Something went wrong/u;
