import { createHash } from 'node:crypto';
import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  Events,
  GatewayIntentBits,
  Partials,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Message,
} from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDiscordServer, type DiscordServer } from '../support/discord/discord-server.ts';

let server: DiscordServer;
let client: Client<true>;
let now: number;

const imagine = {
  name: 'imagine',
  description: 'Draws a picture',
  options: [
    { type: 3, name: 'prompt', description: 'What to draw', required: true },
    { type: 11, name: 'picture', description: 'A picture to start from' },
  ],
};

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23);
  server = await startDiscordServer({ now: () => now, heartbeatIntervalMs: 400 });
  client = await connect();
  await client.application.commands.set([imagine]);
});

afterEach(async () => {
  await client.destroy();
  await server.close();
});

async function connect(): Promise<Client<true>> {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
  const connecting = new Client({
    intents: [Guilds, GuildMessages, DirectMessages],
    partials: [Partials.Channel],
    rest: { api: server.apiUrl, retries: 1 },
  });
  const ready = new Promise<Client<true>>((resolve) => {
    connecting.once(Events.ClientReady, resolve);
  });
  await connecting.login(server.token);
  return ready;
}

function nextCommand(): Promise<ChatInputCommandInteraction> {
  return new Promise((resolve) => {
    client.once(Events.InteractionCreate, (interaction) =>
      resolve(interaction as ChatInputCommandInteraction),
    );
  });
}

test('a command goes from defer over edit to a regular message with a file', async () => {
  const coming = nextCommand();
  const run = await server.runCommand({ name: 'imagine', options: { prompt: 'a fox' } });
  const interaction = await coming;
  expect(interaction.options.getString('prompt')).toBe('a fox');
  const answer = await interaction.deferReply({ withResponse: true });
  now += 1000;
  await interaction.editReply('drawing');
  const channel = await client.channels.fetch(server.channelId);
  if (!channel?.isSendable()) throw new Error('The channel cannot be written to.');
  const bytes = Buffer.from('not really a picture');
  await channel.send({
    content: 'done',
    files: [new AttachmentBuilder(bytes, { name: 'fox.png', description: 'A fox' })],
  });

  const [status, result] = server.messages(server.channelId);
  expect(run.acknowledgedAfterMs).toBe(0);
  expect(run.errors).toEqual([]);
  expect(answer.interaction.responseMessageId).toBe(status?.id);
  expect(answer.resource?.message).toBeNull();
  expect(status?.versions.map(({ content }) => content)).toEqual(['', 'drawing']);
  expect(result?.by).toBe('bot');
  expect(result?.attachments).toMatchObject([{ filename: 'fox.png', description: 'A fox', bytes }]);
  expect(server.journal.at(-1)?.files[0]?.sha256).toBe(
    createHash('sha256').update(bytes).digest('hex'),
  );
  expect(server.violations).toEqual([]);
  expect(server.tooManyRequests).toBe(0);
});
