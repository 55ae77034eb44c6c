/** The queue: requests stand in line, run, and end; nothing is ever lost but by its age. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { drive } from './drive.ts';
import type { Parts } from './parts.ts';
import { findPrompt, type DrivenRequest, type QueuedRequest, type Submission } from './request.ts';

/** fal forgets results about an hour after they are made. */
const KEPT_MS = 3_600_000;

export interface Requests {
  submit(submission: Submission): QueuedRequest;
  find(id: string): QueuedRequest | undefined;
  all(): readonly QueuedRequest[];
  /** Ends it as fal does: the result is then 499. */
  cancel(id: string): void;
  /** Lets it skip all waiting; resolves when it has ended and its webhook has been called. */
  hurry(id: string): Promise<void>;
  /** Emits a request's id whenever its progress or log changes. */
  readonly changes: EventEmitter<Record<string, []>>;
  close(): Promise<void>;
}

export function createRequests(
  parts: Parts,
  onEnd: (request: QueuedRequest) => Promise<void>,
): Requests {
  const entries = new Map<string, DrivenRequest>();
  const changes = new EventEmitter<Record<string, []>>().setMaxListeners(0);
  /** What is under way, each until its webhook has been called. */
  const work = new Map<string, Promise<void>>();

  function forget(): void {
    const limit = parts.clock.now().getTime() - KEPT_MS;
    for (const [id, { progress }] of entries) {
      if (progress.state === 'completed' && progress.endedAt.getTime() < limit) entries.delete(id);
    }
  }

  function submit(submission: Submission): QueuedRequest {
    forget();
    const entry = createRequest(parts, submission);
    entries.set(entry.id, entry);
    const whole = drive(parts, entry, () => changes.emit(entry.id))
      .then(() => onEnd(entry))
      .finally(() => work.delete(entry.id));
    work.set(entry.id, whole);
    return entry;
  }

  return {
    submit,
    changes,
    find: (id) => entries.get(id),
    all: () => [...entries.values()],
    cancel: (id) => entries.get(id)?.stop.abort(),
    async hurry(id) {
      entries.get(id)?.hurry.abort();
      await work.get(id);
    },
    async close() {
      for (const entry of entries.values()) entry.stop.abort();
      await Promise.allSettled(work.values());
    },
  };
}

function createRequest(parts: Parts, submission: Submission): DrivenRequest {
  const { endpoint, input } = submission;
  return {
    ...submission,
    id: randomUUID(),
    subject: { endpoint, prompt: findPrompt(input), path: `/queue/${endpoint}` },
    sentAt: parts.clock.now(),
    logs: [],
    progress: { state: 'queued', position: parts.pace().positions },
    stop: new AbortController(),
    hurry: new AbortController(),
  };
}
