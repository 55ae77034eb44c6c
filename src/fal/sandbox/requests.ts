/** The queue: requests stand in line, run, and end; nothing is ever lost but by its age. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { FaultOf, OutputFault, Subject } from './faults.ts';
import { toLogLine, type LogLine } from './log-lines.ts';
import type { Parts } from './parts.ts';
import { refuseAsQueue, type Refusal } from './refusal.ts';
import { carryOut, takeFailure, type Outcome } from './work.ts';

/** fal forgets results about an hour after they are made. */
const KEPT_MS = 3_600_000;

export type Progress =
  | { readonly state: 'queued'; readonly position: number }
  | { readonly state: 'running'; readonly startedAt: Date }
  | {
      readonly state: 'completed';
      readonly startedAt: Date;
      readonly endedAt: Date;
      readonly outcome: Outcome;
    };

export interface Submission {
  readonly endpoint: string;
  readonly input: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly webhook: string | undefined;
}

export interface QueuedRequest extends Submission {
  readonly id: string;
  readonly subject: Subject;
  readonly sentAt: Date;
  readonly logs: readonly LogLine[];
  readonly progress: Progress;
  /** Resolves when it has ended, well or badly. */
  readonly ended: Promise<void>;
}

export interface Requests {
  submit(submission: Submission): QueuedRequest;
  find(id: string): QueuedRequest | undefined;
  all(): readonly QueuedRequest[];
  /** Ends it as fal does: the result is then 499. */
  cancel(id: string): void;
  /** Ends it at once with a picture, as if it had been faster than the cancelling. */
  hurry(id: string): Promise<void>;
  /** Emits a request's id whenever its progress or log changes. */
  readonly changes: EventEmitter<Record<string, []>>;
  close(): Promise<void>;
}

interface Entry extends QueuedRequest {
  logs: LogLine[];
  progress: Progress;
  ended: Promise<void>;
  readonly stop: AbortController;
  readonly hurry: AbortController;
}

export function createRequests(
  parts: Parts,
  onEnd: (request: QueuedRequest) => Promise<void>,
): Requests {
  const entries = new Map<string, Entry>();
  const changes = new EventEmitter<Record<string, []>>().setMaxListeners(0);
  const work = new Set<Promise<void>>();

  function forget(): void {
    const limit = parts.clock.now().getTime() - KEPT_MS;
    for (const [id, { progress }] of entries) {
      if (progress.state === 'completed' && progress.endedAt.getTime() < limit) entries.delete(id);
    }
  }

  function submit(submission: Submission): QueuedRequest {
    forget();
    const entry = createEntry(parts, submission);
    entries.set(entry.id, entry);
    entry.ended = drive(parts, entry, () => changes.emit(entry.id));
    const whole = entry.ended.then(() => onEnd(entry));
    work.add(whole);
    void whole.finally(() => work.delete(whole));
    return entry;
  }

  return {
    submit,
    changes,
    find: (id) => entries.get(id),
    all: () => [...entries.values()],
    cancel: (id) => entries.get(id)?.stop.abort(),
    async hurry(id) {
      const entry = entries.get(id);
      entry?.hurry.abort();
      await entry?.ended;
    },
    async close() {
      for (const entry of entries.values()) entry.stop.abort();
      await Promise.allSettled(work);
    },
  };
}

function createEntry(parts: Parts, submission: Submission): Entry {
  const { endpoint, input } = submission;
  return {
    ...submission,
    id: randomUUID(),
    subject: { endpoint, prompt: findPrompt(input), path: `/queue/${endpoint}` },
    sentAt: parts.clock.now(),
    logs: [],
    progress: { state: 'queued', position: parts.pace().positions },
    ended: Promise.resolve(),
    stop: new AbortController(),
    hurry: new AbortController(),
  };
}

export function findPrompt(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('prompt' in input)) return undefined;
  return typeof input.prompt === 'string' ? input.prompt : undefined;
}

/** Rules are taken at the start, so that each meets exactly one request. */
interface JobFaults {
  readonly stuck: FaultOf<'stuck-in-queue'> | undefined;
  readonly startTimeout: FaultOf<'start-timeout'> | undefined;
  readonly hostileLogs: FaultOf<'hostile-logs'> | undefined;
  readonly failure: Refusal | undefined;
  readonly output: readonly OutputFault[];
}

/** Takes a request from the line to its end. Never rejects. */
async function drive(parts: Parts, entry: Entry, changed: () => void): Promise<void> {
  const faults: JobFaults = {
    stuck: parts.faults.take(['stuck-in-queue'], entry.subject),
    startTimeout: parts.faults.take(['start-timeout'], entry.subject),
    hostileLogs: parts.faults.take(['hostile-logs'], entry.subject),
    failure: takeFailure(parts.faults, entry.subject),
    output: parts.faults.takeOnOutput(entry.subject),
  };
  const show = (progress: Progress): void => {
    entry.progress = progress;
    changed();
  };
  let startedAt = entry.sentAt;
  const outcome = await toOutcome(entry, async () => {
    const isStarted = await waitInLine(parts, entry, { faults, show });
    if (!isStarted) return { kind: 'failure', refusal: START_TIMEOUT };
    startedAt = parts.clock.now();
    show({ state: 'running', startedAt });
    return run(parts, entry, { faults, changed });
  });
  show({ state: 'completed', startedAt, endedAt: parts.clock.now(), outcome });
}

const CANCELLED = refuseAsQueue(499, 'client_cancelled', 'Request was cancelled');
const START_TIMEOUT: Refusal = {
  status: 504,
  body: { detail: 'Request timed out', error_type: 'request_timeout' },
  headers: { 'x-fal-error-type': 'request_timeout', 'x-fal-request-timeout-type': 'user' },
};

async function toOutcome(entry: Entry, steps: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await steps();
  } catch (error) {
    if (entry.stop.signal.aborted) return { kind: 'failure', refusal: CANCELLED };
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: 'failure', refusal: refuseAsQueue(500, 'internal_error', detail) };
  }
}

/** False when the time limit for the start (`x-fal-request-timeout`) passed first. */
async function waitInLine(
  parts: Parts,
  entry: Entry,
  { faults, show }: { faults: JobFaults; show: (progress: Progress) => void },
): Promise<boolean> {
  if (faults.startTimeout) return false;
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, entry.stop.signal, entry.hurry.signal]);
  const limitSeconds = Number(entry.headers['x-fal-request-timeout'] ?? Number.NaN);
  const line = async (): Promise<boolean> => {
    for (
      let position = entry.progress.state === 'queued' ? entry.progress.position : 0;
      position > 0;
      position -= 1
    ) {
      show({ state: 'queued', position });
      await parts.clock.sleep(parts.pace().waitMs, signal);
    }
    if (!faults.stuck) return true;
    show({ state: 'queued', position: faults.stuck.position });
    return forever(signal);
  };
  try {
    if (Number.isNaN(limitSeconds)) return await line();
    const limit = parts.clock.sleep(limitSeconds * 1000, signal).then(() => false);
    return await Promise.race([line(), limit]);
  } catch (error) {
    if (entry.hurry.signal.aborted) return true;
    throw error;
  } finally {
    over.abort();
  }
}

function forever(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('left the line')), { once: true });
  });
}

async function run(
  parts: Parts,
  entry: Entry,
  { faults, changed }: { faults: JobFaults; changed: () => void },
): Promise<Outcome> {
  const { endpoint, input } = entry;
  const work: Promise<Outcome> = faults.failure
    ? Promise.resolve({ kind: 'failure', refusal: faults.failure })
    : carryOut(parts, { endpoint, input, faults: faults.output });
  await writeLogs(parts, entry, { isHostile: faults.hostileLogs !== undefined, changed });
  return work;
}

/** Fills the run time; ends early when the request is hurried. */
async function writeLogs(
  parts: Parts,
  entry: Entry,
  { isHostile, changed }: { isHostile: boolean; changed: () => void },
): Promise<void> {
  const signal = AbortSignal.any([entry.stop.signal, entry.hurry.signal]);
  const { runMs, logEveryMs } = parts.pace();
  const count = Math.max(1, Math.floor(runMs / Math.max(1, logEveryMs)));
  for (let step = 0; step < count; step += 1) {
    entry.stop.signal.throwIfAborted();
    entry.logs.push(toLogLine({ step, count, at: parts.clock.now(), isHostile }));
    changed();
    if (!entry.hurry.signal.aborted) {
      await parts.clock.sleep(runMs / count, signal).catch(() => undefined);
    }
  }
  entry.stop.signal.throwIfAborted();
}
