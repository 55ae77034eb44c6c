import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startDiscordServer,
  type DiscordServer,
  type GatewayDrop,
} from '../support/discord/discord-server.ts';
import { connectClient, next } from '../support/discord/test-client.ts';

let server: DiscordServer;
let client: Client<true>;

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;

beforeEach(async () => {
  server = await startDiscordServer({ heartbeatIntervalMs: 300 });
  client = await connectClient(server);
});

afterEach(async () => {
  await client.destroy();
  await server.close();
});

test.each<GatewayDrop>(['close', 'reconnect-op7', 'silent'])(
  'a client comes back after “%s” and is told what it missed',
  async (how) => {
    const contents: string[] = [];
    client.on(Events.MessageCreate, (message) => void contents.push(message.content));
    await server.dropGateway(how);
    await server.sendMessage({ channelId: server.dmChannelId, content: 'while you were out' });
    await server.waitFor(() => contents.length > 0);
    await server.sendMessage({ channelId: server.dmChannelId, content: 'welcome back' });
    await server.waitFor(() => contents.length > 1);
    expect(contents).toEqual(['while you were out', 'welcome back']);
    expect(server.gateway).toMatchObject({ identifies: 1, resumes: 1, connected: true });
  },
);

test('after an invalid session the client identifies anew', async () => {
  const ready = next(client, Events.ShardReady);
  await server.dropGateway('invalid-session');
  await ready;
  expect(server.gateway).toMatchObject({ identifies: 2, resumes: 0, connected: true });
});

test.each([
  ['a wrong token', { token: 'MTIz.abc.def', intents: [Guilds] }, 'invalid token'],
  ['an intent that the portal did not grant', { intents: [MessageContent] }, 'disallowed intents'],
])('%s is turned away for good', async (_, { intents, ...wrong }, complaint) => {
  const rejected = new Client({ intents, rest: { api: server.apiUrl } });
  const token = 'token' in wrong ? wrong.token : server.token;
  await expect(rejected.login(token)).rejects.toThrow(new RegExp(complaint, 'i'));
  await rejected.destroy();
});

test('an event is told again on demand, with the same id', async () => {
  const ids: string[] = [];
  // Beneath discord.js's own cache, which tells of a message only once.
  client.on(Events.Raw, (packet: { t: string | null; d: { id: string } }) => {
    if (packet.t === 'MESSAGE_CREATE') ids.push(packet.d.id);
  });
  const message = await server.sendMessage({ channelId: server.dmChannelId, content: 'hello' });
  server.redeliver(message);
  await server.waitFor(() => ids.length === 2);
  expect(ids).toEqual([message.id, message.id]);
});

describe('without the message content intent', () => {
  const upload = { fileName: 'a.png', contentType: 'image/png', bytes: Buffer.from('a') };

  async function hear(said: { channelId: string; repliesTo?: string; mentionsBot?: boolean }) {
    const coming = next(client, Events.MessageCreate);
    await server.sendMessage({ ...said, content: 'secret', attachments: [upload] });
    const [message] = await coming;
    return { content: message.content, files: message.attachments.size };
  }

  test('a channel message arrives empty', async () => {
    expect(await hear({ channelId: server.channelId })).toEqual({ content: '', files: 0 });
  });

  test('a mention and a direct message arrive whole', async () => {
    expect(await hear({ channelId: server.threadId, mentionsBot: true })).toEqual({
      content: `<@${server.botUserId}> secret`,
      files: 1,
    });
    expect(await hear({ channelId: server.dmChannelId })).toEqual({ content: 'secret', files: 1 });
  });

  test('a reply arrives whole when it answers a regular message, not an interaction', async () => {
    await client.application.commands.set([{ name: 'hi', description: 'Says hi' }]);
    const coming = next(client, Events.InteractionCreate);
    const seen = await server.runCommand({ name: 'hi' });
    const [interaction] = await coming;
    if (!interaction.isRepliable()) throw new Error('A command can be replied to.');
    await interaction.reply('hi');
    const channel = await client.channels.fetch(server.channelId);
    if (!channel?.isSendable()) throw new Error('The channel cannot be written to.');
    const regular = await channel.send({ content: 'regular', flags: MessageFlags.SuppressEmbeds });

    const { channelId } = server;
    const repliesTo = seen.response?.message?.id ?? '';
    expect(await hear({ channelId, repliesTo })).toEqual({ content: '', files: 0 });
    expect(await hear({ channelId, repliesTo: regular.id })).toEqual({
      content: 'secret',
      files: 1,
    });
  });

  test('REST empties what others wrote and keeps what the bot wrote', async () => {
    await server.sendMessage({ channelId: server.channelId, content: 'secret' });
    const channel = await client.channels.fetch(server.channelId);
    if (!channel?.isSendable()) throw new Error('The channel cannot be written to.');
    await channel.send('mine');
    const messages = await channel.messages.fetch({ limit: 10 });
    expect(messages.map(({ content }) => content)).toEqual(['mine', '']);
  });
});

test('a granted intent shows every message whole', async () => {
  const open = await startDiscordServer({ grantsMessageContent: true });
  const reader = await connectClient(open, [Guilds, GuildMessages, DirectMessages, MessageContent]);
  const coming = next(reader, Events.MessageCreate);
  await open.sendMessage({ channelId: open.channelId, content: 'not so secret' });
  const [message] = await coming;
  expect(message.content).toBe('not so secret');
  await reader.destroy();
  await open.close();
});
