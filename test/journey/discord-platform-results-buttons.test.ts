/** The buttons under a result on Discord, with everything behind them. */
import { afterEach, expect, test } from 'vitest';
import { openDiscordStudio, photo, type DiscordStudio } from '../support/discord/discord-studio.ts';
import type { ServerMessage, TestInteraction } from '../support/discord/types.ts';

interface Component {
  readonly custom_id: string;
}

const SIXTY_DAYS_MS = 60 * 24 * 60 * 60_000;
const MANAGE_MESSAGES = 1n << 13n;

let studio: DiscordStudio;
afterEach(() => studio.close());

async function open(intent: 'on' | 'off' = 'off'): Promise<void> {
  studio = await openDiscordStudio({ intent });
}

function labelsOf({ components }: ServerMessage): readonly string[] {
  const rows = components as { components: { label: string }[] }[];
  return rows.flatMap((row) => row.components.map(({ label }) => label));
}

/** What the person alone was told after a press or a form. */
async function whisperOf(press: TestInteraction): Promise<ServerMessage> {
  return studio.server.waitFor(() => {
    const response = press.response?.message;
    return response?.ephemeral && !response.loading ? response : press.followups.at(-1);
  });
}

test('a result has its buttons beside the files, and its status message has none', async () => {
  await open();
  const result = await studio.draw('boats', { count: 3 });
  expect(labelsOf(result)).toEqual([
    'Again',
    'Vary',
    'Upscale',
    'Edit',
    'Remix',
    'Details',
    'Save',
    'Delete',
  ]);
  const status = studio.server
    .messages(result.channelId)
    .find(({ content }) => content.includes('Done'));
  expect(status?.components).toEqual([]);
  expect(studio.server.violations).toEqual([]);
});

test('60 days and a restart later, every button works', async () => {
  await open();
  const { server } = studio;
  const result = await studio.draw('a lighthouse');
  const { id: messageId, channelId } = result;
  await studio.restart(SIXTY_DAYS_MS);
  await server.pressButton({ messageId, label: 'Again' });
  await studio.settle(2);
  await server.pressButton({ messageId, label: 'Vary' });
  await studio.settle(3);
  expect(await studio.givenLast()).toEqual([result.attachments[0]?.bytes]);
  await server.pressButton({ messageId, label: 'Upscale' });
  await studio.settle(4);
  expect(await studio.givenLast()).toEqual([result.attachments[0]?.bytes]);
  const edit = await server.pressButton({ messageId, label: 'Edit' });
  await server.waitFor(() => edit.response);
  await server.sendModal(edit, { values: { prompt: 'make it night' } });
  await studio.settle(5);
  const remix = await server.pressButton({ messageId, label: 'Remix' });
  const form = await server.waitFor(() => remix.response?.modal);
  expect(form.components[0]?.component.value).toBe('a lighthouse');
  await server.sendModal(remix, { values: { prompt: 'a windmill' } });
  await studio.settle(6);
  expect(studio.inputs().map(({ input }) => input.prompt)).toEqual([
    'a lighthouse',
    'a lighthouse',
    expect.stringContaining('variation'),
    undefined,
    'make it night',
    'a windmill',
  ]);
  const details = await whisperOf(await server.pressButton({ messageId, label: 'Details' }));
  expect(details.content).toContain('a lighthouse');
  const saved = await whisperOf(await server.pressButton({ messageId, label: 'Save' }));
  expect(saved).toMatchObject({ ephemeral: true });
  expect(saved.attachments[0]?.bytes).toEqual(result.attachments[0]?.bytes);
  expect(studio.results(channelId).filter(({ ephemeral }) => !ephemeral)).toHaveLength(6);
  expect(result.deleted).toBe(false);
  await server.pressButton({ messageId, label: 'Delete' });
  await server.waitFor(() => result.deleted);
  expect(server.violations).toEqual([]);
});

test('what a press begins answers the pressed message, which keeps its files and buttons', async () => {
  await open();
  const { server } = studio;
  const result = await studio.draw('a lighthouse');
  const before = structuredClone(result.components);
  await server.pressButton({ messageId: result.id, label: 'Again' });
  await studio.settle(2);
  const status = server.messages(result.channelId).find(({ repliesTo }) => repliesTo === result.id);
  expect(status?.content).toContain('Done');
  expect(result.components).toEqual(before);
  expect(result.attachments).toHaveLength(1);
});

test('20 presses at once by two people are one job for each, and each press is answered in time', async () => {
  await open();
  const { server } = studio;
  const { id: messageId, channelId } = await studio.draw('a lighthouse');
  const people = [server.person, server.user('guest')];
  const presses = await Promise.all(
    Array.from({ length: 20 }, (_, at) => {
      const user = people[at % 2];
      return server.pressButton({ messageId, label: 'Again', ...(user && { user }) });
    }),
  );
  await server.waitFor(() => presses.every(({ acknowledgedAfterMs: ms }) => ms !== undefined));
  const told = await server.waitFor(() => {
    const followups = presses.flatMap((press) => press.followups);
    return followups.length >= 18 && followups;
  });
  expect(presses.flatMap(({ errors }) => errors)).toEqual([]);
  expect(told.every(({ content }) => content.includes('on its way already'))).toBe(true);
  await studio.settle(1 + people.length);
  expect(studio.inputs()).toHaveLength(1 + people.length);
  expect(studio.results(channelId)).toHaveLength(1 + people.length);
  expect(server.violations).toEqual([]);
}, 30_000);

test('a button is worth nothing in another channel', async () => {
  await open();
  const { server } = studio;
  const result = await studio.draw('a lighthouse');
  const components = result.components as { components: { custom_id: string; label: string }[] }[];
  const again = components.flatMap((row) => row.components).find(({ label }) => label === 'Again');
  const { id: messageId } = await studio.draw('a windmill', { channelId: server.threadId });
  const press = await server.sendInteraction({
    type: 3,
    data: { custom_id: again?.custom_id ?? '', component_type: 2 },
    messageId,
    user: server.user('guest'),
  });
  expect((await whisperOf(press)).content).toContain('no such result here');
  expect(studio.inputs()).toHaveLength(2);
});

test.each(['recipe', 'retry', 'cancel'])(
  'an old message’s button %s is answered still, 60 days and a restart later',
  async (command) => {
    await open();
    const { server } = studio;
    const result = await studio.draw('a lighthouse');
    const { components } = result as unknown as { components: { components: Component[] }[] };
    const [, , job = ''] = components[0]?.components[0]?.custom_id.split(':') ?? [];
    await studio.restart(SIXTY_DAYS_MS);
    const press = await server.sendInteraction({
      type: 3,
      data: { custom_id: `v1:${command}:${job.replace(/\.\d+$/u, '')}`, component_type: 2 },
      messageId: result.id,
    });
    const { content } = await whisperOf(press);
    expect(content).toMatch(command === 'recipe' ? /a lighthouse/u : /\w+/u);
    expect(press.errors).toEqual([]);
    expect(result.attachments).toHaveLength(1);
    expect(studio.inputs()).toHaveLength(1);
    expect(studio.logged.some((text) => text.includes('a command failed'))).toBe(false);
  },
);

test('only its maker and moderators may delete a result', async () => {
  await open();
  const { server } = studio;
  const result = await studio.draw('a lighthouse');
  const guest = server.user('guest');
  const press = () => server.pressButton({ messageId: result.id, label: 'Delete', user: guest });
  expect((await whisperOf(await press())).content).not.toBe('');
  expect(result.deleted).toBe(false);
  server.empower(guest, MANAGE_MESSAGES);
  await press();
  await server.waitFor(() => result.deleted);
});

test('a link to a message leads to its pictures, for those who may read it there', async () => {
  await open('on');
  const { server } = studio;
  const picture = await photo('red');
  const linkTo = ({ channelId, id }: ServerMessage) =>
    `https://ptb.discord.com/channels/${server.guildId}/${channelId}/${id}`;
  const post = (channelId: string) =>
    server.sendMessage({ channelId, content: 'look', attachments: [picture] });
  const editBy = async (link: string, channelId = server.channelId) =>
    server.runCommand({ name: 'edit', options: { prompt: 'make it night', link }, channelId });

  const closed = await post(server.closedChannelId);
  const refused = (await whisperOf(await editBy(linkTo(closed)))).content;
  const absent = linkTo({ ...closed, id: `${BigInt(closed.id) + 1n}` });
  expect((await whisperOf(await editBy(absent))).content).toBe(refused);
  const hidden = await post(server.privateThreadId);
  expect((await whisperOf(await editBy(linkTo(hidden)))).content).toBe(refused);
  const foreign = linkTo(closed).replace(server.guildId, server.channelId);
  expect((await whisperOf(await editBy(foreign))).content).toBe(refused);
  const direct = await post(server.dmChannelId);
  const directLink = `https://discord.com/channels/@me/${direct.channelId}/${direct.id}`;
  expect((await whisperOf(await editBy(directLink))).content).toBe(refused);
  expect(studio.inputs()).toEqual([]);

  server.admit(server.person, server.closedChannelId);
  server.admit(server.person, server.privateThreadId);
  for (const [at, message] of [await post(server.threadId), hidden, closed].entries()) {
    await editBy(linkTo(message));
    await studio.settle(at + 1);
    expect(await studio.givenLast()).toEqual([picture.bytes]);
  }
  await editBy(directLink, server.dmChannelId);
  await studio.settle(4);
  expect(await studio.givenLast()).toEqual([picture.bytes]);
  expect(server.violations).toEqual([]);
}, 60_000);
