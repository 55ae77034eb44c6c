/**
 * START HERE TO RUN. Settings → parts → platforms; stops cleanly on SIGTERM. The table for people
 * goes to standard output, the log to standard error.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { systemClock } from './clock.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { createDownload } from './download.ts';
import { UpstreamError, UserError } from './errors.ts';
import { openFal, type OpenFal } from './fal/open-fal.ts';
import { addHealthRoute } from './health.ts';
import { createHttpServer, type HttpServer } from './http-server.ts';
import { createEditBudget } from './jobs/edit-budget.ts';
import type { JobParts } from './jobs/job-parts.ts';
import { createRunner } from './jobs/runner.ts';
import { loadCommands, loadPlatforms } from './load-folder.ts';
import { createLog } from './log.ts';
import { readCatalogue } from './models/catalogue/catalogue.ts';
import { openModels } from './models/open-models.ts';
import { describeSettings } from './overview.ts';
import { createCopies } from './pictures/create-copies.ts';
import { createGallery } from './pictures/create-gallery.ts';
import { startHashing } from './pictures/hash-earlier.ts';
import { readPlaceSettings } from './pictures/settings-of-place.ts';
import { startForm } from './pictures/start-form.ts';
import { createTakeIn } from './pictures/take-in/take-in-picture.ts';
import { createFindOriginal } from './pictures/find-original.ts';
import { addOriginalRoute } from './pictures/original-route.ts';
import { openSignedAddresses } from './pictures/signed-address.ts';
import type { ChatPlatform } from './platforms/platform.ts';
import { previewPlan, runCommand, type CommandParts } from './run-command.ts';
import { openStore } from './store/open-store.ts';

/** A part that does not stop by itself must not keep the process. */
const STOP_WITHIN_MS = 10_000;

type Closer = () => Promise<void>;

async function main(): Promise<void> {
  const config = readConfig(await loadPlatforms());
  const log = createLog(config.logLevel);
  // Libraries keep promises of their own; one that fails must not take every job down with it.
  process.on('unhandledRejection', (error) => log.error({ error }, 'a promise failed unheard'));
  const { parts, closers } = await buildParts(config, log);
  const http = createHttpServer();
  let isReady = false;
  const { platforms, addresses } = parts;
  addHealthRoute(http.app, { fal: config.fal.kind, platforms, isReady: () => isReady });
  addOriginalRoute(http.app, { addresses, findOriginal: createFindOriginal(parts) });
  await connectPlatforms(config, http, parts);
  const port = await http.listen(config.host, config.port);
  stopOnSignal(
    log,
    [...parts.platforms.values()],
    [() => parts.runner.stop(), () => http.close(), ...closers],
  );
  await Promise.all([...platforms.values()].map((platform) => startPlatform(platform, parts)));
  await parts.runner.resume();
  isReady = true;
  const table = describeSettings(config, {
    address: `http://${config.host}:${port}`,
    modelCount: parts.models.search('').length,
  });
  process.stdout.write(`${table}\n`);
}

async function buildParts(
  config: Config,
  log: Logger,
): Promise<{ parts: CommandParts & { platforms: Map<string, ChatPlatform> }; closers: Closer[] }> {
  const store = await openStore({ folder: config.dataFolder });
  const catalogue = await readCatalogue();
  const fal = await openFal(config.fal, { log, catalogue });
  const { models, keepLearning } = await openModels({
    allowed: config.models,
    catalogue,
    folder: config.modelsFolder,
    records: store.records('models'),
    jobs: store.jobs,
    isPaid: config.fal.kind === 'fal',
    clock: systemClock,
    log,
  });
  const commands = await loadCommands({ models }, config.modelCommands);
  const jobParts = await buildJobParts(config, { store, fal, models, log });
  const { upscaleModel } = config;
  const copies = createCopies(jobParts);
  const parts = { ...jobParts, ...copies, commands, upscaleModel, runner: createRunner(jobParts) };
  const stopLearning = startLearning((signal) => keepLearning(fal.modelApi, signal), log);
  const stopHashing = startHashing(parts);
  return { parts, closers: [stopLearning, stopHashing, () => fal.close(), () => store.close()] };
}

async function buildJobParts(
  config: Config,
  { store, fal, models, log }: Pick<JobParts, 'store' | 'models' | 'log'> & { fal: OpenFal },
) {
  const hasTreePage = config.platforms.some(
    ({ definition, setting }) => setting.state === 'on' && definition.hasTreePage,
  );
  return {
    store,
    queue: fal.queue,
    models,
    platforms: new Map<string, ChatPlatform>(),
    budget: createEditBudget({ clock: systemClock, log }),
    download: createDownload(),
    takeIn: createTakeIn(),
    falFileHosts: fal.fileHosts,
    falLimits: config.fal.limits,
    addresses: await openSignedAddresses({ ...config, hasTreePage }, systemClock),
    flaggedPictures: config.flaggedPictures,
    hasPictureMetadata: config.hasPictureMetadata,
    dataFolder: config.dataFolder,
    clock: systemClock,
    log,
  };
}

/** In the background: nobody waits for news. */
function startLearning(learn: (signal: AbortSignal) => Promise<void>, log: Logger): Closer {
  const over = new AbortController();
  learn(over.signal).catch((error: unknown) => {
    if (!over.signal.aborted) log.error({ error }, 'no news of models can be had');
  });
  return async () => over.abort();
}

/** Libraries of platforms that are off are never loaded. */
async function connectPlatforms(
  config: Config,
  http: HttpServer,
  parts: CommandParts & { platforms: Map<string, ChatPlatform> },
): Promise<void> {
  for (const { definition, setting } of config.platforms) {
    if (setting.state !== 'on') continue;
    const folder = join(config.dataFolder, definition.name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const platform = await setting.connect({
      log: parts.log.child({ platform: definition.name }),
      clock: parts.clock,
      records: parts.store.records(definition.name),
      http,
      commands: parts.commands,
      preview: (plan) => previewPlan(plan, parts),
      startForm: (form) => startForm(form, parts),
      settingsOf: (place) => readPlaceSettings(place, parts.store),
      gallery: createGallery(parts),
      addresses: parts.addresses,
      folder,
    });
    parts.platforms.set(definition.name, platform);
  }
}

async function startPlatform(platform: ChatPlatform, parts: CommandParts): Promise<void> {
  await platform.start((invocation) => runCommand(invocation, parts));
  await platform.publishCommands(parts.commands);
}

/** Platforms first, so that nothing new comes in; the store last. */
function stopOnSignal(
  log: Logger,
  platforms: readonly ChatPlatform[],
  closers: readonly Closer[],
): void {
  let isStopping = false;
  async function stop(signal: string): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await Promise.allSettled(platforms.map((platform) => platform.stop()));
    for (const close of closers) await close();
    process.exit(0);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error({ error }, 'could not stop cleanly');
        process.exit(1);
      });
    });
  }
}

/** What the operator can mend needs no stack. */
function wordEnd(error: unknown): string {
  const isForeseen =
    error instanceof ConfigError || error instanceof UserError || error instanceof UpstreamError;
  if (isForeseen || !(error instanceof Error)) return String(error).replace(/^\w*Error: /u, '');
  return error.stack ?? error.message;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${wordEnd(error)}\n`);
  process.exit(1);
}
