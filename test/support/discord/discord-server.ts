import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { createFaults } from './faults.ts';
import { attachGateway } from './gateway.ts';
import { sendModal } from './modals.ts';
import {
  admit,
  empower,
  openMenu,
  permit,
  pressButton,
  redeliver,
  runCommand,
  sendInteraction,
  typeInto,
} from './people.ts';
import { createRateLimits } from './rate-limits.ts';
import { createRest } from './rest.ts';
import { createSchemaCheck } from './schema-check.ts';
import { sendMessage, sendVoiceNote } from './talk.ts';
import { createUser, createWorld, type World } from './state.ts';
import type { DiscordServer, DiscordServerOptions, TestUser } from './types.ts';

export type * from './types.ts';

/** A Discord on loopback that the real discord.js connects to: gateway, REST and CDN on one port. */
export async function startDiscordServer(
  options: DiscordServerOptions = {},
): Promise<DiscordServer> {
  const world = createWorld({ ...options, now: options.now ?? Date.now });
  const faults = createFaults();
  const schema = createSchemaCheck();
  const limits = createRateLimits(options.limitWindowMs);
  const rest = createRest({ world, faults, schema, limits });
  const listener = getRequestListener(rest.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  const gateway = attachGateway(server, world, {
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? 41_250,
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  world.origin = `http://127.0.0.1:${port}`;

  return {
    apiUrl: `${world.origin}/api`,
    fileHost: `127.0.0.1:${port}`,
    port,
    ...describeWorld(world),
    schemaChecked: schema.isOn,
    get tooManyRequests() {
      return world.journal.filter(({ status }) => status === 429).length;
    },
    get publishedCommands() {
      return world.commands;
    },
    get commandWrites() {
      return world.commandWrites;
    },
    gateway,
    user: (name) => findUser(world, name),
    permit: (permissions) => permit(world, permissions),
    empower: (user, permissions) => empower(world, user, permissions),
    admit: (user, channelId) => admit(world, user, channelId),
    runCommand: async (call) => runCommand(world, call),
    typeInto: async (call) => typeInto(world, call),
    pressButton: async (press) => pressButton(world, press),
    openMenu: async (call) => openMenu(world, call),
    sendModal: async (opening, sending) => sendModal(world, opening, sending),
    sendInteraction: async (raw) => sendInteraction(world, raw),
    sendMessage: async (message) => sendMessage(world, message),
    sendVoiceNote: async (note) => sendVoiceNote(world, note),
    redeliver: (event) => redeliver(world, event),
    messages: (channelId) =>
      [...world.messages.values()].filter((message) => message.channelId === channelId),
    waitFor,
    fail: (rule) => faults.add(rule),
    mend: () => faults.clear(),
    dropGateway: (how) => gateway.drop(how),
    async close() {
      await gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function describeWorld(world: World) {
  const { ids, bot, token, person, violations, journal } = world;
  return {
    token,
    applicationId: bot.id,
    botUserId: bot.id,
    guildId: ids.guild,
    channelId: ids.channel,
    threadId: ids.thread,
    closedChannelId: ids.closed,
    privateThreadId: ids.privateThread,
    dmChannelId: ids.dm,
    foreignChannelId: ids.foreign,
    groupChannelId: ids.group,
    person,
    violations,
    journal,
  };
}

function findUser(world: World, name?: string): TestUser {
  const known = [...world.users.values()].find(({ username }) => username === name);
  if (known) return known;
  const user = createUser(world.nextId(), name ?? `person-${world.users.size}`, false);
  world.users.set(user.id, user);
  return user;
}

async function waitFor<T>(check: () => T | undefined | false, timeoutMs = 5000): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = check();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) {
      throw new Error(`Nothing came of it within ${timeoutMs} ms: ${check.toString()}`);
    }
    await wait(5);
  }
}
