/** The real web chat on a real port, with a core that a test plays itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Command } from '../../src/command.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { createHttpServer } from '../../src/http-server.ts';
import type {
  ChatPlatform,
  Environment,
  Invocation,
  PlatformParts,
  RecordStore,
} from '../../src/platforms/platform.ts';
import { line, message } from '../../src/message.ts';
import type { Gallery } from '../../src/pictures/gallery.ts';
import web from '../../src/platforms/web/index.ts';
import { chatCommands, preview } from './form-commands.ts';
import { createMemoryRecords } from './memory-records.ts';
import { noPictures } from './no-pictures.ts';

export interface RunningChat {
  readonly origin: string;
  readonly folder: string;
  readonly platform: ChatPlatform;
  readonly invocations: Invocation[];
  /** Sends a form as our own page would. */
  post(
    path: string,
    form: Record<string, string | Blob | File[]>,
    headers?: Record<string, string>,
  ): Promise<Response>;
  stop(): Promise<void>;
}

export interface ChatOptions {
  readonly environment?: Environment;
  readonly records?: RecordStore;
  readonly folder?: string;
  readonly clock?: Clock;
  readonly commands?: readonly Command[];
  /** None where a test is not about earlier pictures. */
  readonly gallery?: Gallery;
  /** None where a test is not about what guests may open. */
  readonly addresses?: PlatformParts['addresses'];
  readonly preview?: PlatformParts['preview'];
  readonly startForm?: PlatformParts['startForm'];
  /** As a new place has them, where a test is not about those. */
  readonly settingsOf?: PlatformParts['settingsOf'];
  readonly onInvocation?: (invocation: Invocation) => Promise<void>;
}

export async function startChat(options: ChatOptions = {}): Promise<RunningChat> {
  const setting = web.read(options.environment ?? {});
  if (setting.state !== 'on') throw new Error(`the web chat is ${setting.state}`);
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'easel-web-')));
  const http = createHttpServer();
  const invocations: Invocation[] = [];
  const platform = await setting.connect({
    log: pino({ level: 'silent' }),
    clock: options.clock ?? systemClock,
    records: options.records ?? createMemoryRecords(),
    http,
    commands: options.commands ?? chatCommands,
    preview: options.preview ?? preview,
    ...noPictures,
    ...(options.gallery && { gallery: options.gallery }),
    ...(options.addresses && { addresses: options.addresses }),
    ...(options.startForm && { startForm: options.startForm }),
    ...(options.settingsOf && { settingsOf: options.settingsOf }),
    folder,
  });
  http.app.get('/healthz', (context) => context.text('fine'));
  await platform.start(async (invocation) => {
    invocations.push(invocation);
    await options.onInvocation?.(invocation);
  });
  const origin = `http://127.0.0.1:${await http.listen('127.0.0.1', 0)}`;
  return {
    origin,
    folder,
    platform,
    invocations,
    post: (address, form, headers) =>
      fetch(`${origin}${address}`, {
        method: 'POST',
        body: toFormData(form),
        redirect: 'manual',
        headers: { origin, ...headers },
      }),
    async stop() {
      await platform.stop();
      await http.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function toFormData(form: Record<string, string | Blob | File[]>): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(form)) {
    for (const entry of Array.isArray(value) ? value : [value]) body.append(name, entry);
  }
  return body;
}

/** Stopped when the test is over. */
export async function startForTest(options: ChatOptions = {}): Promise<RunningChat> {
  const chat = await startChat(options);
  onTestFinished(() => chat.stop());
  return chat;
}

/** A chat in which every wish waits in line. */
export function startWaitingChat(): Promise<RunningChat> {
  return startChat({
    onInvocation: async (invocation) => {
      await invocation.acknowledge(message(line('Waiting in line')));
    },
  });
}
