/** Has a task done by a process of its own (see `worker/worker.ts`), a few at a time. */
import { execFile, type ExecFileException } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { z } from 'zod';
import { createMemoryGate } from '../pictures/take-in/memory-gate.ts';
import { outcomeSchema } from './outcome.ts';
import { SoundError } from './sound-error.ts';
import type { Task } from './task.ts';

const WORKER = fileURLToPath(new URL('worker/worker.ts', import.meta.url));
/** Three hours take half a minute to cut and some minutes to encode. */
const TIME_LIMIT_MS = 15 * 60_000;
const WORKER_BYTES = 150_000_000;
const MOST_WORKERS = 2;
/** Twelve hours can have thousands of cuts. */
const ANSWER_BYTES = 16_000_000;

const gate = createMemoryGate(MOST_WORKERS * WORKER_BYTES);
const run = promisify(execFile);

/** Throws `SoundError` for what can be said to whoever sent the recording. */
export async function askWorker<Answer>(
  task: Task,
  answer: z.ZodType<Answer>,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<Answer> {
  const outcome = await gate.run(WORKER_BYTES, () => start(task, timeLimitMs));
  if (outcome.kind === 'refused') throw new SoundError(outcome.trouble);
  return answer.parse(outcome.answer);
}

async function start(task: Task, timeLimitMs: number) {
  const words = ['--max-semi-space-size=1', WORKER, JSON.stringify(task)];
  try {
    const { stdout } = await run(process.execPath, words, {
      env: toEnvironment(),
      timeout: timeLimitMs,
      killSignal: 'SIGKILL',
      maxBuffer: ANSWER_BYTES,
    });
    return outcomeSchema.parse(JSON.parse(stdout));
  } catch (error) {
    throw toError(error);
  }
}

/** Nothing of what Easel knows, such as its keys; where Node keeps compiled code, it starts in half the time. */
function toEnvironment(): Record<string, string> {
  const cache = getCompileCacheDir();
  return cache === undefined ? {} : { NODE_COMPILE_CACHE: cache };
}

function toError(error: unknown): unknown {
  if (!isExecError(error)) return error;
  if (error.killed) return new SoundError('too-slow', { cause: error });
  // It fell over the file; a bug of ours would have ended with a code.
  if (error.signal) return new SoundError('no-sound', { cause: error });
  return error;
}

function isExecError(error: unknown): error is ExecFileException {
  return error instanceof Error && 'killed' in error && 'signal' in error;
}
