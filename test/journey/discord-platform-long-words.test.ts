/** Transcripts and other long words on Discord: whole, in order, each message once. */
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { line, note, type Button, type Message } from '../../src/message.ts';
import type { Delivery } from '../../src/platforms/platform.ts';
import type { ServerMessage } from '../support/discord/types.ts';
import {
  createTestClock,
  deliveryOf,
  openStatus,
  say,
  startRig,
  type Rig,
} from './discord-platform-rig.ts';

const POST = { method: 'POST', path: /channels\/\d+\/messages$/u };
/** Discord's pace would make thirty messages take half a minute. */
const QUICK = { limitWindowMs: 20 };
const BUTTONS: readonly Button[] = ['transcript-files', 'correct', 'delete'].map((command) => ({
  label: command,
  style: 'secondary',
  command,
  job: 'job-1',
}));

/** An hour's talk of 60,000 characters, with much in it that would be markup. */
const PARAGRAPHS = Array.from({ length: 120 }, (_, at) => {
  const words = Array.from({ length: 49 }, (_, word) => `so_${at}*${word}`);
  return `${at % 2 ? 'Anna' : 'Bob'}: ${words.join(' ')}`.padEnd(499, '.');
});
const TALK = PARAGRAPHS.join('\n');

function talkOf(key = 'job-1', talk = TALK): Delivery {
  const blocks = [...talk.split('\n').map((text) => line(text)), note('whisper · 61 min')];
  const caption: Message = { blocks, buttons: BUTTONS };
  return { ...deliveryOf([], key), caption };
}

/** Easel's messages beside the status message. */
function listPages({ server }: Rig, channelId = server.channelId): readonly ServerMessage[] {
  return server.messages(channelId).filter(({ by }) => by === 'bot');
}

/** What people read, without what tells the pages apart. */
function toRead(pages: readonly ServerMessage[]): string {
  return pages
    .map(({ content }) => content.replace(/\n-# Page \d+ of \d+$/u, ''))
    .join('\n')
    .replaceAll(/\\([*_])/gu, '$1')
    .replaceAll(/\s+/gu, ' ');
}

function expectWhole(pages: readonly ServerMessage[], talk = TALK): void {
  expect(toRead(pages)).toBe(`${talk.replaceAll('\n', ' ')} -# whisper · 61 min`);
  for (const { content } of pages) expect(content.length).toBeLessThanOrEqual(2000);
  expect(pages.map(({ content }) => /Page (\d+ of \d+)$/u.exec(content)?.[1])).toEqual(
    pages.map((_, at) => `${at + 1} of ${pages.length}`),
  );
}

test.each(['channelId', 'dmChannelId'] as const)(
  '60,000 characters come whole into %s, with buttons where one has read them',
  async (place) => {
    const rig = await startRig(QUICK);
    const { server } = rig;
    expect(TALK.length).toBeGreaterThanOrEqual(59_999);
    const status = await openStatus(rig, server[place]);
    const refs = await status.deliver(talkOf());
    const pages = listPages(rig, server[place]);
    expectWhole(pages);
    expect(refs.map(({ ref }) => ref.id)).toEqual(pages.map(({ id }) => id));
    expect(pages.map(({ components }) => components.length)).toEqual(
      pages.map((_, at) => (at === pages.length - 1 ? 1 : 0)),
    );
    expect(server.violations).toEqual([]);
  },
);

test('machines that go down all the time, and answers that get lost, repeat and lose nothing', async () => {
  const clock = createTestClock();
  const rig = await startRig({ ...QUICK, clock, now: () => clock.now().getTime() });
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  const delivery = talkOf();
  let isDone = false;
  for (let tries = 1; !isDone && tries < 30; tries += 1) {
    let saves = 0;
    const checkpoint = {
      saved: delivery.checkpoint.saved,
      save: async (value: unknown) => {
        saves += 1;
        // Each time, what was posted last is not noted down.
        if (saves > 4) throw new Error('the machine went down');
        await delivery.checkpoint.save(value);
      },
    };
    if (tries % 3 === 0) server.fail({ ...POST, dropConnection: 'after', times: 2 });
    isDone = await status.deliver({ ...delivery, checkpoint }).then(
      () => true,
      () => false,
    );
    server.mend();
    // Nonces are forgotten: only what is in the channel tells what was posted.
    clock.advance(10 * 60_000);
  }
  expect(isDone).toBe(true);
  expectWhole(listPages(rig));
});

test('the same talk told again, with one word put right, is not taken for the first', async () => {
  const rig = await startRig(QUICK);
  const { server } = rig;
  const status = await openStatus(rig, server.channelId);
  await status.deliver(talkOf());
  const before = listPages(rig).length;
  const corrected = TALK.replace('so_0*0', 'SO_0*0');
  const again = talkOf('job-2', corrected);
  let saves = 0;
  const checkpoint = {
    saved: undefined,
    save: async (value: unknown) => {
      saves += 1;
      if (saves > 3) throw new Error('the machine went down');
      await again.checkpoint.save(value);
    },
  };
  await expect(status.deliver({ ...again, checkpoint })).rejects.toThrow('went down');
  await status.deliver(again);
  expectWhole(listPages(rig).slice(before), corrected);
});

describe('where the bot may not post', () => {
  test('a guest says as much as it may, and all of it is in a file', async () => {
    const rig = await startRig(QUICK);
    const { server } = rig;
    const channelId = server.groupChannelId;
    const status = await openStatus(rig, channelId);
    const delivery = talkOf();
    const refs = await status.deliver({ ...delivery, files: [await rig.makeFile('a-1.png')] });
    expect(refs).toHaveLength(6);
    expect(refs[0]).toMatchObject({ ref: status.ref, fileNames: ['a-1.png'] });
    const pages = server.messages(channelId);
    expect(pages.at(-1)?.content).toMatch(/\n-# Page 6 of \d\d: the rest is in the file$/u);
    const [picture, file] = pages[0]?.attachments ?? [];
    expect([picture?.filename, file?.filename]).toEqual(['a-1.png', 'all-of-it.txt']);
    expect(file?.bytes.toString()).toBe(`${TALK}\nwhisper · 61 min`);
    // The last word on a job says its caption again, here in the very message that holds it.
    const shown = pages[0]?.content;
    await status.update(delivery.caption);
    expect(pages[0]).toMatchObject({ content: shown, attachments: [picture, file] });
    expect(pages[0]?.components).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });

  test('a member whose response holds the words says them all', async () => {
    const { ViewChannel, AttachFiles } = PermissionFlagsBits;
    const rig = await startRig({ ...QUICK, permissions: ViewChannel | AttachFiles });
    const { server } = rig;
    const status = await openStatus(rig, server.channelId);
    const delivery = talkOf();
    await status.deliver(delivery);
    const restarted = await rig.connectAnother();
    await restarted.reopen(structuredClone(status.ref)).update(delivery.caption);
    expectWhole(server.messages(server.channelId));
    expect(server.violations).toEqual([]);
  });
});

test('a reply to any page of a transcript is about it, and thanks for the news are not', async () => {
  const rig = await startRig(QUICK);
  const { server, invocations } = rig;
  const { channelId } = server;
  const status = await openStatus(rig, channelId);
  rig.act(async () => {});
  await status.deliver(talkOf());
  await status.update(say('Done'));
  const pages = listPages(rig);
  const meant = [0, 7, pages.length - 1].map((at) => pages[at]?.id ?? '');
  const content = 'Kowalski, not Kovalsky';
  for (const repliesTo of meant) await server.sendMessage({ channelId, content, repliesTo });
  for (const repliesTo of meant) {
    await server.sendMessage({ channelId, content, repliesTo, isQuiet: true });
  }
  const place = { platform: 'discord', tenant: server.guildId, channel: channelId };
  const news = await rig.platform.post(place, say('Done'), 'news');
  await server.sendMessage({ channelId, content: 'thanks', repliesTo: news.ref.id });
  await server.sendMessage({ channelId, content: 'help', mentionsBot: true });
  await server.waitFor(() => invocations.at(-1)?.commandName === 'help');
  const told = invocations.slice(1, -1);
  expect(told).toMatchObject(
    meant.map(() => ({ commandName: 'edit', options: { prompt: content } })),
  );
  const answered = await told[1]?.readAnswered();
  expect(answered).toMatchObject({ message: { id: meant[1] }, files: [], recordings: [] });
  expect(answered?.text).toMatch(/so_\d+\*\d+ /u);
  expect(answered?.text).not.toContain('Page');
});

test('short words say nothing of pages', async () => {
  const rig = await startRig();
  const status = await openStatus(rig, rig.server.channelId);
  await status.deliver(talkOf('job-1', 'Hello.'));
  expect(listPages(rig)).toMatchObject([{ content: 'Hello.\n-# whisper · 61 min' }]);
});
