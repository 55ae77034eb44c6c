import { Events, GatewayIntentBits, type Client } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import {
  startDiscordServer,
  type DiscordServer,
  type DiscordServerOptions,
  type PersonMessage,
} from '../support/discord/discord-server.ts';
import { callApi, connectClient } from '../support/discord/test-client.ts';

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
const PICTURE = { fileName: 'me.png', contentType: 'image/png', bytes: Buffer.from('picture') };

let server: DiscordServer;
let client: Client<true>;
let told: Record<string, unknown>[] = [];

async function start(options: DiscordServerOptions = {}): Promise<void> {
  server = await startDiscordServer(options);
  const content = options.grantsMessageContent ? [MessageContent] : [];
  client = await connectClient(server, [Guilds, GuildMessages, DirectMessages, ...content]);
  told = [];
  client.on(Events.Raw, (packet: { t: string; d: Record<string, unknown> }) => {
    if (packet.t === 'MESSAGE_CREATE') told.push(packet.d);
  });
}

afterEach(async () => {
  await client.destroy();
  await server.close();
});

/** The message as the gateway tells it and as REST reads it. */
async function say(message: Partial<PersonMessage>) {
  const count = told.length;
  const whole = { channelId: server.channelId, content: '', ...message };
  const { id, channelId } = await server.sendMessage(whole);
  await server.waitFor(() => told.length > count);
  const path = `/channels/${channelId}/messages/${id}`;
  return [told.at(-1), (await callApi(server, { method: 'GET', path })).body];
}

async function postAsBot(): Promise<string> {
  const path = `/channels/${server.channelId}/messages`;
  const { body } = await callApi(server, { method: 'POST', path, body: { content: 'mine' } });
  await server.waitFor(() => told.length > 0);
  return String(body['id']);
}

const hidden = { content: '', attachments: [], embeds: [], components: [] };

test('without the intent other people’s pictures are hidden, in events and in REST', async () => {
  await start();
  for (const seen of await say({ content: 'look', attachments: [PICTURE] })) {
    expect(seen).toMatchObject(hidden);
  }
  for (const seen of await say({ embeds: [{ image: PICTURE }] }))
    expect(seen).toMatchObject(hidden);
});

test('without the intent a mention shows the message, but not the one that it answers', async () => {
  await start();
  const { channelId } = server;
  const shown = await server.sendMessage({ channelId, content: 'look', attachments: [PICTURE] });
  await server.waitFor(() => told.length > 0);
  const seen = await say({ content: 'at night', mentionsBot: true, repliesTo: shown.id });
  for (const message of seen) {
    expect(message).toMatchObject({
      type: 19,
      content: `<@${server.botUserId}> at night`,
      message_reference: { message_id: shown.id, channel_id: channelId },
      referenced_message: { id: shown.id, ...hidden },
    });
  }
});

test('without the intent a reply that pings the bot shows itself and the bot’s message', async () => {
  await start();
  const mine = await postAsBot();
  for (const message of await say({ content: 'at night', repliesTo: mine })) {
    expect(message).toMatchObject({
      content: 'at night',
      mentions: [{ id: server.botUserId }],
      referenced_message: { content: 'mine' },
    });
  }
  const quiet = await say({ content: 'at night', repliesTo: mine, isQuiet: true });
  for (const message of quiet) {
    expect(message).toMatchObject({ content: '', mentions: [], referenced_message: { id: mine } });
  }
});

test('with the intent everything is shown, forwards and embeds included', async () => {
  await start({ grantsMessageContent: true });
  const { channelId } = server;
  const first = await server.sendMessage({ channelId, content: 'look', attachments: [PICTURE] });
  await server.waitFor(() => told.length > 0);
  for (const message of await say({ forwards: first.id })) {
    expect(message).toMatchObject({
      content: '',
      attachments: [],
      message_reference: { type: 1, message_id: first.id },
      message_snapshots: [{ message: { content: 'look', attachments: [{ filename: 'me.png' }] } }],
    });
  }
  const [seen] = await say({ embeds: [{ image: PICTURE }] });
  const [embed] = (seen?.['embeds'] ?? []) as { image: { proxy_url: string } }[];
  expect(await (await fetch(embed?.image.proxy_url ?? '')).text()).toBe('picture');
});

test('without the intent a forward is hidden, in direct messages it is not', async () => {
  await start();
  const { channelId } = server;
  const first = await server.sendMessage({ channelId, content: 'look', attachments: [PICTURE] });
  await server.waitFor(() => told.length > 0);
  for (const message of await say({ forwards: first.id })) {
    expect(message).toMatchObject({ message_snapshots: [{ message: hidden }] });
  }
  for (const message of await say({ forwards: first.id, channelId: server.dmChannelId })) {
    expect(message).toMatchObject({ message_snapshots: [{ message: { content: 'look' } }] });
  }
});

test('a webhook’s message has no member', async () => {
  await start({ grantsMessageContent: true });
  const user = { ...server.user('news'), bot: true };
  const [seen] = await say({ content: 'news', user, viaWebhook: true });
  expect(seen).toMatchObject({ webhook_id: user.id, author: { id: user.id, bot: true } });
  expect(seen).not.toHaveProperty('member');
});

test('who is let in may see what others may not', async () => {
  await start();
  const guild = await client.guilds.fetch(server.guildId);
  const member = await guild.members.fetch(server.user('guest').id);
  const closed = () => guild.channels.cache.get(server.closedChannelId);
  expect(
    guild.channels.cache.get(server.channelId)?.permissionsFor(member).has('ViewChannel'),
  ).toBe(true);
  expect(closed()?.permissionsFor(member).has('ViewChannel')).toBe(false);
  server.admit(server.user('guest'), server.closedChannelId);
  await server.waitFor(() => closed()?.permissionsFor(member).has('ViewChannel'));
});
