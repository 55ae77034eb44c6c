import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { line, message, type MessageRef } from '../../src/message.ts';
import type { Delivery, StatusMessage } from '../../src/platforms/platform.ts';
import { createMemoryRecords } from '../support/memory-records.ts';
import { type RunningChat, startForTest } from '../support/web-chat.ts';

const say = (words: string) => message(line(words));
const place = { platform: 'web', tenant: 'web', channel: 'main' };
const page = async (chat: RunningChat): Promise<string> => (await fetch(chat.origin)).text();

const withoutIds = (html: string): string => html.replaceAll(/value="[\da-f-]{36}"/gu, '');

async function toDelivery(folder: string): Promise<Delivery> {
  const file = path.join(folder, 'fox.png');
  await sharp({ create: { width: 8, height: 6, channels: 3, background: 'red' } }).toFile(file);
  const files = [
    {
      path: file,
      fileName: 'fox.png',
      contentType: 'image/png',
      bytes: 9,
      altText: 'A fox',
      isSpoiler: false,
    },
  ];
  return {
    key: 'job-1',
    caption: say('Here it is'),
    files,
    checkpoint: { saved: undefined, save: async () => {} },
  };
}

describe('a status message', () => {
  test('is posted once for one key', async () => {
    const chat = await startForTest();
    const [one, two] = await Promise.all([
      chat.platform.post(place, say('first'), 'k'),
      chat.platform.post(place, say('second'), 'k'),
    ]);
    expect(one.ref).toEqual(two.ref);
    expect((await page(chat)).match(/<li\s+id="message-/gu)).toHaveLength(1);
  });

  test('becomes the result in place, and delivering again changes nothing', async () => {
    const chat = await startForTest();
    const status = await chat.platform.post(place, say('Drawing'), 'k');
    const delivery = await toDelivery(chat.folder);
    expect(await status.deliver(delivery)).toEqual([{ ref: status.ref, fileNames: ['fox.png'] }]);
    const once = await page(chat);
    expect(await status.deliver(delivery)).toEqual([{ ref: status.ref, fileNames: ['fox.png'] }]);
    expect(withoutIds(await page(chat))).toBe(withoutIds(once));
    expect(once.match(/alt="A fox"/gu)).toHaveLength(1);
  });

  test('keeps its pictures when a late edit arrives together with them', async () => {
    const chat = await startForTest();
    const status = await chat.platform.post(place, say('Drawing'), 'k');
    const delivery = await toDelivery(chat.folder);
    await Promise.all([
      status.deliver(delivery),
      ...['a', 'b', 'c'].map((words) => status.update(say(words))),
    ]);
    expect(await page(chat)).toContain('alt="A fox"');
  });

  test('and its pictures are there again after a restart, by the stored reference', async () => {
    const records = createMemoryRecords();
    const first = await startForTest({ records });
    const { folder } = first;
    const ref = JSON.stringify((await first.platform.post(place, say('Drawing'), 'k')).ref);
    await first.platform.stop();
    const second = await startForTest({ records, folder });
    const status: StatusMessage = second.platform.reopen(JSON.parse(ref) as MessageRef);
    await status.update(say('Still drawing'));
    expect(await page(second)).toContain('Still drawing');
    await status.deliver(await toDelivery(folder));
    const third = await startForTest({ records, folder });
    const html = await page(third);
    const [, address = ''] = /<img\s+src="(\/web\/files\/[^"]+)"\s+alt="A fox"/u.exec(html) ?? [];
    const response = await fetch(`${third.origin}${address}`);
    expect(response.headers.get('content-type')).toBe('image/png');
  });

  test('that does not exist refuses an edit for good', async () => {
    const chat = await startForTest();
    const gone = chat.platform.reopen({
      platform: 'web',
      channel: 'main',
      id: 'gone',
      details: {},
    });
    await expect(gone.update(say('x'))).rejects.toMatchObject({
      name: 'UpstreamError',
      retryable: false,
    });
  });

  test('is still edited when newer messages have pushed it off the page', async () => {
    const records = createMemoryRecords();
    const chat = await startForTest({ records });
    const status = await chat.platform.post(place, say('the oldest'), 'k');
    for (let count = 0; count < 200; count += 1)
      await chat.platform.post(place, say(`n${count}`), `n${count}`);
    expect(await page(chat)).not.toContain('the oldest');
    await status.update(say('edited'));
    expect(JSON.stringify(await records.read('messages', status.ref.id))).toContain('edited');
    expect((await page(chat)).match(/<li\s+id="message-/gu)).toHaveLength(200);
  });
});

test('an answer is a private note, also after a restart', async () => {
  const records = createMemoryRecords();
  const chat = await startForTest({
    records,
    onInvocation: (invocation) => invocation.answer(say('Like this')),
  });
  await chat.post('/web/messages', { text: '/help', submission: crypto.randomUUID() });
  expect(await page(chat)).toMatch(/Like this[\s\S]*Only you see this/u);
  expect(await page(await startForTest({ records }))).toContain('Like this');
});

test('a core that fails neither hangs the form nor stops the chat', async () => {
  const chat = await startForTest({ onInvocation: () => Promise.reject(new Error('a bug')) });
  const form = { text: 'a fox', submission: crypto.randomUUID() };
  expect((await chat.post('/web/messages', form)).status).toBe(303);
  expect(await page(chat)).toContain('a fox');
});
