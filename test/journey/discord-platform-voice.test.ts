/** What people record, on the Discord platform: said to Easel, overheard, or meant by a menu. */
import { describe, expect, test } from 'vitest';
import type { Invocation } from '../../src/platforms/platform.ts';
import type { PersonMessage, ServerMessage } from '../support/discord/types.ts';
import {
  deliveryOf,
  openStatus,
  say,
  startRig,
  withButton,
  type Rig,
} from './discord-platform-rig.ts';

const OGG = Buffer.from('OggS: make it night');
const NOTE = { fileName: 'voice-message.ogg', claimedType: 'audio/ogg', bytes: OGG.length };
const SONG = { fileName: 'song.mp3', contentType: 'audio/mpeg', bytes: Buffer.from('ID3') };
const PICTURE = { fileName: 'me.png', contentType: 'image/png', bytes: Buffer.from('png') };

/** The rig of a bot that may read everything, in a channel that wants recordings written down. */
function startListening(): Promise<Rig> {
  return startRig({
    grantsMessageContent: true,
    environment: { DISCORD_MESSAGE_CONTENT: 'on' },
    voice: 'transcribe',
  });
}

/** What Easel was told up to now: the last word comes after everything that was said before. */
async function listTold(
  rig: Rig,
  channelId = rig.server.channelId,
): Promise<readonly Invocation[]> {
  const before = rig.invocations.length;
  await rig.server.sendMessage({ channelId, content: 'help', mentionsBot: true });
  await rig.server.waitFor(() =>
    rig.invocations.slice(before).some(({ commandName }) => commandName === 'help'),
  );
  return rig.invocations.filter(({ commandName }) => commandName !== 'help');
}

/** A picture of Easel's own, and the news of its job. */
async function post(rig: Rig, channelId = rig.server.channelId) {
  const status = await openStatus(rig, channelId);
  rig.act(async () => {});
  const caption = withButton('Here it is.', 'edit');
  const files = [await rig.makeFile('fox-ab12.png')];
  const [posted] = await status.deliver({ ...deliveryOf(files), caption });
  const told = (rig.invocations as Invocation[]).splice(0);
  expect(told).toHaveLength(1);
  return { status, result: posted?.ref.id ?? '' };
}

test('a voice note in direct messages is heard, with its bytes', async () => {
  const rig = await startRig();
  const { id } = await rig.server.sendVoiceNote({ channelId: rig.server.dmChannelId, bytes: OGG });
  const invocation = await rig.server.waitFor(() => rig.invocations[0]);
  expect(invocation).toMatchObject({
    id: `discord:${id}`,
    commandName: 'hear',
    options: {},
    attachments: [NOTE],
  });
  expect(await invocation.readAnswered()).toBeUndefined();
  const [attachment] = invocation.attachments;
  if (!attachment) throw new Error('The voice note got lost.');
  const source = await rig.platform.locateAttachment(attachment);
  const response = await fetch(source.kind === 'remote' ? source.url : '');
  expect(Buffer.from(await response.arrayBuffer())).toEqual(OGG);
  expect(rig.server.violations).toEqual([]);
});

test('in direct messages, a voice note may answer anybody’s picture', async () => {
  const rig = await startRig();
  const channelId = rig.server.dmChannelId;
  const { id } = await rig.server.sendMessage({ channelId, content: 'me', attachments: [PICTURE] });
  await rig.server.sendVoiceNote({ channelId, bytes: OGG, repliesTo: id, isQuiet: true });
  const invocation = await rig.server.waitFor(() => rig.invocations[1]);
  expect(invocation.commandName).toBe('hear');
  expect(await invocation.readAnswered()).toMatchObject({
    message: { id },
    files: [{ fileName: 'me.png' }],
    recordings: [],
    text: 'me',
  });
});

test.each(['channelId', 'threadId', 'dmChannelId'] as const)(
  'in %s, a voice note in reply to Easel’s picture is heard, and says which picture it means',
  async (place) => {
    const rig = await startRig();
    const channelId = rig.server[place];
    const { result } = await post(rig, channelId);
    await rig.server.sendVoiceNote({ channelId, bytes: OGG, repliesTo: result });
    const told = await listTold(rig, channelId);
    expect(told).toMatchObject([{ commandName: 'hear', options: {}, attachments: [NOTE] }]);
    expect(await told[0]?.readAnswered()).toMatchObject({
      message: { id: result },
      files: [{ fileName: 'fox-ab12.png' }],
    });
    expect(rig.settingsRead).toEqual([]);
  },
);

test('a voice note answers what Easel said in words as well, but not the news of a job', async () => {
  const rig = await startRig();
  const { channelId, guildId } = rig.server;
  const place = { platform: 'discord', tenant: guildId, channel: channelId };
  const words = await rig.platform.post(place, say('The fox says hello.'), 'words');
  const news = await rig.platform.post(place, withButton('Waiting', 'cancel'), 'news');
  for (const { ref } of [words, news]) {
    await rig.server.sendVoiceNote({ channelId, bytes: OGG, repliesTo: ref.id });
  }
  const [told, ...others] = await listTold(rig);
  expect(told).toMatchObject({ commandName: 'hear' });
  expect(await told?.readAnswered()).toMatchObject({ text: 'The fox says hello.' });
  expect(others).toEqual([]);
});

test('without the intent, what is not said to Easel is not heard, and breaks nothing', async () => {
  const rig = await startRig({ voice: 'transcribe' });
  const { channelId } = rig.server;
  const { result, status } = await post(rig);
  await rig.server.sendVoiceNote({ channelId, bytes: OGG });
  await rig.server.sendVoiceNote({ channelId, bytes: OGG, repliesTo: result, isQuiet: true });
  await rig.server.sendVoiceNote({ channelId, bytes: OGG, repliesTo: status.ref.id });
  const { id } = await rig.server.sendMessage({ channelId, content: '', attachments: [SONG] });
  await rig.server.sendVoiceNote({ channelId, bytes: OGG, repliesTo: id });
  await rig.server.sendMessage({ channelId, content: '', forwards: id });
  expect(await listTold(rig)).toEqual([]);
  expect(rig.settingsRead).toEqual([]);
  expect(rig.logged.filter((text) => text.includes('an event failed'))).toEqual([]);
});

test.each([
  { said: { content: '', mentionsBot: true }, command: 'hear', options: {} },
  {
    said: { content: 'imagine a fox', mentionsBot: true },
    command: 'imagine',
    options: { prompt: 'a fox' },
  },
  { said: { content: 'transcribe', mentionsBot: true }, command: 'transcribe', options: {} },
])('a recording with the words “$said.content” is $command', async ({ said, ...expected }) => {
  const { server, invocations } = await startRig();
  const attachments = [SONG, PICTURE];
  await server.sendMessage({ channelId: server.channelId, ...said, attachments });
  expect(await server.waitFor(() => invocations[0])).toMatchObject({
    commandName: expected.command,
    options: expected.options,
    attachments: [{ fileName: 'song.mp3' }, { fileName: 'me.png' }],
  });
});

describe('where a channel wants it', () => {
  test('what people record is written down, whatever goes with it', async () => {
    const rig = await startListening();
    const { server } = rig;
    const { channelId } = server;
    const said: Partial<PersonMessage>[] = [
      { content: 'listen', attachments: [PICTURE, SONG] },
      { content: '', attachments: [SONG], user: server.user('guest') },
    ];
    const { id } = await server.sendVoiceNote({ channelId, bytes: OGG });
    for (const one of said) await server.sendMessage({ channelId, content: '', ...one });
    await server.sendVoiceNote({ channelId, bytes: OGG, repliesTo: id });
    await server.sendMessage({ channelId, content: '', forwards: id });
    const told = await listTold(rig);
    expect(told).toMatchObject([
      { id: `discord:${id}`, commandName: 'transcribe', options: {}, attachments: [NOTE] },
      { commandName: 'transcribe', attachments: [{ fileName: 'song.mp3' }] },
      { commandName: 'transcribe', attachments: [{ fileName: 'song.mp3' }] },
      { commandName: 'transcribe', attachments: [NOTE] },
      { commandName: 'transcribe', attachments: [NOTE] },
    ]);
    expect(told[2]?.person.name).toBe('Guest');
  });

  test('what bots, webhooks and Easel itself post is not, nor what is said to Easel', async () => {
    const rig = await startListening();
    const { server } = rig;
    const { channelId } = server;
    const robot = { ...server.user('robot'), bot: true };
    const { status, result } = await post(rig);
    await status.deliver(deliveryOf([await rig.makeVoice('speech-ab12.ogg')], 'job-2'));
    await server.sendVoiceNote({ channelId, bytes: OGG, user: robot });
    await server.sendMessage({ channelId, content: '', attachments: [SONG], user: robot });
    await server.sendMessage({ channelId, content: '', attachments: [SONG], viaWebhook: true });
    await server.sendVoiceNote({ channelId, bytes: OGG, repliesTo: result });
    expect((await listTold(rig)).map(({ commandName }) => commandName)).toEqual(['hear']);
  });

  test('nothing is looked up for what holds no recording', async () => {
    const rig = await startListening();
    const { channelId } = rig.server;
    await rig.server.sendMessage({ channelId, content: 'hi' });
    await rig.server.sendMessage({ channelId, content: 'look', attachments: [PICTURE] });
    expect(await listTold(rig)).toEqual([]);
    expect(rig.settingsRead).toEqual([]);
  });
});

test('with the intent alone, nothing is overheard', async () => {
  const rig = await startRig({
    grantsMessageContent: true,
    environment: { DISCORD_MESSAGE_CONTENT: 'on' },
  });
  await rig.server.sendVoiceNote({ channelId: rig.server.channelId, bytes: OGG });
  expect(await listTold(rig)).toEqual([]);
  expect(rig.settingsRead).toEqual([rig.server.channelId]);
});

/** Apps → the entry, on that message. */
async function openMenu(rig: Rig, name: string, { id }: ServerMessage): Promise<Invocation> {
  const before = rig.invocations.length;
  await rig.server.openMenu({ name, messageId: id });
  return rig.server.waitFor(() => rig.invocations[before]);
}

describe('without the intent, a menu shows', () => {
  test.each([
    { name: 'Transcribe', command: 'transcribe' },
    { name: 'Use as prompt', command: 'use-as-prompt' },
    { name: 'Read aloud', command: 'speak' },
  ])('$name what a message holds', async ({ name, command }) => {
    const rig = await startRig();
    const { channelId, person } = rig.server;
    const shown = await rig.server.sendMessage({
      channelId,
      content: `**Hear** what <@${person.id}> says in <#${channelId}>`,
      attachments: [SONG, PICTURE],
    });
    const invocation = await openMenu(rig, name, shown);
    expect(invocation).toMatchObject({ commandName: command, options: {}, attachments: [] });
    expect(await invocation.readAnswered()).toMatchObject({
      message: { id: shown.id },
      files: [{ fileName: 'me.png' }],
      recordings: [{ fileName: 'song.mp3' }],
      text: 'Hear what @Ada says in #studio',
    });
  });

  test.each([
    { fileName: 'a.ogg', contentType: 'application/ogg', isRecording: true },
    { fileName: 'a.mp4', contentType: 'video/mp4', isRecording: true },
    { fileName: 'a.m4a', contentType: 'application/octet-stream', isRecording: true },
    { fileName: 'a.WEBM', contentType: 'application/octet-stream', isRecording: true },
    { fileName: 'a.zip', contentType: 'application/octet-stream', isRecording: false },
    { fileName: 'a.mp3', contentType: 'text/plain', isRecording: false },
  ])('$fileName as $contentType: $isRecording', async ({ isRecording, ...file }) => {
    const rig = await startRig();
    const attachments = [{ ...file, bytes: Buffer.from('bytes') }];
    const { channelId } = rig.server;
    const shown = await rig.server.sendMessage({ channelId, content: '', attachments });
    const answered = await (await openMenu(rig, 'Transcribe', shown)).readAnswered();
    expect(answered?.recordings).toHaveLength(isRecording ? 1 : 0);
  });

  test('a forwarded voice note', async () => {
    const rig = await startRig();
    const { channelId } = rig.server;
    const { id } = await rig.server.sendVoiceNote({ channelId, bytes: OGG });
    const shown = await rig.server.sendMessage({ channelId, content: '', forwards: id });
    const answered = await (await openMenu(rig, 'Transcribe', shown)).readAnswered();
    expect(answered).toMatchObject({ recordings: [NOTE], text: '' });
  });

  test('everything again once its form is sent, in another process', async () => {
    const rig = await startRig();
    const { server } = rig;
    const shown = await server.sendMessage({
      channelId: server.channelId,
      content: 'me',
      attachments: [SONG, PICTURE],
    });
    const opening = await server.openMenu({ name: 'Edit picture', messageId: shown.id });
    await server.waitFor(() => opening.response);
    await rig.platform.stop();
    const told: Invocation[] = [];
    await (await rig.connectAnother()).start(async (invocation) => void told.push(invocation));
    await server.sendModal(opening, { values: { prompt: 'make it night' } });
    const [invocation] = await server.waitFor(() => told.length > 0 && told);
    expect(await invocation?.readAnswered()).toMatchObject({
      files: [{ fileName: 'me.png' }],
      recordings: [{ fileName: 'song.mp3' }],
      text: 'me',
    });
  });
});

/** Somebody's voice note, as a reply that asks for it means it, and as a link does. */
async function findOther(intent: 'on' | 'off') {
  const rig = await startRig({
    grantsMessageContent: intent === 'on',
    environment: { DISCORD_MESSAGE_CONTENT: intent },
  });
  const { channelId, guildId, person } = rig.server;
  const { id } = await rig.server.sendVoiceNote({ channelId, bytes: OGG });
  const content = 'transcribe';
  await rig.server.sendMessage({ channelId, content, repliesTo: id, mentionsBot: true });
  const [told] = await listTold(rig);
  const link = `https://discord.com/channels/${guildId}/${channelId}/${id}`;
  const place = { platform: 'discord', tenant: guildId, channel: channelId };
  const asker = { person: { id: person.id, name: 'Ada' }, place };
  return {
    id,
    answered: () => told?.readAnswered(),
    linked: () => rig.platform.readLinked(link, asker),
  };
}

test('with the intent, others’ recordings are found by a reply and by a link', async () => {
  const { id, answered, linked } = await findOther('on');
  const expected = { message: { id }, recordings: [NOTE], text: '' };
  expect(await answered()).toMatchObject(expected);
  expect(await linked()).toMatchObject(expected);
});

test('without the intent, the entry of the menu is named that shows them', async () => {
  const { answered, linked } = await findOther('off');
  await expect(answered()).rejects.toThrow('Apps → Transcribe');
  await expect(linked()).rejects.toThrow('what you want under Apps');
});
