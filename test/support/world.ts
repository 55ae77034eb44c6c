/** A sandbox fal, a chat, and the whole bot between them. */
import { rm } from 'node:fs/promises';
import { startSandbox, type Pace, type Sandbox } from '../../src/fal/sandbox/sandbox.ts';
import type { TestChat } from './chats/chat.ts';
import { startDiscordChat } from './chats/discord-chat.ts';
import { startSlackChat } from './chats/slack-chat.ts';
import { startWebChat } from './chats/web-chat.ts';
import { makeDataFolder, startEasel, type EaselProcess } from './easel-process.ts';

/** Long enough for every phase to be seen, short enough for many journeys. */
const JOURNEY_PACE: Pace = { positions: 2, waitMs: 700, runMs: 2500, logEveryMs: 300 };
export const HURRIED_PACE: Pace = { positions: 0, waitMs: 1, runMs: 20, logEveryMs: 10 };

export const CHATS = {
  discord: () => startDiscordChat(),
  'slack-socket': () => startSlackChat('socket'),
  'slack-http': () => startSlackChat('http'),
  web: startWebChat,
} as const satisfies Record<string, () => Promise<TestChat>>;
export type ChatName = keyof typeof CHATS;

export interface World<Chat extends TestChat = TestChat> {
  readonly chat: Chat;
  readonly sandbox: Sandbox;
  easel: EaselProcess;
  /** Starts Easel again on the same data, with other variables or a module before it if need be. */
  restart(env?: Readonly<Record<string, string>>, preload?: string): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly pace?: Partial<Pace>;
  readonly env?: Readonly<Record<string, string>>;
  /** A module loaded before Easel, on the first start only. */
  readonly preload?: string;
  /** What fal shall be like before Easel starts. */
  readonly prepare?: (sandbox: Sandbox) => void;
}

export async function startWorld<Chat extends TestChat>(
  chat: Chat,
  options: WorldOptions = {},
): Promise<World<Chat>> {
  const sandbox = await startSandbox({ pace: { ...JOURNEY_PACE, ...options.pace } });
  options.prepare?.(sandbox);
  const dataFolder = await makeDataFolder();
  const base = {
    ...chat.env,
    FAL_KEY: 'sandbox:key',
    FAL_QUEUE_URL: sandbox.addresses.queue,
    FAL_RUN_URL: sandbox.addresses.run,
    FAL_REST_URL: sandbox.addresses.rest,
    FAL_API_URL: sandbox.addresses.api,
    FAL_FILE_HOSTS: sandbox.fileHost,
  };
  const { preload } = options;
  const first = { dataFolder, env: { ...base, ...options.env } };
  const easel = await startEasel(preload === undefined ? first : { ...first, preload });
  await chat.attach(easel.url);
  const world: World<Chat> = {
    chat,
    sandbox,
    easel,
    async restart(env = {}, preload) {
      const again = { dataFolder, env: { ...base, ...env } };
      world.easel = await startEasel(preload === undefined ? again : { ...again, preload });
      await chat.attach(world.easel.url);
    },
    async close() {
      await world.easel.kill();
      await chat.close();
      await sandbox.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
  return world;
}
