/** The Discord platform alone, with the real discord.js, against the loopback Discord. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterEach } from 'vitest';
import { systemClock, type Clock } from '../../src/clock.ts';
import { defineCommand, type Command } from '../../src/command.ts';
import type { RawValues } from '../../src/option.ts';
import { line, message, type Message } from '../../src/message.ts';
import type {
  ChatPlatform,
  Checkpoint,
  DeliverableFile,
  Delivery,
  FormRequest,
  Invocation,
  RecordStore,
  StatusMessage,
} from '../../src/platforms/platform.ts';
import discord from '../../src/platforms/discord/index.ts';
import {
  startDiscordServer,
  type DiscordServer,
  type DiscordServerOptions,
} from '../support/discord/discord-server.ts';
import { createMemoryRecords } from '../support/memory-records.ts';
import { noPictures } from '../support/no-pictures.ts';

type Behaviour = (invocation: Invocation) => Promise<void>;

export interface Rig {
  readonly server: DiscordServer;
  readonly platform: ChatPlatform;
  readonly invocations: readonly Invocation[];
  /** Everything logged so far, one JSON line each. */
  readonly logged: readonly string[];
  /** Decides what happens with the next invocations; until set, they are only collected. */
  readonly act: (behaviour: Behaviour) => void;
  /** A second process with the same token and the same memory. */
  readonly connectAnother: () => Promise<ChatPlatform>;
  /** A picture on disk. */
  readonly makeFile: (fileName: string, altText?: string) => Promise<DeliverableFile>;
  /** Something spoken, on disk; Discord does not look into it. */
  readonly makeVoice: (fileName: string) => Promise<DeliverableFile>;
  /** The channels whose settings were asked for, as often as they were. */
  readonly settingsRead: readonly string[];
}

interface RigOptions extends DiscordServerOptions {
  clock?: Clock;
  environment?: Record<string, string>;
  /** The platform is connected but not started. */
  isIdle?: boolean;
  /** What a form holds at first. */
  startForm?: (form: FormRequest) => RawValues;
  /** Which replies the channel lets count. */
  replies?: 'mention' | 'any';
  /** Whether the channel wants every recording to be written down. */
  voice?: 'off' | 'transcribe';
  /** Instead of the usual ones. */
  commands?: readonly Command[];
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const answersNothing = () => ({ kind: 'answer', message: message() }) as const;

/** Options of every kind; what they do is the core's business. */
export const commands: readonly Command[] = [
  defineCommand({
    name: 'imagine',
    description: 'Draws',
    published: true,
    options: {
      prompt: { kind: 'text', description: 'What', required: true, maxLength: 6000 },
      model: {
        kind: 'suggested',
        description: 'Which model',
        maxLength: 100,
        suggest: (begun, filledIn) => [
          { value: `${begun}-1`, label: `First for ${JSON.stringify(filledIn)}` },
          { value: `${begun}-2`, label: 'Second' },
        ],
      },
      aspect_ratio: {
        kind: 'choice',
        description: 'Width to height',
        choices: ['1:1', '16:9'].map((value) => ({ value, label: value })),
        aliases: ['ar'],
      },
      count: { kind: 'integer', description: 'How many', min: 1, max: 4 },
      guidance: { kind: 'number', description: 'How closely', min: 0, max: 20 },
      turbo: { kind: 'flag', description: 'Quickly' },
      image: { kind: 'file', description: 'A picture', media: 'image' },
      image2: { kind: 'file', description: 'A second picture', media: 'image' },
      mask: { kind: 'file', description: 'Where', media: 'any' },
    },
    run: answersNothing,
  }),
  defineCommand({
    name: 'edit',
    description: 'Changes a picture',
    published: true,
    menu: 'Edit picture',
    asks: { title: 'Edit picture', options: ['prompt', 'model', 'image', 'number'] },
    options: {
      prompt: { kind: 'text', description: 'What to change', required: true, maxLength: 6000 },
      model: {
        kind: 'suggested',
        description: 'Which model',
        maxLength: 100,
        suggest: () => [
          { value: 'nano', label: 'Nano Banana' },
          { value: 'kontext', label: 'Kontext' },
        ],
      },
      image: { kind: 'file', description: 'Another picture', media: 'image' },
      image2: { kind: 'file', description: 'One more picture', media: 'image' },
      number: { kind: 'integer', description: 'Which picture', min: 1, max: 10 },
      link: { kind: 'text', description: 'A link to a message', maxLength: 300 },
    },
    form: () => ({}),
    run: answersNothing,
  }),
  defineCommand({
    name: 'details',
    description: 'Tells about a picture',
    published: false,
    menu: 'Picture details',
    options: {},
    run: answersNothing,
  }),
  ...[
    { name: 'transcribe', menu: 'Transcribe', published: true },
    { name: 'use-as-prompt', menu: 'Use as prompt', published: false },
    { name: 'speak', menu: 'Read aloud', published: true },
  ].map((entry) =>
    defineCommand({ ...entry, description: 'Hears or speaks', options: {}, run: answersNothing }),
  ),
  ...['cancel', 'help', 'retry', 'again', 'hear'].map((name) =>
    defineCommand({
      name,
      description: 'Helps',
      published: name === 'cancel' || name === 'help',
      options: {},
      run: answersNothing,
    }),
  ),
];

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const server = await startDiscordServer(options);
  closers.push(() => server.close());
  const invocations: Invocation[] = [];
  const logged: string[] = [];
  const records = createMemoryRecords();
  const settingsRead: string[] = [];
  let behaviour: Behaviour = onlyCollect;

  async function connectAnother(): Promise<ChatPlatform> {
    const platform = await connectTo(server, { options, records, logged, settingsRead });
    closers.push(() => platform.stop());
    return platform;
  }
  const platform = await connectAnother();
  if (!options.isIdle) {
    await platform.start(async (invocation) => {
      invocations.push(invocation);
      await behaviour(invocation);
    });
    await platform.publishCommands(options.commands ?? commands);
  }
  const folder = await mkdtemp(join(tmpdir(), 'easel-discord-'));
  return {
    server,
    platform,
    invocations,
    logged,
    act: (next) => void (behaviour = next),
    connectAnother,
    makeFile: (fileName, altText = 'A fox') => makeFile(folder, fileName, altText),
    makeVoice: (fileName) => makeVoice(folder, fileName),
    settingsRead,
  };
}

/** Runs /imagine there and takes hold of its status message. */
export async function openStatus(rig: Rig, channelId: string): Promise<StatusMessage> {
  let status: StatusMessage | undefined;
  rig.act(async (invocation) => void (status = await invocation.acknowledge(say('Waiting'))));
  await rig.server.runCommand({ name: 'imagine', options: { prompt: 'a fox' }, channelId });
  return rig.server.waitFor(() => status);
}

/** Until a test says otherwise. */
async function onlyCollect(): Promise<void> {}

async function connectTo(
  server: DiscordServer,
  parts: { options: RigOptions; records: RecordStore; logged: string[]; settingsRead: string[] },
): Promise<ChatPlatform> {
  const setting = discord.read({
    DISCORD_TOKEN: server.token,
    DISCORD_API_URL: server.apiUrl,
    DISCORD_FILE_HOSTS: server.fileHost,
    ...parts.options.environment,
  });
  if (setting.state !== 'on') throw new Error(`Discord is ${JSON.stringify(setting)}`);
  return setting.connect({
    log: pino({ level: 'debug' }, { write: (text: string) => void parts.logged.push(text) }),
    clock: parts.options.clock ?? systemClock,
    records: parts.records,
    http: { app: new Hono(), raw: () => {} },
    commands: parts.options.commands ?? commands,
    preview: () => [],
    ...noPictures,
    startForm: async (form) => parts.options.startForm?.(form) ?? {},
    settingsOf: async ({ channel }) => {
      parts.settingsRead.push(channel);
      return { replies: parts.options.replies ?? 'mention', voice: parts.options.voice ?? 'off' };
    },
    folder: tmpdir(),
  });
}

async function makeFile(
  folder: string,
  fileName: string,
  altText: string,
): Promise<DeliverableFile> {
  const bytes = await sharp({
    create: { width: 8, height: 8, channels: 3, background: '#c84' },
  })
    .png()
    .toBuffer();
  const path = join(folder, fileName);
  await writeFile(path, bytes);
  return {
    path,
    fileName,
    contentType: 'image/png',
    bytes: bytes.length,
    altText,
    isSpoiler: false,
  };
}

async function makeVoice(folder: string, fileName: string): Promise<DeliverableFile> {
  const bytes = Buffer.from(`OggS ${fileName}`);
  const path = join(folder, fileName);
  await writeFile(path, bytes);
  const waveform = Buffer.from([0, 128, 255]).toString('base64');
  return {
    path,
    fileName,
    contentType: 'audio/ogg',
    bytes: bytes.length,
    altText: 'What is said',
    isSpoiler: false,
    voice: { seconds: 1.5, waveform },
  };
}

/** What the core stores between tries: JSON, so that a second try sees what a restart would. */
function createCheckpoint(): Checkpoint & { readonly saved: unknown } {
  let saved: string | undefined;
  return {
    get saved(): unknown {
      return saved === undefined ? undefined : (JSON.parse(saved) as unknown);
    },
    save: async (value) => void (saved = JSON.stringify(value)),
  };
}

export function deliveryOf(files: readonly DeliverableFile[], key = 'job-1'): Delivery {
  return { key, caption: say('Here it is.'), files, checkpoint: createCheckpoint() };
}

export function say(text: string): Message {
  return message(line(text));
}

export function withButton(text: string, command: string, job = 'job-1'): Message {
  return {
    ...say(text),
    buttons: [{ label: 'Cancel', style: 'secondary', command, job }],
  };
}

/** A clock that a test moves; the server takes it as well. */
export function createTestClock(): Clock & { advance(ms: number): void } {
  let offset = 0;
  return {
    now: () => new Date(Date.now() + offset),
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    advance: (ms) => void (offset += ms),
  };
}
