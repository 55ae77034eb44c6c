/** Results that are no pictures: words, sound, video, anything, and what shall be hidden. */
import { writeFile } from 'node:fs/promises';
import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { line, message, note, type Message } from '../../src/message.ts';
import type { Delivery } from '../../src/platforms/platform.ts';
import type { DiscordServer } from '../support/discord/discord-server.ts';
import { createTestClock, deliveryOf, openStatus, say, startRig } from './discord-platform-rig.ts';

const { ViewChannel, AttachFiles } = PermissionFlagsBits;
const WORDS = 'The fox says hello.';
const LONG_WORDS = Array.from({ length: 600 }, (_, at) => `word${at}`).join(' ');

function wordsOf(text: string, key?: string): Delivery {
  const caption: Message = message(
    { kind: 'quote', text: 'What does the fox say?' },
    line(text),
    note('whisper · 1.2 s'),
  );
  return { ...deliveryOf([], key), caption };
}

function findWords(server: DiscordServer, channelId: string) {
  return server.messages(channelId).filter(({ content }) => /word\d|fox says/u.test(content));
}

test.each(['channelId', 'threadId', 'dmChannelId'] as const)(
  'words alone are a message of their own in %s, once',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    const status = await openStatus(rig, server[place]);
    const delivery = wordsOf(WORDS);
    const refs = await status.deliver(delivery);
    expect(await status.deliver(delivery)).toEqual(refs);
    const said = findWords(server, server[place]);
    expect(said).toMatchObject([
      {
        id: refs[0]?.ref.id,
        by: 'bot',
        content: `> What does the fox say?\n${WORDS}\n-# whisper · 1.2 s`,
        attachments: [],
      },
    ]);
    expect(refs).toHaveLength(1);
    expect(refs[0]?.ref.id).not.toBe(status.ref.id);
    expect(server.violations).toEqual([]);
  },
);

test.each(['groupChannelId', 'foreignChannelId'] as const)(
  'where the bot is no member (%s), the response takes the words and what is left follows',
  async (place) => {
    const rig = await startRig({ limitWindowMs: 100 });
    const { server } = rig;
    const status = await openStatus(rig, server[place]);
    const delivery = wordsOf(LONG_WORDS);
    server.fail({ method: 'PATCH', path: /webhooks.*\/\d+$/u, dropConnection: 'after' });
    await status.deliver(delivery).catch(() => undefined);
    server.mend();
    const refs = await status.deliver(delivery);
    expect(refs[0]?.ref).toEqual(status.ref);
    const said = server.messages(server[place]);
    expect(said).toHaveLength(refs.length);
    const text = said.map(({ content }) => content).join(' ');
    expect(text.match(/word\d+/gu)).toEqual(LONG_WORDS.split(' '));
    await status.update(delivery.caption);
    expect(findWords(server, server[place])).toHaveLength(refs.length);
    expect(server.violations).toEqual([]);
  },
);

test('words that are too long for one message go on in the next, whole', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const delivery = wordsOf(LONG_WORDS);
  const refs = await status.deliver(delivery);
  expect(refs.length).toBeGreaterThan(1);
  await status.deliver(delivery);
  const said = findWords(server, server.channelId);
  expect(said.map(({ id }) => id)).toEqual(refs.map(({ ref }) => ref.id));
  const text = said.map(({ content }) => content).join(' ');
  expect(text.match(/word\d+/gu)).toEqual(LONG_WORDS.split(' '));
  expect(server.violations).toEqual([]);
});

test.each([
  { name: 'short', text: WORDS },
  { name: 'long', text: LONG_WORDS },
])('$name words whose answer was lost are found again after a crash', async ({ text }) => {
  const clock = createTestClock();
  const rig = await startRig({ clock, now: () => clock.now().getTime() });
  const { server } = rig;
  const { channelId } = server;
  const status = await openStatus(rig, channelId);
  const delivery = wordsOf(text);
  server.fail({
    method: 'POST',
    path: /channels\/\d+\/messages/u,
    dropConnection: 'after',
    times: 9,
  });
  await status.deliver(delivery).catch(() => undefined);
  server.mend();
  expect(findWords(server, channelId)).toHaveLength(1);
  clock.advance(60 * 60_000);
  const restarted = await rig.connectAnother();
  await restarted.start(async () => {});
  const refs = await restarted.reopen(structuredClone(status.ref)).deliver(delivery);
  const said = findWords(server, channelId);
  expect(said.map(({ id }) => id)).toEqual(refs.map(({ ref }) => ref.id));
  const told = said.map(({ content }) => content).join(' ');
  for (const word of text.split(' ')) expect(told.split(word).length).toBeGreaterThan(1);
  expect(server.violations).toEqual([]);
});

test('messages of one delivery that say the same are all posted, each once', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const same = line('la '.repeat(640).trim());
  const delivery = { ...deliveryOf([]), caption: message(same, same, same) };
  await status
    .deliver({
      ...delivery,
      checkpoint: {
        saved: undefined,
        save: async (value) => {
          const { posted } = value as { posted: Record<string, string> };
          if (Object.keys(posted).length > 1) throw new Error('the machine went down');
          await delivery.checkpoint.save(value);
        },
      },
    })
    .catch(() => undefined);
  const refs = await status.deliver(delivery);
  const sung = server.messages(server.channelId).filter(({ content }) => content.startsWith('la'));
  expect(sung.map(({ id }) => id)).toEqual(refs.map(({ ref }) => ref.id));
  expect(sung).toHaveLength(3);
});

test('two jobs that say the same are both delivered', async () => {
  const rig = await startRig();
  const { server } = rig;
  const { channelId } = server;
  const first = await openStatus(rig, channelId);
  await first.deliver(wordsOf(WORDS, 'job-1'));
  const second = await openStatus(rig, channelId);
  await second.deliver(wordsOf(WORDS, 'job-2'));
  expect(findWords(server, channelId)).toHaveLength(2);
});

test('where the bot may not write, the response takes the words', async () => {
  const rig = await startRig({ permissions: ViewChannel | AttachFiles });
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  expect(await status.deliver(wordsOf(WORDS))).toMatchObject([{ ref: status.ref }]);
  expect(findWords(server, server.channelId)).toMatchObject([{ id: status.ref.id }]);
});

const FILES = [
  { fileName: 'voice-ab12.mp3', contentType: 'audio/mpeg', isDescribed: false },
  { fileName: 'voice-ab12.ogg', contentType: 'audio/ogg', isDescribed: false },
  { fileName: 'clip-ab12.mp4', contentType: 'video/mp4', isDescribed: true },
  { fileName: 'thing-ab12.glb', contentType: 'model/gltf-binary', isDescribed: false },
  { fileName: 'words-ab12.txt', contentType: 'text/plain', isDescribed: false },
  { fileName: 'logo-ab12.svg', contentType: 'image/svg+xml', isDescribed: true },
];

test.each(['channelId', 'groupChannelId'] as const)(
  'files of every type arrive in %s as they are, described where people see them',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    const status = await openStatus(rig, server[place]);
    const files = await Promise.all(
      FILES.map(async ({ fileName, contentType }) => {
        const file = await rig.makeFile(fileName, 'What it shows');
        await writeFile(file.path, fileName);
        return { ...file, contentType };
      }),
    );
    await status.deliver(deliveryOf(files));
    const carrier = server.messages(server[place]).find(({ attachments }) => attachments[0]);
    expect(
      carrier?.attachments.map(({ filename, contentType, description, bytes, isSpoiler }) => ({
        filename,
        contentType,
        description,
        text: bytes.toString(),
        isSpoiler,
      })),
    ).toEqual(
      FILES.map(({ fileName, contentType, isDescribed }) => ({
        filename: fileName,
        contentType,
        description: isDescribed ? 'What it shows' : undefined,
        text: fileName,
        isSpoiler: false,
      })),
    );
    expect(server.violations).toEqual([]);
  },
);

test('a file without a description has none', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  await status.deliver(deliveryOf([await rig.makeFile('fox-ab12.png', '')]));
  const carrier = server.messages(server.channelId).find(({ attachments }) => attachments[0]);
  expect(carrier?.attachments[0]?.description).toBeUndefined();
});

test.each(['channelId', 'groupChannelId'] as const)(
  'what shall be hidden in %s is, by both of Discord’s means, and stays it',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    expect(rig.platform.limits.hasSpoilers).toBe(true);
    const status = await openStatus(rig, server[place]);
    const hidden = { ...(await rig.makeFile('fox-ab12.png')), isSpoiler: true };
    const delivery = deliveryOf([hidden, await rig.makeFile('hen-ab12.png')]);
    await status.deliver(delivery);
    await status.update(say('Done'));
    const carrier = server.messages(server[place]).find(({ attachments }) => attachments[0]);
    expect(carrier?.attachments).toMatchObject([
      { filename: 'SPOILER_fox-ab12.png', isSpoiler: true },
      { filename: 'hen-ab12.png', isSpoiler: false },
    ]);
    const sent = server.journal.find(({ files }) => files.length > 0);
    expect(sent?.body).toMatchObject({ attachments: [{ is_spoiler: true }, { id: 1 }] });
    expect(server.violations).toEqual([]);
  },
);

test('a hidden file whose answer was lost is found again', async () => {
  const clock = createTestClock();
  const rig = await startRig({ clock, now: () => clock.now().getTime() });
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const file = { ...(await rig.makeFile('fox-ab12.png')), isSpoiler: true };
  const delivery = deliveryOf([file]);
  server.fail({
    method: 'POST',
    path: /channels\/\d+\/messages/u,
    dropConnection: 'after',
    times: 9,
  });
  await status.deliver(delivery).catch(() => undefined);
  server.mend();
  clock.advance(60 * 60_000);
  expect(await status.deliver(delivery)).toHaveLength(1);
  const carriers = server.messages(server.channelId).filter(({ attachments }) => attachments[0]);
  expect(carriers).toHaveLength(1);
});

test('a caption that is too long for the message with the files goes on after it', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const names = Array.from({ length: 11 }, (_, at) => `fox-${at}.png`);
  const files = await Promise.all(names.map((name) => rig.makeFile(name)));
  await status.deliver({ ...wordsOf(LONG_WORDS), files });
  const said = server.messages(server.channelId).slice(1);
  expect(said.map(({ attachments }) => attachments.length)).toEqual(
    [10, 0, 0, 1].slice(0, said.length),
  );
  const text = said.map(({ content }) => content).join(' ');
  expect(text.match(/word\d+/gu)).toEqual(LONG_WORDS.split(' '));
});
