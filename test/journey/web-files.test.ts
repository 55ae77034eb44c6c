/** Delivered files over HTTP: shown, played in parts, saved, and never run. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { line, message } from '../../src/message.ts';
import { type RunningChat, startChat } from '../support/web-chat.ts';

let chat: RunningChat;
beforeAll(async () => {
  chat = await startChat();
});
afterAll(() => chat.stop());

const BYTES = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));
let deliveries = 0;
/** Delivers one file and tells its address. */
async function deliver(fileName: string, contentType: string, bytes = BYTES): Promise<string> {
  deliveries += 1;
  const file = path.join(chat.folder, `${deliveries}-${fileName}`);
  await writeFile(file, bytes);
  const place = { platform: 'web', tenant: 'web', channel: 'main' };
  const status = await chat.platform.post(place, message(line('Drawing')), `k${deliveries}`);
  const facts = { fileName, contentType, bytes: bytes.byteLength, altText: 'It', isSpoiler: false };
  await status.deliver({
    key: `job-${deliveries}`,
    caption: message(line('Here')),
    files: [{ path: file, ...facts }],
    checkpoint: { saved: undefined, save: async () => {} },
  });
  const html = await (await fetch(chat.origin)).text();
  return /(?<=href=")\/web\/files\/[^"]+(?=" download)/gu.exec(
    html.split('id="message-').at(-1)!,
  )![0];
}
const read = (address: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${chat.origin}${address}`, { headers });

describe('a part of a file', () => {
  test.each([
    ['from the beginning', 'bytes=0-99', 206, 'bytes 0-99/1000', [0, 100]],
    ['from a moment on', 'bytes=900-', 206, 'bytes 900-999/1000', [900, 1000]],
    ['the end', 'bytes=-10', 206, 'bytes 990-999/1000', [990, 1000]],
    ['beyond the end', 'bytes=990-5000', 206, 'bytes 990-999/1000', [990, 1000]],
    ['behind everything', 'bytes=1000-', 416, 'bytes */1000', [0, 0]],
  ] as const)('may be asked for: %s', async (...[, range, status, told, part]) => {
    const response = await read(await deliver('fox.mp4', 'video/mp4'), { range });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-range')).toBe(told);
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES.subarray(...part));
  });

  test('need not be: the whole file says that it could', async () => {
    const response = await read(await deliver('fox.mp3', 'audio/mpeg'));
    expect(response.status).toBe(200);
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('content-length')).toBe('1000');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES);
  });

  test('of a file that is gone is answered as such', async () => {
    const address = await deliver('gone.mp4', 'video/mp4');
    await rm(path.join(chat.folder, `${deliveries}-gone.mp4`));
    expect((await read(address, { range: 'bytes=0-1' })).status).toBe(410);
  });
});

describe('a delivered file', () => {
  test.each([
    ['fox.png', 'image/png', 'inline'],
    ['fox.svg', 'image/svg+xml', 'inline'],
    ['fox.mp3', 'audio/mpeg', 'inline'],
    ['fox.html', 'text/html', 'attachment'],
    ['fox.pdf', 'application/pdf', 'attachment'],
    ['fox.glb', 'model/gltf-binary', 'attachment'],
    ['fox.bin', 'application/octet-stream', 'attachment'],
  ])('is shown or saved, and nothing in it can run: %s', async (fileName, contentType, way) => {
    const response = await read(await deliver(fileName, contentType));
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.get('content-disposition')).toBe(
      `${way}; filename*=UTF-8''${fileName}`,
    );
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('of words can be read on the page', async () => {
    await deliver('said.txt', 'text/plain', Buffer.from('Once upon a <time>'));
    const html = await (await fetch(chat.origin)).text();
    expect(html).toContain('Once upon a &lt;time&gt;</pre');
  });

  test('of many words shows how it begins, and no half of a letter', async () => {
    await deliver('long.txt', 'text/plain', Buffer.from('Łódź! '.repeat(10_000)));
    const html = await (await fetch(chat.origin)).text();
    const [, shown = ''] = /See how it begins<[\s\S]*?<pre[^>]*>([^<]*)/u.exec(html) ?? [];
    expect(shown).toMatch(/^(?:Łódź! ){200,}Ł?ó?d?ź?!?…$/u);
    expect(shown.length).toBeLessThan(2000);
  });
});

test('a delivery without files is words alone, once', async () => {
  const place = { platform: 'web', tenant: 'web', channel: 'main' };
  const status = await chat.platform.post(place, message(line('Listening')), 'words');
  const delivery = {
    key: 'job-words',
    caption: message(line('He said hello.')),
    files: [],
    checkpoint: { saved: undefined, save: async () => {} },
  };
  expect(await status.deliver(delivery)).toEqual([{ ref: status.ref, fileNames: [] }]);
  await status.deliver({ ...delivery, caption: message(line('Twice!')) });
  const html = await (await fetch(chat.origin)).text();
  expect(html).toContain('He said hello.');
  expect(html).not.toContain('Listening');
  expect(html).not.toContain('Twice!');
  expect(chat.platform.limits.hasSpoilers).toBe(true);
});
