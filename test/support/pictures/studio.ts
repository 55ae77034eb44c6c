/** The core with a real store, the real models and a real local fal, and a chat in memory. */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { runCommand } from '../../../src/run-command.ts';
import { plainPng } from '../plain-picture.ts';
import { waitFor } from '../chats/chat.ts';
import { openCore } from './core.ts';
import { createMemoryChat, textOf, type MemoryChat } from './memory-chat.ts';

export { textOf } from './memory-chat.ts';

type Order = Parameters<MemoryChat['toInvocation']>[0];

/** Long recordings take their time, and many journeys share few processors. */
const SETTLED_WITHIN_MS = 120_000;

interface OwnFile {
  readonly path: string;
  readonly fileName: string;
  readonly contentType: string;
}

interface StudioOptions extends Omit<Parameters<typeof openCore>[0], 'log'> {
  readonly hasVoiceMessages?: boolean;
}

export async function openStudio({ hasVoiceMessages = false, ...options }: StudioOptions = {}) {
  const core = await openCore({ log: pino({ level: 'silent' }), ...options });
  const { sandbox, dataFolder } = core;
  const chat = createMemoryChat({ hasVoiceMessages });
  const open = () => core.openParts(new Map([['memory', chat.platform]]));

  let parts = await open();
  const inputs = () => sandbox.journal.submits.map(({ endpoint, input }) => ({ endpoint, input }));

  const studio = {
    chat,
    sandbox,
    inputs,
    parts: () => parts,
    /** Carries an order out as a platform would, up to where Easel has promised it. */
    begin: (order: Order): Promise<void> => runCommand(chat.toInvocation(order), parts),
    /** The same, until nothing is left to do. */
    async order(order: Order): Promise<void> {
      await studio.begin(order);
      await studio.settle();
    },
    async settle(): Promise<void> {
      await waitFor(
        'all jobs to end',
        async () => (await parts.store.jobs.listOpenIds()).length === 0,
        SETTLED_WITHIN_MS,
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
      const bytes = await plainPng(colour);
      return { ref: await studio.attachBytes(fileName, bytes), bytes };
    },
    async attachBytes(fileName: string, bytes: Buffer) {
      const path = join(dataFolder, fileName);
      await writeFile(path, bytes);
      return chat.upload(fileName, path);
    },
    /** A recording or any other file of somebody's own, claimed to be what it is. */
    async attachFile({ path, fileName, contentType }: OwnFile) {
      const { size } = await stat(path);
      const claim = { id: path, claimedType: contentType, bytes: size };
      return chat.upload(fileName, path, claim);
    },
    /** A new process on the same data, this much later. */
    async restart(laterMs = 0): Promise<void> {
      await parts.runner.stop();
      await parts.store.close();
      core.passTime(laterMs);
      parts = await open();
      await parts.runner.resume();
    },
    async close(): Promise<void> {
      await parts.runner.stop();
      await parts.store.close();
      await core.close();
    },
  };
  return studio;
}
export type Studio = Awaited<ReturnType<typeof openStudio>>;
