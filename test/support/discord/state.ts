import { createHmac } from 'node:crypto';
import { PermissionFlagsBits } from 'discord.js';
import { createSnowflakes } from './snowflakes.ts';
import type {
  InteractionResponse,
  JsonObject,
  RecordedRequest,
  ServerAttachment,
  ServerMessage,
  TestInteraction,
  TestUser,
} from './types.ts';

export interface Channel {
  readonly id: string;
  readonly kind: 'guild' | 'closed' | 'thread' | 'private-thread' | 'dm' | 'group' | 'foreign';
  readonly name: string;
  readonly guildId: string | undefined;
  readonly parentId: string | undefined;
}

/** The server's own view of an interaction; tests see it as a TestInteraction. */
export interface Interaction extends TestInteraction {
  readonly createdAt: number;
  readonly payload: JsonObject;
  /** The message a pressed button is on. */
  readonly source: ServerMessage | undefined;
  readonly attachmentSizeLimit: number;
  acknowledgedAfterMs: number | undefined;
  response: InteractionResponse | undefined;
  followups: ServerMessage[];
  complaints: string[];
}

/** Something told over the gateway. */
export interface GatewayEvent {
  readonly type: string;
  readonly payload: JsonObject;
  /** What a session without the MESSAGE_CONTENT intent gets instead. */
  readonly withoutContent?: JsonObject;
  /** The intent a session needs; 0 for events that everybody gets. */
  readonly intent: number;
}

export interface World {
  readonly now: () => number;
  readonly nextId: () => string;
  readonly token: string;
  readonly bot: TestUser;
  readonly person: TestUser;
  readonly ids: Readonly<
    Record<
      | 'guild'
      | 'owner'
      | 'foreignGuild'
      | 'channel'
      | 'closed'
      | 'thread'
      | 'privateThread'
      | 'dm'
      | 'foreign'
      | 'group',
      string
    >
  >;
  readonly users: Map<string, TestUser>;
  readonly channels: Map<string, Channel>;
  readonly messages: Map<string, ServerMessage>;
  readonly attachments: Map<string, ServerAttachment>;
  /** By token. */
  readonly interactions: Map<string, Interaction>;
  readonly nonces: Map<string, { at: number; message: ServerMessage }>;
  readonly violations: string[];
  readonly journal: RecordedRequest[];
  readonly tokenLifetimeMs: number;
  /** Whether the developer portal lets the app read what is not addressed to it. */
  readonly grantsMessageContent: boolean;
  /** By person: the permission bits in the guild beyond the usual ones. */
  readonly powers: Map<string, bigint>;
  /** By channel that not everybody sees: the people who do. */
  readonly admitted: Map<string, Set<string>>;
  commands: JsonObject[];
  commandWrites: number;
  permissions: bigint;
  /** http://127.0.0.1:PORT, known once the server listens. */
  origin: string;
  tell: (event: GatewayEvent) => void;
}

/** View, send (in threads and as a voice too), attach, embed, read the history: what docs/operate.md asks for. */
const usualPermissions = 70_643_622_202_368n;
/** View, send, attach, embed, read the history, use commands: what everybody may in the guild. */
export const everyonesPermissions =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands;
const minutes = 60_000;

export function createWorld(settings: {
  now: () => number;
  tokenLifetimeMs?: number | undefined;
  permissions?: bigint | undefined;
  grantsMessageContent?: boolean | undefined;
}): World {
  const nextId = createSnowflakes(settings.now);
  const bot = createUser(nextId(), 'easel', true);
  const person = createUser(nextId(), 'ada', false);
  const ids = {
    guild: nextId(),
    owner: nextId(),
    foreignGuild: nextId(),
    channel: nextId(),
    closed: nextId(),
    thread: nextId(),
    privateThread: nextId(),
    dm: nextId(),
    foreign: nextId(),
    group: nextId(),
  };
  return {
    now: settings.now,
    nextId,
    bot,
    person,
    ids,
    token: `${Buffer.from(bot.id).toString('base64url')}.Gtest0.${'loopback'.repeat(5).slice(0, 38)}`,
    users: new Map([bot, person].map((user) => [user.id, user])),
    channels: new Map(listChannels(ids).map((channel) => [channel.id, channel])),
    messages: new Map(),
    attachments: new Map(),
    interactions: new Map(),
    nonces: new Map(),
    violations: [],
    journal: [],
    tokenLifetimeMs: settings.tokenLifetimeMs ?? 15 * minutes,
    grantsMessageContent: settings.grantsMessageContent ?? false,
    powers: new Map(),
    admitted: new Map([ids.closed, ids.privateThread].map((id) => [id, new Set([bot.id])])),
    commands: [],
    commandWrites: 0,
    permissions: settings.permissions ?? usualPermissions,
    origin: '',
    tell: () => {},
  };
}

export function createUser(id: string, name: string, bot: boolean): TestUser {
  return { id, username: name, global_name: name[0]?.toUpperCase() + name.slice(1), bot };
}

function listChannels(ids: World['ids']): Channel[] {
  const here = { guildId: ids.guild, parentId: undefined };
  const nowhere = { guildId: undefined, parentId: undefined };
  return [
    { id: ids.channel, kind: 'guild', name: 'studio', ...here },
    { id: ids.closed, kind: 'closed', name: 'board', ...here },
    { id: ids.thread, kind: 'thread', name: 'sketches', guildId: ids.guild, parentId: ids.channel },
    {
      id: ids.privateThread,
      kind: 'private-thread',
      name: 'secrets',
      guildId: ids.guild,
      parentId: ids.channel,
    },
    { id: ids.dm, kind: 'dm', name: '', ...nowhere },
    { id: ids.group, kind: 'group', name: 'friends', ...nowhere },
    {
      id: ids.foreign,
      kind: 'foreign',
      name: 'elsewhere',
      guildId: ids.foreignGuild,
      parentId: undefined,
    },
  ];
}

export function isThread({ kind }: Channel): boolean {
  return kind === 'thread' || kind === 'private-thread';
}

export function isInGuild(channel: Channel): boolean {
  return channel.kind === 'guild' || channel.kind === 'closed' || isThread(channel);
}

/** Whether the bot itself is there, as opposed to only its commands. */
export function isBotIn(channel: Channel): boolean {
  return isInGuild(channel) || channel.kind === 'dm';
}

export function may(world: World, permission: keyof typeof PermissionFlagsBits): boolean {
  const bit = PermissionFlagsBits[permission];
  return (world.permissions & bit) === bit;
}

/** What Discord says that a person may do in a channel of the guild. */
export function toPersonsPermissions(world: World, channel: Channel, userId: string): bigint {
  const bits = everyonesPermissions | (world.powers.get(userId) ?? 0n);
  const isAdmitted = world.admitted.get(channel.id)?.has(userId) ?? true;
  return isAdmitted ? bits : bits & ~PermissionFlagsBits.ViewChannel;
}

const day = 24 * 60 * minutes;

/** CDN links carry their expiry and a signature, and die after about a day. */
export function signLink(world: World, path: string): string {
  const issued = Math.trunc(world.now() / 1000);
  const expires = Math.trunc((world.now() + day) / 1000);
  const [ex, is] = [expires.toString(16), issued.toString(16)];
  return `${world.origin}${path}?ex=${ex}&is=${is}&hm=${linkSignature(path, ex, is)}&`;
}

export function linkSignature(path: string, expires: string, issued: string): string {
  return createHmac('sha256', 'loopback').update(`${path}|${expires}|${issued}`).digest('hex');
}
