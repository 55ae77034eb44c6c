/** One request in the queue. */
import type { Subject } from './faults.ts';
import type { LogLine } from './log-lines.ts';
import type { Outcome } from './work.ts';

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
}

/** The same, as the one who takes it through the queue sees it. */
export interface DrivenRequest extends QueuedRequest {
  readonly logs: LogLine[];
  progress: Progress;
  /** Aborted to end it as cancelled. */
  readonly stop: AbortController;
  /** Aborted to let it skip all waiting. */
  readonly hurry: AbortController;
}

/** The words of a request: speech endpoints call them otherwise. */
export function findPrompt(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const values = new Map<string, unknown>(Object.entries(input));
  return ['prompt', 'text', 'preview_text']
    .map((name) => values.get(name))
    .find((value) => typeof value === 'string');
}
