/** fal as the settings say: the real one with a key, else a local one that speaks its protocol. */
import type { Logger } from 'pino';
import type { Catalogue } from '../models/catalogue/catalogue.ts';
import { createFalQueue, type FalOptions } from './create-fal-queue.ts';
import type { FalQueue } from './fal-queue.ts';
import { createModelApi, type ModelApi } from './model-api.ts';
import type { FalSetting } from './settings.ts';
import { createWire, TIME_LIMITS } from './wire.ts';

export interface OpenFal {
  readonly queue: FalQueue;
  /** What fal says about its models. */
  readonly modelApi: ModelApi;
  /** Hosts that result files may come from. */
  readonly fileHosts: readonly string[];
  close(): Promise<void>;
}

export async function openFal(
  setting: FalSetting,
  { log, catalogue }: { readonly log: Logger; readonly catalogue: Catalogue },
): Promise<OpenFal> {
  if (setting.kind === 'fal') {
    return { ...connect(setting), fileHosts: setting.fileHosts, close: async () => {} };
  }
  const { startSandbox } = await import('./sandbox/sandbox.ts');
  const sandbox = await startSandbox({
    pace: setting.pace,
    catalogue,
    log: (line) => log.debug({ sandbox: line }, 'sandbox'),
  });
  const { addresses, fileHost } = sandbox;
  const parts = connect({ credentials: 'sandbox', addresses, headers: {} });
  return { ...parts, fileHosts: [fileHost], close: () => sandbox.close() };
}

function connect(reach: Reach): Pick<OpenFal, 'queue' | 'modelApi'> {
  const options = { ...reach, fetch, timeLimits: TIME_LIMITS };
  const { credentials } = reach;
  const wire = createWire(options);
  return {
    queue: createFalQueue(options),
    modelApi: createModelApi({ wire, credentials }),
  };
}

type Reach = Pick<FalOptions, 'credentials' | 'addresses' | 'headers'>;
