/** What a studio is built on: the real models, a real local fal, and as many stores as it has lives. */
import { mkdtemp, rm } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { systemClock, type Clock } from '../../../src/clock.ts';
import { createDownload } from '../../../src/download.ts';
import { openFal } from '../../../src/fal/open-fal.ts';
import { startSandbox } from '../../../src/fal/sandbox/sandbox.ts';
import { createEditBudget } from '../../../src/jobs/edit-budget.ts';
import { createRunner } from '../../../src/jobs/runner.ts';
import { loadCommands } from '../../../src/load-folder.ts';
import { readCatalogue } from '../../../src/models/catalogue/catalogue.ts';
import { loadModels } from '../../../src/models/load-models.ts';
import { createCopies } from '../../../src/pictures/create-copies.ts';
import { NO_ADDRESSES } from '../../../src/pictures/signed-address.ts';
import { createTakeIn } from '../../../src/pictures/take-in/take-in-picture.ts';
import type { ChatPlatform } from '../../../src/platforms/platform.ts';
import type { CommandParts } from '../../../src/run-command.ts';
import { openStore } from '../../../src/store/open-store.ts';

/** Processes that work on sounds are started by the dozen: what Node compiles once serves them all. */
enableCompileCache(fileURLToPath(new URL('../.cache/compiled', import.meta.url)));

const pace = { positions: 0, waitMs: 1, runMs: 10, logEveryMs: 5 };
const limits = { waitMs: 60_000, totalMs: 60_000, lookBackMs: 1000 };

interface CoreOptions {
  readonly log: Logger;
  /** Without metadata, what is delivered is the original, byte for byte. */
  readonly hasPictureMetadata?: boolean;
  /** Pauses, such as those between two looks at fal's queue, take no longer than that. */
  readonly longestPauseMs?: number;
}

export async function openCore({
  log,
  hasPictureMetadata = false,
  longestPauseMs = Infinity,
}: CoreOptions) {
  const catalogue = await readCatalogue();
  const models = await loadModels({ catalogue });
  const commands = await loadCommands({ models });
  const sandbox = await startSandbox({ pace, catalogue });
  const dataFolder = await mkdtemp(join(tmpdir(), 'easel-studio-'));
  let aheadMs = 0;
  const clock: Clock = {
    now: () => new Date(Date.now() + aheadMs),
    sleep: (ms, signal) => systemClock.sleep(Math.min(ms, longestPauseMs), signal),
  };
  const { addresses, fileHost } = sandbox;
  const reach = { credentials: 'a:b', addresses, headers: {}, fileHosts: [fileHost], limits };
  const fal = await openFal({ kind: 'fal', ...reach }, { log, catalogue });
  return {
    sandbox,
    commands,
    dataFolder,
    clock,
    passTime: (ms: number) => void (aheadMs += ms),
    /** What a new process would open on the same data; the platforms may be put in later. */
    async openParts(platforms: ReadonlyMap<string, ChatPlatform>): Promise<CommandParts> {
      const jobParts = {
        store: await openStore({ folder: dataFolder, clock }),
        queue: fal.queue,
        models,
        platforms,
        budget: createEditBudget({ clock, log }),
        download: createDownload(),
        takeIn: createTakeIn(),
        falFileHosts: fal.fileHosts,
        falLimits: limits,
        addresses: NO_ADDRESSES,
        flaggedPictures: 'withhold' as const,
        hasPictureMetadata,
        dataFolder,
        clock,
        log,
      };
      const upscaleModel = 'fal-ai/clarity-upscaler';
      const runner = createRunner(jobParts);
      return { ...jobParts, ...createCopies(jobParts), commands, upscaleModel, runner };
    },
    async close(): Promise<void> {
      await fal.close();
      await sandbox.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
