/** The Slack platform alone, with the real Bolt, against the loopback Slack. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import sharp from 'sharp';
import { afterEach, expect } from 'vitest';
import { systemClock, type Clock } from '../../src/clock.ts';
import type { Command } from '../../src/command.ts';
import { createHttpServer } from '../../src/http-server.ts';
import { loadCommands } from '../../src/load-folder.ts';
import { createLog } from '../../src/log.ts';
import { line, message, type Message } from '../../src/message.ts';
import { loadModels } from '../../src/models/load-models.ts';
import type {
  ChatPlatform,
  DeliverableFile,
  Delivery,
  Invocation,
  PlatformParts,
  RecordStore,
  StatusMessage,
} from '../../src/platforms/platform.ts';
import slack from '../../src/platforms/slack/index.ts';
import { toManifest } from '../../src/platforms/slack/manifest.ts';
import { previewPlan, type CommandParts } from '../../src/run-command.ts';
import { createMemoryRecords } from '../support/memory-records.ts';
import {
  startSlackServer,
  type SlackServer,
  type SlackServerOptions,
} from '../support/slack/slack-server.ts';
import { noPictures } from '../support/no-pictures.ts';

export interface Rig {
  readonly server: SlackServer;
  readonly platform: ChatPlatform;
  readonly invocations: Invocation[];
  /** Everything logged so far, one JSON line each. */
  readonly logged: readonly string[];
  /** Decides what happens with the next invocations; until set, they are only collected. */
  act(behaviour: (invocation: Invocation) => Promise<void>): void;
  /** A picture on disk, with its bytes. */
  makeFile(fileName: string, altText?: string): Promise<DeliverableFile & { content: Buffer }>;
}

interface RigOptions extends SlackServerOptions {
  readonly mode?: 'socket' | 'http';
  readonly clock?: Clock;
  readonly environment?: Record<string, string>;
  /** Shared by platforms that stand for one Easel before and after a restart. */
  readonly records?: RecordStore;
  /** Beside Easel's own commands, for tests of what commands in general can ask for. */
  readonly commands?: readonly Command[];
  /** What forms begin with, and how the channels want their replies. */
  readonly pictures?: Partial<Pick<PlatformParts, 'startForm' | 'settingsOf'>>;
  /** The servers complain on purpose in tests of what Slack refuses. */
  readonly allowViolations?: boolean;
}

const models = await loadModels();
const commands = await loadCommands({ models });
/** No test may need more than what the manifest asks for. */
const scopes = toManifest(commands, { httpAddress: undefined, mainName: '/imagine' }).oauth_config
  .scopes.bot;

/** Hurries every wait of the platform, so that polls and pauses take no time. */
export const hastyClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => systemClock.sleep(ms / 20, signal),
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const server = await startSlackServer({ scopes, ...options });
  closers.push(() => server.close());
  const invocations: Invocation[] = [];
  const logged: string[] = [];
  let behaviour: (invocation: Invocation) => Promise<void> = collectOnly;
  const platform = await connectTo(server, options, logged);
  await platform.start(async (invocation) => {
    invocations.push(invocation);
    await behaviour(invocation);
  });
  closers.push(async () => {
    await platform.stop();
    if (options.allowViolations !== true) expect(server.violations).toEqual([]);
    expect(server.tooManyRequests).toBe(0);
  });
  const folder = await mkdtemp(join(tmpdir(), 'easel-slack-'));
  return {
    server,
    platform,
    invocations,
    logged,
    act: (next) => void (behaviour = next),
    makeFile: (fileName, altText = 'A fox') => makeFile(folder, fileName, altText),
  };
}

/** A second platform on the same workspace, as after a restart. */
export async function connectTo(
  server: SlackServer,
  options: RigOptions,
  logged: string[] = [],
): Promise<ChatPlatform> {
  const isHttp = options.mode === 'http';
  const setting = slack.read({
    SLACK_BOT_TOKEN: server.botToken,
    ...(isHttp
      ? { SLACK_SIGNING_SECRET: server.signingSecret }
      : { SLACK_APP_TOKEN: server.appToken }),
    SLACK_API_URL: server.apiUrl,
    SLACK_FILE_HOSTS: server.fileHost,
    ...options.environment,
  });
  if (setting.state !== 'on') throw new Error(`Slack is ${JSON.stringify(setting)}`);
  const http = createHttpServer();
  const platform = await setting.connect({
    log: createLog('debug', collectInto(logged)),
    clock: options.clock ?? systemClock,
    records: options.records ?? createMemoryRecords(),
    http,
    commands: [...commands, ...(options.commands ?? [])],
    preview: (plan) => previewPlan(plan, { models } as CommandParts),
    ...noPictures,
    ...options.pictures,
    folder: tmpdir(),
  });
  if (isHttp) {
    const port = await http.listen('127.0.0.1', 0);
    server.deliverVia = { http: `http://127.0.0.1:${port}` };
    closers.push(() => http.close());
  }
  return platform;
}

async function collectOnly(): Promise<void> {}

function collectInto(logged: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _, done) {
      logged.push(chunk.toString());
      done();
    },
  });
}

/** What the core says first: a line, the words, and a way to stop it. */
export function card(prompt: string, job = 'job-1'): Message {
  return {
    blocks: [line({ kind: 'strong', text: 'Sending it off' }), { kind: 'quote', text: prompt }],
    buttons: [{ label: 'Cancel', style: 'danger', command: 'cancel', job }],
  };
}

/** Acknowledges with a card and hands the status message out. */
export function acknowledging(rig: Rig, job = 'job-1'): Promise<StatusMessage> {
  return new Promise((resolve, reject) => {
    rig.act(async (invocation) => {
      try {
        resolve(await invocation.acknowledge(card(String(invocation.options['prompt']), job)));
      } catch (error) {
        reject(error);
        throw error;
      }
    });
  });
}

/** A delivery whose checkpoint is kept as JSON, as the store does. */
export function deliveryOf(
  files: readonly DeliverableFile[],
  memory: { saved?: string } = {},
  caption: Message = message(line('For alice · nano-banana-pro')),
): Delivery {
  return {
    key: 'job-1',
    caption,
    files,
    checkpoint: {
      get saved(): unknown {
        return memory.saved === undefined ? undefined : (JSON.parse(memory.saved) as unknown);
      },
      save: async (value) => void (memory.saved = JSON.stringify(value)),
    },
  };
}

async function makeFile(folder: string, fileName: string, altText: string) {
  const content = await sharp({
    create: { width: 8, height: 8, channels: 3, background: '#c84' },
  })
    .png()
    .toBuffer();
  const path = join(folder, fileName);
  await writeFile(path, content);
  return {
    path,
    fileName,
    contentType: 'image/png',
    bytes: content.length,
    altText,
    isSpoiler: false,
    content,
  };
}
