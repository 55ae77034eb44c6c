/** What the sandbox's pieces share. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Clock } from '../../clock.ts';
import type { Faults } from './faults.ts';
import type { Files } from './files.ts';
import type { JournalWriter } from './journal.ts';
import type { SandboxModels } from './models/models.ts';
import type { Pace } from './pace.ts';
import type { Ears } from './sounds/listen.ts';
import type { Voices } from './voices.ts';
import type { WebhookSigner } from './webhook-signer.ts';

export interface Parts {
  /** Where the sandbox itself is, without a trailing slash. */
  readonly url: string;
  readonly clock: Clock;
  /** Read at every step, so that a change takes hold at once. */
  pace(): Pace;
  readonly faults: Faults;
  readonly files: Files;
  readonly models: SandboxModels;
  readonly journal: JournalWriter;
  readonly signer: WebhookSigner;
  readonly ears: Ears;
  readonly voices: Voices;
  /** Aborted when the sandbox closes: nothing may wait any longer. */
  readonly closing: AbortSignal;
  readonly log: (line: string) => void;
}

export interface SandboxEnvironment {
  Bindings: HttpBindings;
}
export type SandboxContext = Context<SandboxEnvironment>;
