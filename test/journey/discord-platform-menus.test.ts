/** Entries in the menu of a message on Discord, which need no privileged intent for any picture. */
import { afterEach, describe, expect, test } from 'vitest';
import { waitFor } from '../support/chats/chat.ts';
import { openDiscordStudio, photo, type DiscordStudio } from '../support/discord/discord-studio.ts';
import type {
  ModalSending,
  PersonMessage,
  ServerMessage,
  TestInteraction,
} from '../support/discord/types.ts';

const EDIT = 'fal-ai/nano-banana-pro/edit';
const DAY_MS = 24 * 60 * 60_000;

let studio: DiscordStudio;
afterEach(() => studio.close());

async function open(): Promise<void> {
  studio = await openDiscordStudio();
}

async function show(picture: Partial<PersonMessage>): Promise<ServerMessage> {
  const { server } = studio;
  return server.sendMessage({ channelId: server.channelId, content: 'look', ...picture });
}

/** Apps → Edit picture, as far as the form. */
async function openForm(messageId: string, name = 'Edit picture'): Promise<TestInteraction> {
  const opening = await studio.server.openMenu({ name, messageId });
  await studio.server.waitFor(() => opening.response);
  return opening;
}

async function edit(messageId: string, values: ModalSending['values'] = {}) {
  const before = studio.inputs().length;
  const opening = await openForm(messageId);
  const sent = await studio.server.sendModal(opening, {
    values: { prompt: 'make it night', ...values },
  });
  await studio.settle(before + 1);
  return sent;
}

/** What the person alone was told. */
async function whisperOf(interaction: TestInteraction): Promise<string> {
  const response = await studio.server.waitFor(() => interaction.response?.message);
  expect(response.ephemeral).toBe(true);
  return response.content;
}

/** Another app. */
const robot = () => ({ ...studio.server.user('robot'), bot: true });

describe('Edit picture changes the picture of', () => {
  const kinds: readonly [
    string,
    (picture: Awaited<ReturnType<typeof photo>>) => Promise<string>,
  ][] = [
    ['a person', async (picture) => (await show({ attachments: [picture] })).id],
    ['another app', async (picture) => (await show({ attachments: [picture], user: robot() })).id],
    [
      'a forward',
      async (picture) => {
        const { id } = await show({ attachments: [picture] });
        return (await show({ content: '', forwards: id })).id;
      },
    ],
    ['an embed', async (picture) => (await show({ embeds: [{ image: picture }] })).id],
    ['a gallery', async (picture) => (await show({ content: '', gallery: [picture] })).id],
  ];
  test.each(kinds)('%s', async (_, shown) => {
    await open();
    const picture = await photo('red');
    const sent = await edit(await shown(picture));
    const { channelId } = studio.server;
    expect(studio.inputs()).toMatchObject([{ endpoint: EDIT, input: { prompt: 'make it night' } }]);
    expect(await studio.givenLast()).toEqual([picture.bytes]);
    expect(studio.results(channelId)).toHaveLength(1);
    expect(sent.acknowledgedAfterMs).toBeLessThan(3000);
    expect(sent.errors).toEqual([]);
    expect(studio.server.violations).toEqual([]);
    expect(studio.server.tooManyRequests).toBe(0);
  });
});

test.each(['threadId', 'dmChannelId'] as const)('in %s it works the same', async (place) => {
  await open();
  const channelId = studio.server[place];
  const { id, attachments } = await studio.draw('a lighthouse', { channelId });
  await edit(id);
  expect(await studio.givenLast()).toEqual([attachments[0]?.bytes]);
  expect(studio.results(channelId)).toHaveLength(2);
});

test.each(['foreignChannelId', 'groupChannelId'] as const)(
  'in %s, where the bot is not, it works the same',
  async (place) => {
    await open();
    const channelId = studio.server[place];
    const picture = await photo('red');
    const { id } = await show({ channelId, attachments: [picture] });
    await edit(id);
    expect(await studio.givenLast()).toEqual([picture.bytes]);
    const [result, ...others] = studio.results(channelId);
    expect(others).toEqual([]);
    expect(result?.components.length).toBeGreaterThan(0);
  },
);

test('Easel’s own picture is changed from its original', async () => {
  await open();
  const { id, attachments } = await studio.draw('a lighthouse');
  await edit(id);
  expect(await studio.givenLast()).toEqual([attachments[0]?.bytes]);
  const parents = await studio.parts().store.pictures.newest(studio.server.person.id, {
    platform: 'discord',
    tenant: studio.server.guildId,
    channel: studio.server.channelId,
  });
  expect(parents?.parents).toHaveLength(1);
});

test('of several pictures one is chosen by number, and a further one goes along', async () => {
  await open();
  const pictures = [await photo('red'), await photo('green'), await photo('blue')];
  const { id } = await show({ attachments: pictures });
  const hat = await photo('yellow');
  await edit(id, { number: '2', image: [hat] });
  expect(await studio.givenLast()).toEqual([pictures[1]?.bytes, hat.bytes]);
});

test('a number in front of the words counts, and so do flags among them', async () => {
  await open();
  const pictures = [await photo('red'), await photo('green')];
  const { id } = await show({ attachments: pictures });
  await edit(id, { prompt: '2: make it night --ar 16:9' });
  expect(studio.inputs()[0]?.input).toMatchObject({
    prompt: 'make it night',
    aspect_ratio: '16:9',
  });
  expect(await studio.givenLast()).toEqual([pictures[1]?.bytes]);
});

test('another model can be chosen', async () => {
  await open();
  const { id } = await show({ attachments: [await photo('red')] });
  await edit(id, { model: 'flux-kontext' });
  expect(studio.inputs()[0]?.endpoint).toContain('kontext');
});

test('a form is for the person who opened it, where it was opened', async () => {
  await open();
  const { server } = studio;
  const { id } = await show({ attachments: [await photo('red')] });
  const opening = await openForm(id);
  const values = { prompt: 'make it night' };
  const byAnother = await server.sendModal(opening, { values, user: server.user('guest') });
  expect(await whisperOf(byAnother)).toContain('somebody else');
  const elsewhere = await server.sendModal(opening, { values, channelId: server.threadId });
  expect(await whisperOf(elsewhere)).toContain('elsewhere');
  expect(studio.inputs()).toEqual([]);
});

test('a form outlives the process, but not the day', async () => {
  await open();
  const { server } = studio;
  const picture = await photo('red');
  const { id } = await show({ attachments: [picture] });
  const opening = await openForm(id);
  await studio.restart(DAY_MS / 2);
  const values = { prompt: 'make it night' };
  await server.sendModal(opening, { values });
  await studio.settle(1);
  expect(await studio.givenLast()).toEqual([picture.bytes]);
  await studio.restart(DAY_MS);
  const late = await server.sendModal(opening, { values });
  expect(await whisperOf(late)).toContain('more than a day old');
  await openForm(id);
  const kept = () => studio.parts().store.records('discord').list('menu-forms', 10);
  await waitFor('the older one to be forgotten', async () => (await kept()).length === 1);
  expect(await kept()).toHaveLength(1);
});

test('a message without a picture opens no form', async () => {
  await open();
  const { id } = await show({ content: 'mere words' });
  expect(await whisperOf(await openForm(id))).toContain('no picture');
});

test('Picture details tells about it at once', async () => {
  await open();
  const { id } = await studio.draw('a lighthouse');
  const told = await whisperOf(await openForm(id, 'Picture details'));
  expect(told).toContain('a lighthouse');
  expect(studio.server.violations).toEqual([]);
});
