/** fal as the settings say: the real one with a key, else a local one that speaks its protocol. */
import type { Logger } from 'pino';
import { createFalQueue } from './create-fal-queue.ts';
import type { FalQueue } from './fal-queue.ts';
import type { FalSetting } from './settings.ts';

export interface OpenFal {
  readonly queue: FalQueue;
  /** Hosts that result files may come from. */
  readonly fileHosts: readonly string[];
  close(): Promise<void>;
}

export async function openFal(setting: FalSetting, log: Logger): Promise<OpenFal> {
  if (setting.kind === 'fal') {
    const { credentials, addresses, headers, fileHosts } = setting;
    const queue = createFalQueue({ credentials, addresses, headers, fetch });
    return { queue, fileHosts, close: async () => {} };
  }
  const { startSandbox } = await import('./sandbox/sandbox.ts');
  const sandbox = await startSandbox({
    pace: setting.pace,
    log: (line) => log.debug({ sandbox: line }, 'sandbox'),
  });
  const { addresses, fileHost } = sandbox;
  const queue = createFalQueue({ credentials: 'sandbox', addresses, headers: {}, fetch });
  return { queue, fileHosts: [fileHost], close: () => sandbox.close() };
}
