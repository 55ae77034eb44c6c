/** The core with a real store, the real models and a real local fal, and a chat in memory. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Message } from '../../../src/message.ts';
import { runCommand } from '../../../src/run-command.ts';
import { plainPng } from '../plain-picture.ts';
import { waitFor } from '../chats/chat.ts';
import { openCore } from './core.ts';
import { createMemoryChat, type MemoryChat } from './memory-chat.ts';

type Order = Parameters<MemoryChat['toInvocation']>[0];

/** Without metadata, what is delivered is the original, byte for byte. */
export async function openStudio({ hasPictureMetadata = false } = {}) {
  const core = await openCore({ log: pino({ level: 'silent' }), hasPictureMetadata });
  const { sandbox, dataFolder } = core;
  const chat = createMemoryChat();
  const open = () => core.openParts(new Map([['memory', chat.platform]]));

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
      const bytes = await plainPng(colour);
      return { ref: await studio.attachBytes(fileName, bytes), bytes };
    },
    async attachBytes(fileName: string, bytes: Buffer) {
      const path = join(dataFolder, fileName);
      await writeFile(path, bytes);
      return chat.upload(fileName, path);
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
