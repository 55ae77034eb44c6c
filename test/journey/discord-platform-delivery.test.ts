import { randomBytes } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import type { DeliverableFile, Delivery, StatusMessage } from '../../src/platforms/platform.ts';
import type { DiscordServer } from '../support/discord/discord-server.ts';
import {
  createTestClock,
  deliveryOf,
  openStatus,
  say,
  startRig,
  type Rig,
} from './discord-platform-rig.ts';

const MEBIBYTE = 1024 * 1024;
const { ViewChannel, SendMessages, AttachFiles } = PermissionFlagsBits;

function fileNames(server: DiscordServer, channelId: string): string[][] {
  return server
    .messages(channelId)
    .map(({ attachments }) => attachments.map(({ filename }) => filename))
    .filter((names) => names.length > 0);
}

/** Delivers as the core does: again, with the same checkpoint, while trying again may help. */
async function deliverInTheEnd(status: StatusMessage, delivery: Delivery): Promise<number> {
  for (let tries = 1; tries < 4; tries += 1) {
    const error = await status.deliver(delivery).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    if (error === undefined) return tries;
    expect(error).toMatchObject({ name: 'UpstreamError', retryable: true });
  }
  throw new Error('It was never delivered.');
}

test.each(['channelId', 'threadId', 'dmChannelId'] as const)(
  'a send in %s whose answer was lost is found again, even when its nonce is forgotten',
  async (place) => {
    const clock = createTestClock();
    const rig = await startRig({ clock, now: () => clock.now().getTime() });
    const { server } = rig;
    const channelId = server[place];
    const status = await openStatus(rig, channelId);
    const delivery = deliveryOf([await rig.makeFile('fox-ab12.png')]);
    server.fail({
      method: 'POST',
      path: /channels\/\d+\/messages/u,
      dropConnection: 'after',
      times: 9,
    });
    await status.deliver(delivery).catch(() => undefined);
    server.mend();
    clock.advance(60 * 60_000);
    const restarted = await rig.connectAnother();
    await restarted.start(async () => {});
    const again = await restarted.reopen(structuredClone(status.ref)).deliver(delivery);
    expect(fileNames(server, channelId)).toEqual([['fox-ab12.png']]);
    expect(again).toHaveLength(1);
    expect(
      server.messages(channelId).find(({ id }) => id === again[0]?.ref.id)?.attachments,
    ).toHaveLength(1);
    expect(server.violations).toEqual([]);
  },
);

test.each([
  { name: 'a lost request', rule: { dropConnection: 'before' as const } },
  { name: 'a failing server', rule: { status: 500, times: 3 } },
  { name: 'a rate limit', rule: { status: 429, retryAfter: 0.2 } },
])('$name delays a delivery and never doubles it', async ({ rule }) => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const delivery = deliveryOf([await rig.makeFile('fox-ab12.png')]);
  server.fail({ method: 'POST', path: /channels\/\d+\/messages/u, ...rule });
  await deliverInTheEnd(status, delivery);
  expect(fileNames(server, server.channelId)).toEqual([['fox-ab12.png']]);
});

test('delivering the same job again posts nothing', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const delivery = deliveryOf([await rig.makeFile('fox-ab12.png')]);
  expect(await status.deliver(delivery)).toEqual(await status.deliver(delivery));
  expect(fileNames(server, server.channelId)).toEqual([['fox-ab12.png']]);
});

test('a result found among many later messages is not sent again', async () => {
  const rig = await startRig();
  const { server } = rig;
  const { channelId } = server;
  const status = await openStatus(rig, channelId);
  const delivery = deliveryOf([await rig.makeFile('fox-ab12.png')]);
  const [first] = await status.deliver({
    ...delivery,
    checkpoint: {
      saved: undefined,
      save: (value) =>
        delivery.checkpoint.save({ ...(value as object), posted: {}, placeholders: {} }),
    },
  });
  for (let said = 0; said < 120; said += 1) await server.sendMessage({ channelId, content: 'hi' });
  expect(await status.deliver(delivery)).toEqual([first]);
  expect(fileNames(server, channelId)).toHaveLength(1);
});

test.each([
  { name: 'may not write', permissions: ViewChannel | AttachFiles },
  { name: 'may not even look', permissions: AttachFiles },
])('where the bot $name, the response takes the files and keeps them', async ({ permissions }) => {
  const rig = await startRig({ permissions });
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const refs = await status.deliver(deliveryOf([await rig.makeFile('fox-ab12.png')]));
  expect(refs).toMatchObject([{ ref: status.ref }]);
  await status.update(say('Done'));
  expect(server.messages(server.channelId)).toMatchObject([
    { content: 'Done', attachments: [{ filename: 'fox-ab12.png' }] },
  ]);
});

test('where the bot may not attach files at all, the core is told which permission it needs', async () => {
  const rig = await startRig({ permissions: ViewChannel | SendMessages });
  const status = await openStatus(rig, rig.server.channelId);
  await expect(
    status.deliver(deliveryOf([await rig.makeFile('fox-ab12.png')])),
  ).rejects.toMatchObject({
    name: 'UpstreamError',
    retryable: false,
    message: expect.stringContaining('Attach Files') as string,
  });
});

test.each([50001, 50013])('a send refused with %i goes into the response instead', async (code) => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  server.fail({ method: 'POST', path: /channels/u, status: 403, code });
  const refs = await status.deliver(deliveryOf([await rig.makeFile('fox-ab12.png')]));
  expect(refs).toMatchObject([{ ref: status.ref }]);
  expect(server.messages(server.channelId)).toMatchObject([
    { content: 'Here it is.', attachments: [{ filename: 'fox-ab12.png' }] },
  ]);
});

test.each(['channelId', 'groupChannelId'] as const)(
  'what is too much for one message in %s comes in several, each once',
  async (place) => {
    const rig = await startRig();
    const { server } = rig;
    const status = await openStatus(rig, server[place]);
    const names = Array.from({ length: 12 }, (_, at) => `fox-${at}.png`);
    const files = await Promise.all(names.map((name) => rig.makeFile(name)));
    const delivery = deliveryOf(files);
    server.fail({ method: 'PATCH', path: /webhooks.*\/\d+$/u, dropConnection: 'after' });
    const tries = await deliverInTheEnd(status, delivery);
    expect(tries).toBe(place === 'channelId' ? 1 : 2);
    expect(fileNames(server, server[place])).toEqual([names.slice(0, 10), names.slice(10)]);
    expect(await status.deliver(delivery)).toHaveLength(2);
    expect(fileNames(server, server[place])).toHaveLength(2);
    expect(server.violations).toEqual([]);
  },
);

/** A file of exactly so many bytes, with words beside it that are as long as Discord takes. */
async function makeLarge(rig: Rig, fileName: string, bytes: number): Promise<DeliverableFile> {
  const file = await rig.makeFile(fileName, '🦊'.repeat(1024));
  await truncate(file.path, bytes);
  return { ...file, bytes };
}

test('files share a message only up to what Discord takes at once', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const names = ['a.png', 'b.png', 'c.png'];
  const files = await Promise.all(names.map((name) => makeLarge(rig, name, 9 * MEBIBYTE)));
  await status.deliver(deliveryOf(files));
  expect(fileNames(server, server.channelId)).toEqual([['a.png', 'b.png'], ['c.png']]);
});

test.each([
  { tooMany: 0, expected: [['a.png', 'b.png', 'c.png']] },
  { tooMany: 1, expected: [['a.png', 'b.png'], ['c.png']] },
])(
  'files that fill a request to its last byte and $tooMany more, with the longest words beside them',
  async ({ tooMany, expected }) => {
    const rig = await startRig();
    const { server } = rig;
    const status = await openStatus(rig, server.channelId);
    const { bytesPerFile, bytesPerMessage } = status.fileLimits;
    const rest = bytesPerMessage - 2 * bytesPerFile + tooMany;
    const files = [
      await makeLarge(rig, 'a.png', bytesPerFile),
      await makeLarge(rig, 'b.png', bytesPerFile),
      await makeLarge(rig, 'c.png', rest),
    ];
    const caption = say('🦊'.repeat(1000));
    await status.deliver({ ...deliveryOf(files), caption });
    expect(fileNames(server, server.channelId)).toEqual(expected);
    expect(server.violations).toEqual([]);
  },
);

test('ten files with the longest words beside them go with one request', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const names = Array.from({ length: 10 }, (_, at) => `${at}.png`);
  const each = Math.floor(status.fileLimits.bytesPerMessage / names.length);
  const files = await Promise.all(names.map((name) => makeLarge(rig, name, each)));
  await status.deliver({ ...deliveryOf(files), caption: say('🦊'.repeat(1000)) });
  expect(fileNames(server, server.channelId)).toEqual([names]);
  expect(server.violations).toEqual([]);
});

test('a file goes out byte for byte, again where the first try was cut off', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const file = await rig.makeFile('fox-ab12.png');
  const bytes = randomBytes(3 * MEBIBYTE);
  await writeFile(file.path, bytes);
  server.fail({ method: 'POST', path: /channels/u, dropConnection: 'before' });
  await deliverInTheEnd(status, deliveryOf([{ ...file, bytes: bytes.length }]));
  const carrier = server.messages(server.channelId).find(({ attachments }) => attachments[0]);
  expect(bytes.equals(carrier?.attachments[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
});

test.each([
  { place: 'channelId', limit: 50, expected: 10 },
  { place: 'groupChannelId', limit: 20, expected: 20 },
  { place: 'channelId', limit: 8, expected: 8 },
] as const)(
  'of a limit of $limit MiB in $place, a file may use $expected',
  async ({ place, limit, expected }) => {
    const rig = await startRig();
    const { server } = rig;
    let status: StatusMessage | undefined;
    rig.act(async (invocation) => void (status = await invocation.acknowledge(say('Waiting'))));
    await server.runCommand({
      name: 'imagine',
      options: { prompt: 'a fox' },
      channelId: server[place],
      attachmentSizeLimit: limit * MEBIBYTE,
    });
    const { fileLimits } = await server.waitFor(() => status);
    expect(fileLimits.bytesPerFile).toBe(expected * MEBIBYTE);
    expect(fileLimits.filesPerMessage).toBe(10);
    expect(fileLimits.bytesPerMessage).toBeLessThan(25 * MEBIBYTE);
  },
);

test('text that describes a picture is cut to what Discord takes', async () => {
  const rig = await startRig();
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  await status.deliver(deliveryOf([await rig.makeFile('fox.png', '🦊'.repeat(2000))]));
  const carrier = server.messages(server.channelId).find(({ attachments }) => attachments[0]);
  expect(Array.from(carrier?.attachments[0]?.description ?? '')).toHaveLength(1024);
  expect(server.violations).toEqual([]);
});

test.each([
  { status: 413, code: 40005, retryable: false, sentence: /too large/u },
  { status: 403, code: 20009, retryable: false, sentence: /explicit/u },
  { status: 400, code: 200000, retryable: false, sentence: /AutoMod/u },
  { status: 404, code: 10003, retryable: false, sentence: /no longer exists/u },
  { status: 400, code: 30046, retryable: true, sentence: /^Discord refused/u },
])('a send refused with $code is told in plain words', async ({ retryable, sentence, ...rule }) => {
  const rig = await startRig();
  const status = await openStatus(rig, rig.server.channelId);
  rig.server.fail({ method: 'POST', path: /channels/u, ...rule });
  await expect(
    status.deliver(deliveryOf([await rig.makeFile('fox-ab12.png')])),
  ).rejects.toMatchObject({
    name: 'UpstreamError',
    retryable,
    message: expect.stringMatching(sentence) as string,
  });
});
