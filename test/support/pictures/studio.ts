/** The core with a real store, the real models and a real local fal, and a chat in memory. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '../../../src/clock.ts';
import { createDownload } from '../../../src/download.ts';
import { openFal } from '../../../src/fal/open-fal.ts';
import { startSandbox } from '../../../src/fal/sandbox/sandbox.ts';
import { createEditBudget } from '../../../src/jobs/edit-budget.ts';
import { createRunner } from '../../../src/jobs/runner.ts';
import { loadCommands } from '../../../src/load-folder.ts';
import type { Message } from '../../../src/message.ts';
import { readCatalogue } from '../../../src/models/catalogue/catalogue.ts';
import { loadModels } from '../../../src/models/load-models.ts';
import { createTakeIn } from '../../../src/pictures/take-in/take-in-picture.ts';
import { NO_ADDRESSES } from '../../../src/pictures/signed-address.ts';
import { createCopies } from '../../../src/pictures/create-copies.ts';
import { runCommand, type CommandParts } from '../../../src/run-command.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { plainPng } from '../plain-picture.ts';
import { waitFor } from '../chats/chat.ts';
import { createMemoryChat, type MemoryChat } from './memory-chat.ts';

const pace = { positions: 0, waitMs: 1, runMs: 10, logEveryMs: 5 };
const limits = { waitMs: 60_000, totalMs: 60_000, lookBackMs: 1000 };

type Order = Parameters<MemoryChat['toInvocation']>[0];

/** Without metadata, what is delivered is the original, byte for byte. */
export async function openStudio({ hasPictureMetadata = false } = {}) {
  const catalogue = await readCatalogue();
  const models = await loadModels({ catalogue });
  const commands = await loadCommands({ models });
  const sandbox = await startSandbox({ pace, catalogue });
  const dataFolder = await mkdtemp(join(tmpdir(), 'easel-studio-'));
  const chat = createMemoryChat();
  const log = pino({ level: 'silent' });
  let aheadMs = 0;
  const clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs) };
  const fal = await openFal(
    {
      kind: 'fal',
      credentials: 'a:b',
      addresses: sandbox.addresses,
      headers: {},
      fileHosts: [sandbox.fileHost],
      limits,
    },
    { log, catalogue },
  );

  async function open(): Promise<CommandParts> {
    const jobParts = {
      store: await openStore({ folder: dataFolder, clock }),
      queue: fal.queue,
      models,
      platforms: new Map([['memory', chat.platform]]),
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
    const copies = createCopies(jobParts);
    return { ...jobParts, ...copies, commands, upscaleModel, runner: createRunner(jobParts) };
  }

  let parts = await open();
  const inputs = () => sandbox.journal.submits.map(({ endpoint, input }) => ({ endpoint, input }));

  const studio = {
    chat,
    sandbox,
    inputs,
    parts: () => parts,
    /** Carries an order out as a platform would, until nothing is left to do. */
    async order(order: Order): Promise<void> {
      await runCommand(chat.toInvocation(order), parts);
      await studio.settle();
    },
    async settle(): Promise<void> {
      await waitFor(
        'all jobs to end',
        async () => (await parts.store.jobs.listOpenIds()).length === 0,
      );
    },
    /** What was told to one person last, as plain text. */
    whisper: () => textOf(chat.whispers.at(-1)?.message),
    /** The bytes behind an address that fal was given. */
    async given(address: unknown): Promise<Buffer> {
      return Buffer.from(await (await fetch(String(address))).arrayBuffer());
    },
    /** A picture of somebody's own, as it can be attached. */
    async attach(fileName: string, colour: string) {
      const path = join(dataFolder, fileName);
      await writeFile(path, await plainPng(colour));
      return { ref: chat.upload(fileName, path), bytes: await readFile(path) };
    },
    /** A new process on the same data, this much later. */
    async restart(laterMs = 0): Promise<void> {
      await parts.runner.stop();
      await parts.store.close();
      aheadMs += laterMs;
      parts = await open();
      await parts.runner.resume();
    },
    async close(): Promise<void> {
      await parts.runner.stop();
      await parts.store.close();
      await fal.close();
      await sandbox.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
  return studio;
}
export type Studio = Awaited<ReturnType<typeof openStudio>>;

export function textOf(message: Message | undefined): string {
  return (message?.blocks ?? [])
    .map((block) =>
      block.kind === 'quote'
        ? `> ${block.text}`
        : block.parts
            .map((part) => {
              if (typeof part === 'string') return part;
              if (part.kind === 'moment') return part.at.toISOString();
              return 'label' in part ? part.label : part.text;
            })
            .join(''),
    )
    .join('\n');
}
