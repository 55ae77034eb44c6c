import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  Events,
  MessageFlags,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  type SendableChannels,
} from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  startDiscordServer,
  type CommandCall,
  type DiscordServer,
  type TestInteraction,
} from '../support/discord/discord-server.ts';
import { connectClient, next } from '../support/discord/test-client.ts';

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
const minutes = 60_000;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23);
  server = await startDiscordServer({ now: () => now });
  client = await connectClient(server);
  await client.application.commands.set([imagine]);
});

afterEach(async () => {
  await client.destroy();
  await server.close();
});

async function run(
  call: Omit<CommandCall, 'name'> = {},
): Promise<[TestInteraction, ChatInputCommandInteraction]> {
  const coming = next(client, Events.InteractionCreate);
  const options = { prompt: 'a fox' };
  const seen = await server.runCommand({ name: 'imagine', options, ...call });
  const [interaction] = await coming;
  return [seen, interaction as ChatInputCommandInteraction];
}

async function openChannel(id: string): Promise<SendableChannels> {
  const channel = await client.channels.fetch(id);
  if (!channel?.isSendable()) throw new Error('The channel cannot be written to.');
  return channel;
}

test('a command goes from deferral over an edit to a regular message with a file', async () => {
  const [seen, interaction] = await run();
  now += 800;
  const answer = await interaction.deferReply({ withResponse: true });
  await interaction.editReply('drawing');
  const bytes = Buffer.from('not really a picture');
  const file = new AttachmentBuilder(bytes, { name: 'fox.png', description: 'A fox' });
  await (await openChannel(server.channelId)).send({ content: 'done', files: [file] });

  const [status, result] = server.messages(server.channelId);
  expect(interaction.options.getString('prompt')).toBe('a fox');
  expect(seen).toMatchObject({ acknowledgedAfterMs: 800, errors: [], response: { type: 5 } });
  expect(answer.interaction.responseMessageId).toBe(status?.id);
  expect(answer.resource?.message).toBeNull();
  expect(status?.versions.map(({ content }) => content)).toEqual(['', 'drawing']);
  expect(result).toMatchObject({
    by: 'bot',
    attachments: [{ filename: 'fox.png', description: 'A fox', bytes }],
  });
  expect(server.journal.at(-1)).toMatchObject({
    parts: ['files[0]', 'payload_json'],
    files: [{ name: 'fox.png', bytes }],
  });
  expect(server).toMatchObject({ violations: [], tooManyRequests: 0, commandWrites: 1 });
});

test('an attached picture can be fetched from its signed link only', async () => {
  const bytes = Buffer.from('picture');
  const upload = { optionName: 'picture', fileName: 'a fox.png', contentType: 'image/png', bytes };
  const [, interaction] = await run({ attachments: [upload] });
  const attachment = interaction.options.getAttachment('picture', true);

  const whole = await fetch(attachment.url);
  const unsigned = await fetch(attachment.url.split('?')[0] ?? '');
  now += 25 * 60 * minutes;
  const tomorrow = await fetch(attachment.url);

  expect(attachment).toMatchObject({ name: 'a_fox.png', contentType: 'image/png', size: 7 });
  expect(new URL(attachment.url).pathname).toMatch(/^\/ephemeral-attachments\//);
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
  expect([unsigned.status, tomorrow.status]).toEqual([404, 404]);
});

test('a pressed button can update its message', async () => {
  const cancel = new ButtonBuilder()
    .setCustomId('cancel:1')
    .setLabel('Cancel')
    .setStyle(ButtonStyle.Danger);
  const row = new ActionRowBuilder<ButtonBuilder>().addComponents(cancel);
  const channel = await openChannel(server.channelId);
  const message = await channel.send({ content: 'running', components: [row] });

  const coming = next(client, Events.InteractionCreate);
  const seen = await server.pressButton({ messageId: message.id, label: 'Cancel' });
  const pressed = (await coming)[0] as ButtonInteraction;
  await pressed.deferUpdate();
  await pressed.editReply({ content: 'cancelled', components: [] });
  await pressed.followUp({ content: 'as you wish', flags: MessageFlags.Ephemeral });

  expect(pressed.customId).toBe('cancel:1');
  expect(seen.response).toMatchObject({ type: 6, message: { content: 'cancelled' } });
  expect(seen.followups).toMatchObject([{ content: 'as you wish', ephemeral: true }]);
  await expect(server.pressButton({ messageId: message.id, label: 'Cancel' })).rejects.toThrow(
    'no such button',
  );
  expect(server.violations).toEqual([]);
});

test('an acknowledgement after three seconds is refused, and the person told', async () => {
  const [seen, interaction] = await run();
  now += 3001;
  await expect(interaction.deferReply()).rejects.toMatchObject({ code: 10062, status: 404 });
  expect(seen.acknowledgedAfterMs).toBeUndefined();
  expect(seen.errors[0]).toBe('The application did not respond');
});

test('a second acknowledgement of a redelivered event is refused', async () => {
  const [seen, first] = await run();
  await first.deferReply();
  const coming = next(client, Events.InteractionCreate);
  server.redeliver(seen);
  const second = (await coming)[0] as ChatInputCommandInteraction;
  expect(second.id).toBe(first.id);
  await expect(second.deferReply()).rejects.toMatchObject({ code: 40060, status: 400 });
});

test('the token dies after its lifetime, while the bot can still edit the message', async () => {
  const [, interaction] = await run();
  await interaction.deferReply();
  const { id } = await interaction.editReply('waiting');
  now += 15 * minutes + 1;
  await expect(interaction.editReply('late')).rejects.toMatchObject({ code: 50027, status: 401 });
  const channel = await openChannel(server.channelId);
  await channel.messages.edit(id, 'taken over');
  expect(server.messages(server.channelId)[0]?.versions.map(({ by }) => by)).toEqual([
    'interaction',
    'interaction',
    'bot',
  ]);
});

test('an ephemeral answer does not exist for the bot', async () => {
  const [, interaction] = await run();
  await interaction.reply({ content: 'only you', flags: MessageFlags.Ephemeral });
  const [answer] = server.messages(server.channelId);
  const channel = await openChannel(server.channelId);
  expect(answer).toMatchObject({ ephemeral: true, content: 'only you' });
  await expect(channel.messages.edit(answer?.id ?? '', 'x')).rejects.toMatchObject({ code: 10008 });
});

test('where the bot is not, only the interaction answers, with five followups', async () => {
  const [seen, interaction] = await run({ channelId: server.foreignChannelId });
  await interaction.deferReply();
  await interaction.editReply('here');
  await expect(
    client.rest.post(`/channels/${server.foreignChannelId}/messages`, { body: { content: 'x' } }),
  ).rejects.toMatchObject({ code: 50001, status: 403 });
  for (const content of ['1', '2', '3', '4', '5']) await interaction.followUp(content);
  await expect(interaction.followUp('6')).rejects.toMatchObject({ code: 40094 });
  expect(interaction.authorizingIntegrationOwners).toMatchObject({
    guildId: null,
    userId: server.person.id,
  });
  expect(seen.followups.map(({ content }) => content)).toEqual(['1', '2', '3', '4', '5']);
});
