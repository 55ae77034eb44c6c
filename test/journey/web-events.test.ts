import { describe, expect, test } from 'vitest';
import { line, message } from '../../src/message.ts';
import { openEventStream } from '../support/event-stream.ts';
import { type RunningChat, startForTest } from '../support/web-chat.ts';

const say = (words: string) => message(line(words));
const place = { platform: 'web', tenant: 'web', channel: 'main' };
const page = async (chat: RunningChat): Promise<string> => (await fetch(chat.origin)).text();

const listen = (chat: RunningChat, headers: Record<string, string> = {}, query = '') =>
  openEventStream(`${chat.origin}/web/events${query}`, headers);
const revisionOf = async (chat: RunningChat): Promise<string> =>
  /\/web\/events(\?since=[^"]+)"/u.exec(await page(chat))?.[1] ?? '';

describe('an open page', () => {
  test('is told of a new message, then of its changes, under one id', async () => {
    const chat = await startForTest();
    const stream = await listen(chat, {}, await revisionOf(chat));
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    const status = await chat.platform.post(place, say('Waiting in line'), 'k');
    const added = (await stream.next()).html;
    expect(added).toContain('hx-target="#messages" hx-swap="beforeend"');
    await status.update(say('Drawing'));
    const changed = (await stream.next()).html;
    expect(changed).toContain(`hx-target="#message-${status.ref.id}" hx-swap="outerMorph"`);
    expect(changed).toContain('Drawing');
    await stream.close();
  });

  test('reads a change of words aloud, but no countdown', async () => {
    const chat = await startForTest();
    const stream = await listen(chat, {}, await revisionOf(chat));
    const status = await chat.platform.post(place, say('Waiting, 3 ahead'), 'k');
    expect((await stream.next()).html).toContain('hx-target="#announcer"');
    await status.update(say('Waiting, 2 ahead'));
    expect((await stream.next()).html).not.toContain('#announcer');
    await status.update(say('Drawing'));
    expect((await stream.next()).html).toMatch(/#announcer"[^>]*><p>Drawing/u);
    await stream.close();
  });

  test('survives words that look like the stream’s own syntax', async () => {
    const chat = await startForTest();
    const stream = await listen(chat, {}, await revisionOf(chat));
    await chat.platform.post(place, say('a\n\ndata: evil\r\rid: 7\n\nevent: x'), 'k');
    const event = (await stream.next()).html;
    expect(event).toContain('data: evil');
    expect(event).toContain('</hx-partial>');
    await chat.platform.post(place, say('next'), 'k2');
    expect((await stream.next()).html).toContain('next');
    await stream.close();
  });

  test('that was away gets the whole list, and nothing when nothing happened', async () => {
    const chat = await startForTest();
    const first = await listen(chat, {}, await revisionOf(chat));
    const status = await chat.platform.post(place, say('Waiting'), 'k');
    const seen = await first.next();
    await first.close();
    await status.update(say('Drawing'));
    const second = await listen(chat, { 'last-event-id': seen.id });
    const all = await second.next();
    expect(all.html).toContain('hx-target="#messages" hx-swap="innerMorph"');
    expect(all.html).toContain('Drawing');
    await second.close();
    const third = await listen(chat, { 'last-event-id': all.id });
    await status.update(say('Done'));
    expect((await third.next()).html).toContain('outerMorph');
    await third.close();
  });

  test.each(['', '?since=', '?since=made-up.1', '?since=%0d%0a'])(
    'with an unknown past “%s” gets the whole list',
    async (query) => {
      const chat = await startForTest();
      await chat.platform.post(place, say('Waiting'), 'k');
      const stream = await listen(chat, {}, query);
      expect((await stream.next()).html).toContain('innerMorph');
      await stream.close();
    },
  );

  test('gets the newest of many quick changes', async () => {
    const chat = await startForTest();
    const stream = await listen(chat, {}, await revisionOf(chat));
    const status = await chat.platform.post(place, say('0'), 'k');
    for (let step = 1; step <= 200; step += 1) await status.update(say(`step ${step}.`));
    let html = '';
    while (!html.includes('step 200.')) html = (await stream.next()).html;
    expect(html).toContain('step 200.');
    await stream.close();
  });

  test('is let go when the platform stops', async () => {
    const chat = await startForTest();
    const stream = await listen(chat, {}, await revisionOf(chat));
    expect(chat.platform.isConnected()).toBe(true);
    await chat.platform.stop();
    await stream.end();
    expect(chat.platform.isConnected()).toBe(false);
    const late = await chat.post('/web/messages', {
      text: 'late',
      submission: crypto.randomUUID(),
    });
    expect(late.status).toBe(503);
  });
});
