/** Takes one request from the line to its end. */
import type { FaultOf, OutputFault } from './fault-rules.ts';
import { toLogLine } from './log-lines.ts';
import type { Parts } from './parts.ts';
import { refuseAsQueue, type Refusal } from './refusal.ts';
import type { DrivenRequest, Progress } from './request.ts';
import { carryOut, takeFailure, type Outcome } from './work.ts';

/** Never rejects. */
export async function drive(
  parts: Parts,
  entry: DrivenRequest,
  changed: () => void,
): Promise<void> {
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

/** Rules are taken at the start, so that each meets exactly one request. */
interface JobFaults {
  readonly stuck: FaultOf<'stuck-in-queue'> | undefined;
  readonly startTimeout: FaultOf<'start-timeout'> | undefined;
  readonly hostileLogs: FaultOf<'hostile-logs'> | undefined;
  readonly failure: Refusal | undefined;
  readonly output: readonly OutputFault[];
}

const CANCELLED = refuseAsQueue(499, 'client_cancelled', 'Request was cancelled');
const START_TIMEOUT: Refusal = {
  status: 504,
  body: { detail: 'Request timed out', error_type: 'request_timeout' },
  headers: { 'x-fal-error-type': 'request_timeout', 'x-fal-request-timeout-type': 'user' },
};

async function toOutcome(entry: DrivenRequest, steps: () => Promise<Outcome>): Promise<Outcome> {
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
  entry: DrivenRequest,
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
  entry: DrivenRequest,
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
  entry: DrivenRequest,
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
