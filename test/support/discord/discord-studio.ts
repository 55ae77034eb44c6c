/** The whole of Easel on the loopback Discord: real discord.js, real store, a real local fal. */
import { tmpdir } from 'node:os';
import { Hono } from 'hono';
import { pino } from 'pino';
import { createGallery } from '../../../src/pictures/create-gallery.ts';
import { readPlaceSettings } from '../../../src/pictures/settings-of-place.ts';
import { startForm } from '../../../src/pictures/start-form.ts';
import discord from '../../../src/platforms/discord/index.ts';
import type { ChatPlatform, PlatformParts } from '../../../src/platforms/platform.ts';
import { previewPlan, runCommand, type CommandParts } from '../../../src/run-command.ts';
import { waitFor } from '../chats/chat.ts';
import { openCore } from '../pictures/core.ts';
import { plainPng } from '../plain-picture.ts';
import { startDiscordServer } from './discord-server.ts';
import type { DiscordServer, ServerMessage, TestUpload } from './types.ts';

/** Many journeys share few processors. */
const patienceMs = 50_000;

interface StudioOptions {
  /** Whether the privileged intent is granted and asked for. */
  readonly intent?: 'on' | 'off';
  /** Instead of Discord's pace, for results of many messages. */
  readonly limitWindowMs?: number;
}

/** What a process of Easel's is made of, and how it ends. */
interface Process {
  readonly parts: CommandParts;
  stop(): Promise<void>;
}

export async function openDiscordStudio({ intent = 'off', ...pace }: StudioOptions = {}) {
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (text: string) => void logged.push(text) });
  const core = await openCore({ log });
  const { sandbox, commands, clock } = core;
  const server = await startDiscordServer({
    ...pace,
    grantsMessageContent: intent === 'on',
    now: () => clock.now().getTime(),
  });

  async function open(): Promise<Process> {
    const platforms = new Map<string, ChatPlatform>();
    const parts = await core.openParts(platforms);
    const platform = await connect(server, intent, toPlatformParts(parts));
    platforms.set('discord', platform);
    await platform.start((invocation) => runCommand(invocation, parts));
    await platform.publishCommands(commands);
    await parts.runner.resume();
    return {
      parts,
      async stop() {
        await platform.stop();
        await parts.runner.stop();
        await parts.store.close();
      },
    };
  }

  let running = await open();
  const inputs = () =>
    sandbox.journal.submits.map(({ endpoint, input }) => ({
      endpoint,
      input: input as { prompt: string; image_urls?: string[]; image_url?: string; seed?: number },
    }));

  const studio = {
    server,
    logged,
    inputs,
    parts: () => running.parts,
    /** The bytes of each picture that the newest request gave to fal. */
    async givenLast(): Promise<readonly Buffer[]> {
      const { image_urls: many, image_url: one } = inputs().at(-1)?.input ?? {};
      const addresses = many ?? (one === undefined ? [] : [one]);
      return Promise.all(
        addresses.map(async (address) => Buffer.from(await (await fetch(address)).arrayBuffer())),
      );
    },
    /** Waits until that many requests were made, and none is under way. */
    async settle(requests: number): Promise<void> {
      await waitFor(`request ${requests}`, () => inputs().length >= requests, patienceMs);
      await waitFor(
        'all jobs to end',
        async () => (await running.parts.store.jobs.listOpenIds()).length === 0,
        patienceMs,
      );
    },
    /** Easel's messages in a channel that carry files, oldest first. */
    results: (channelId: string): readonly ServerMessage[] =>
      server.messages(channelId).filter(({ author, attachments, deleted }) => {
        return author.id === server.botUserId && attachments.length > 0 && !deleted;
      }),
    /** A result of Easel's own. */
    async draw(prompt: string, { channelId = server.channelId, count = 1 } = {}) {
      const before = inputs().length;
      const options = { prompt, model: 'qwen-image', ...(count > 1 && { count }) };
      await server.runCommand({ name: 'imagine', channelId, options });
      await studio.settle(before + 1);
      const result = studio.results(channelId).at(-1);
      if (!result) throw new Error('Nothing was drawn.');
      return result;
    },
    /** A new process on the same data, this much later. */
    async restart(laterMs = 0): Promise<void> {
      await running.stop();
      core.passTime(laterMs);
      running = await open();
    },
    async close(): Promise<void> {
      await running.stop();
      await server.close();
      await core.close();
    },
  };
  return studio;
}
export type DiscordStudio = Awaited<ReturnType<typeof openDiscordStudio>>;

/** A picture of somebody's own; each colour has bytes of its own. */
export async function photo(colour: string): Promise<TestUpload & { readonly bytes: Buffer }> {
  const bytes = await plainPng(colour);
  return { fileName: `${colour}.png`, contentType: 'image/png', bytes };
}

function toPlatformParts(parts: CommandParts): PlatformParts {
  return {
    log: parts.log,
    clock: parts.clock,
    records: parts.store.records('discord'),
    http: { app: new Hono(), raw: () => {} },
    commands: parts.commands,
    preview: (plan) => previewPlan(plan, parts),
    startForm: (form) => startForm(form, parts),
    settingsOf: (place) => readPlaceSettings(place, parts.store),
    gallery: createGallery(parts),
    addresses: parts.addresses,
    folder: tmpdir(),
  };
}

async function connect(
  server: DiscordServer,
  intent: 'on' | 'off',
  parts: PlatformParts,
): Promise<ChatPlatform> {
  const setting = discord.read({
    DISCORD_TOKEN: server.token,
    DISCORD_API_URL: server.apiUrl,
    DISCORD_FILE_HOSTS: server.fileHost,
    DISCORD_MESSAGE_CONTENT: intent,
  });
  if (setting.state !== 'on') throw new Error(`Discord is ${JSON.stringify(setting)}`);
  return setting.connect(parts);
}
