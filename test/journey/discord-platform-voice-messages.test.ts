/** Speech that Easel posts on Discord: as a voice message of its own, or as a file. */
import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import type { Delivery } from '../../src/platforms/platform.ts';
import type { DiscordServer } from '../support/discord/discord-server.ts';
import {
  createTestClock,
  deliveryOf,
  openStatus,
  say,
  startRig,
  withButton,
  type Rig,
} from './discord-platform-rig.ts';

const { ViewChannel, SendMessages, AttachFiles, ReadMessageHistory } = PermissionFlagsBits;
const POST = { method: 'POST', path: /channels\/\d+\/messages$/u };

/** A spoken result, with further files where a test has some. */
async function speechOf(rig: Rig, others: readonly string[] = []): Promise<Delivery> {
  const files = [await rig.makeVoice('speech-ab12.ogg')];
  for (const name of others) files.push(await rig.makeFile(name));
  return { ...deliveryOf(files), caption: withButton('“Hello there.”', 'delete') };
}

/** What Easel has posted beside the status message, oldest first. */
function listPosted(server: DiscordServer, channelId: string) {
  return server
    .messages(channelId)
    .filter(({ by, deleted }) => by === 'bot' && !deleted)
    .map(({ id, flags, content, components, attachments }) => ({
      id,
      isVoice: (flags & MessageFlags.IsVoiceMessage) !== 0,
      content,
      buttons: components.length,
      files: attachments.map(({ filename }) => filename),
    }));
}

const VOICE = { isVoice: true, content: '', buttons: 0, files: ['speech-ab12.ogg'] };
const CAPTION = { isVoice: false, content: '“Hello there.”', buttons: 1, files: [] };
const AS_FILE = { ...CAPTION, files: ['speech-ab12.ogg'] };

test.each(['channelId', 'threadId', 'dmChannelId'] as const)(
  'in %s speech is a voice message, and below it stands what is said, with the buttons',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    const status = await openStatus(rig, server[place]);
    const delivery = await speechOf(rig);
    const refs = await status.deliver(delivery);
    expect(await status.deliver(delivery)).toEqual(refs);
    const posted = listPosted(server, server[place]);
    expect(posted).toMatchObject([VOICE, CAPTION]);
    expect(refs.map(({ ref, fileNames }) => [ref.id, fileNames])).toEqual([
      [posted[0]?.id, ['speech-ab12.ogg']],
      [posted[1]?.id, []],
    ]);
    const sent = server.journal.find(({ files }) => files.length > 0);
    const { waveform } = delivery.files[0]?.voice ?? {};
    expect(sent?.body).toEqual({
      flags: MessageFlags.IsVoiceMessage,
      attachments: [{ id: 0, filename: 'speech-ab12.ogg', duration_secs: 1.5, waveform }],
      allowed_mentions: { parse: [], replied_user: false },
      nonce: expect.any(String) as string,
      enforce_nonce: true,
    });
    expect(sent?.files).toMatchObject([{ contentType: 'audio/ogg' }]);
    expect(sent?.files[0]?.bytes.toString()).toBe('OggS speech-ab12.ogg');
    expect(server.violations).toEqual([]);
  },
);

test('two voices and a picture: each voice by itself, the picture with the words', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const { files, ...delivery } = await speechOf(rig, ['fox-ab12.png']);
  const second = await rig.makeVoice('speech-ab12-2.ogg');
  const refs = await status.deliver({ ...delivery, files: [...files, second] });
  expect(listPosted(server, server.channelId)).toMatchObject([
    VOICE,
    { ...VOICE, files: ['speech-ab12-2.ogg'] },
    { ...CAPTION, files: ['fox-ab12.png'] },
  ]);
  expect(refs.flatMap(({ fileNames }) => fileNames)).toEqual([
    'speech-ab12.ogg',
    'speech-ab12-2.ogg',
    'fox-ab12.png',
  ]);
});

test.each([
  { name: 'soon', laterMs: 0 },
  { name: 'when its nonce is forgotten', laterMs: 60 * 60_000 },
])('a voice message whose answer was lost is found again, $name', async ({ laterMs }) => {
  const clock = createTestClock();
  const rig = await startRig({ clock, now: () => clock.now().getTime() });
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const delivery = await speechOf(rig);
  server.fail({ ...POST, dropConnection: 'after', times: 9 });
  await expect(status.deliver(delivery)).rejects.toMatchObject({ retryable: true });
  server.mend();
  clock.advance(laterMs);
  const restarted = await rig.connectAnother();
  await restarted.start(async () => {});
  expect(await restarted.reopen(structuredClone(status.ref)).deliver(delivery)).toHaveLength(2);
  expect(listPosted(server, server.channelId)).toMatchObject([VOICE, CAPTION]);
});

test('a crash between the voice and the words repeats neither', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const delivery = await speechOf(rig);
  let saves = 0;
  const checkpoint = {
    saved: undefined,
    save: async (value: unknown) => {
      saves += 1;
      if (saves > 1) throw new Error('the machine went down');
      await delivery.checkpoint.save(value);
    },
  };
  await expect(status.deliver({ ...delivery, checkpoint })).rejects.toThrow('went down');
  await status.deliver(delivery);
  expect(listPosted(server, server.channelId)).toMatchObject([VOICE, CAPTION]);
});

test('without the permission for voice messages, speech is a file with the words', async () => {
  const permissions = ViewChannel | SendMessages | AttachFiles | ReadMessageHistory;
  const rig = await startRig({ permissions });
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const delivery = await speechOf(rig);
  const refs = await status.deliver(delivery);
  expect(listPosted(server, server.channelId)).toMatchObject([AS_FILE]);
  expect(refs).toMatchObject([{ fileNames: ['speech-ab12.ogg'] }]);
  expect(server.violations).toEqual([]);
});

test.each([
  { status: 400, code: 50159 },
  { status: 400, code: 50160 },
  { status: 400, code: 50161 },
  { status: 400, code: 50192 },
  { status: 400, code: 50035 },
  { status: 403, code: 50173 },
])('a voice refused with $code is a file from then on, after a crash as well', async (refusal) => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const delivery = await speechOf(rig);
  server.fail({ ...POST, ...refusal });
  server.fail({ ...POST, status: 400, code: 130000 });
  await expect(status.deliver(delivery)).rejects.toMatchObject({ retryable: true });
  await status.deliver(delivery);
  expect(listPosted(server, server.channelId)).toMatchObject([AS_FILE]);
  const asVoice = server.journal.filter(
    ({ body }) => (body as { flags?: number } | undefined)?.flags === MessageFlags.IsVoiceMessage,
  );
  expect(asVoice).toHaveLength(1);
});

test.each(['groupChannelId', 'foreignChannelId'] as const)(
  'in %s, where the bot may not post, the response takes it as a file',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    const status = await openStatus(rig, server[place]);
    const refs = await status.deliver(await speechOf(rig));
    expect(refs).toMatchObject([{ ref: status.ref, fileNames: ['speech-ab12.ogg'] }]);
    expect(server.messages(server[place])).toMatchObject([
      { content: '“Hello there.”', attachments: [{ filename: 'speech-ab12.ogg' }] },
    ]);
    expect(server.violations).toEqual([]);
  },
);

test.each([50001, 50013])(
  'where posting turns out to be forbidden (%i), so it does',
  async (code) => {
    const rig = await startRig();
    const { server } = rig;
    const status = await openStatus(rig, server.channelId);
    server.fail({ ...POST, status: 403, code, times: 2 });
    expect(await status.deliver(await speechOf(rig))).toMatchObject([{ ref: status.ref }]);
    expect(server.messages(server.channelId)).toMatchObject([
      { content: '“Hello there.”', attachments: [{ filename: 'speech-ab12.ogg' }] },
    ]);
  },
);

test('a voice message can be taken away, but has no alt text', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const [voice] = await status.deliver(await speechOf(rig));
  if (!voice) throw new Error('Nothing was posted.');
  expect(await rig.platform.describe(voice.ref, 'speech-ab12.ogg', 'Hello')).toBe(false);
  await rig.platform.remove(voice.ref);
  expect(listPosted(server, server.channelId)).toMatchObject([CAPTION]);
});

test('in an answer to one person it is a file', async () => {
  const rig = await startRig();
  const { server } = rig;
  const files = [await rig.makeVoice('try-ab12.ogg')];
  rig.act((invocation) => invocation.answer(say('This is how it sounds.'), files));
  const asked = await server.runCommand({ name: 'help' });
  const told = await server.waitFor(() => asked.response?.message?.attachments[0]);
  expect(told).toMatchObject({ filename: 'try-ab12.ogg', voice: undefined });
  expect(server.violations).toEqual([]);
});
