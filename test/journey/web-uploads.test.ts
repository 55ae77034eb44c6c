import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { line, message } from '../../src/message.ts';
import type { AttachmentRef } from '../../src/request.ts';
import { type RunningChat, startChat } from '../support/web-chat.ts';

let chat: RunningChat;
beforeAll(async () => {
  chat = await startChat({
    onInvocation: async (invocation) => {
      await invocation.acknowledge(message(line('Waiting in line')));
    },
  });
});
beforeEach(() => void chat.invocations.splice(0));
afterAll(() => chat.stop());

const square = sharp({ create: { width: 8, height: 6, channels: 3, background: '#b4472b' } });
const bytesAs = async (format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif'): Promise<Buffer> =>
  square.clone().toFormat(format).toBuffer();
const send = (...files: File[]): Promise<Response> =>
  chat.post(
    '/web/messages',
    { text: 'make it blue', submission: crypto.randomUUID(), files },
    { 'hx-request': 'true' },
  );
const attached = (): readonly AttachmentRef[] => chat.invocations[0]?.attachments ?? [];

describe('a picture that comes with a message', () => {
  test.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('may be %s', async (format) => {
    const bytes = await bytesAs(format);
    const response = await send(new File([new Uint8Array(bytes)], `fox.${format}`));
    expect(response.status).toBe(200);
    const [attachment] = attached();
    expect(attachment).toMatchObject({
      platform: 'web',
      fileName: `fox.${format}`,
      claimedType: `image/${format}`,
      bytes: bytes.byteLength,
    });
    const source = await chat.platform.locateAttachment(attachment!);
    expect(source.kind).toBe('local');
    expect(await readFile(source.kind === 'local' ? source.path : '')).toEqual(bytes);
  });

  test('is known by its content, not by its name or claimed type', async () => {
    const bytes = new Uint8Array(await bytesAs('jpeg'));
    await send(new File([bytes], 'fox.png', { type: 'text/html' }));
    expect(attached()[0]).toMatchObject({ fileName: 'fox.png', claimedType: 'image/jpeg' });
  });

  test('is one of several, in the order in which they were given', async () => {
    const bytes = new Uint8Array(await bytesAs('png'));
    await send(new File([bytes], 'b.png'), new File([bytes], 'a.png'), new File([bytes], 'c.png'));
    expect(attached().map(({ fileName }) => fileName)).toEqual(['b.png', 'a.png', 'c.png']);
  });

  test('is served with its own type, and nothing in it can run', async () => {
    await send(new File([new Uint8Array(await bytesAs('png'))], 'fo"x\r\nX-Evil: 1.png'));
    const response = await fetch(`${chat.origin}${attached()[0]?.url}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(response.headers.get('content-disposition')).toMatch(
      /^inline; filename\*=UTF-8''[\w%.-]+$/u,
    );
    expect(response.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(response.headers.has('x-evil')).toBe(false);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(await bytesAs('png'));
  });

  test('is kept under a random name, whatever it is called', async () => {
    await send(new File([new Uint8Array(await bytesAs('png'))], '../../../evil.png'));
    const source = await chat.platform.locateAttachment(attached()[0]!);
    const where = source.kind === 'local' ? source.path : '';
    expect(path.dirname(where)).toBe(path.join(chat.folder, 'uploads'));
    expect(path.basename(where)).toMatch(/^[\da-f-]{36}\.png$/u);
    expect(attached()[0]?.fileName).toBe('evil.png');
  });

  test('that is gone from the disk is told so', async () => {
    await send(new File([new Uint8Array(await bytesAs('png'))], 'fox.png'));
    const source = await chat.platform.locateAttachment(attached()[0]!);
    await rm(source.kind === 'local' ? source.path : '');
    const response = await fetch(`${chat.origin}${attached()[0]?.url}`);
    expect(response.status).toBe(410);
    await expect(
      chat.platform.locateAttachment({ ...attached()[0]!, id: 'unknown' }),
    ).rejects.toThrow('Attach it again');
  });

  test('shows in the conversation with its size', async () => {
    await send(new File([new Uint8Array(await bytesAs('png'))], 'shown.png'));
    const html = await (await fetch(chat.origin)).text();
    expect(html).toMatch(/alt="Attached picture shown\.png"\s+width="8"\s+height="6"/u);
  });
});

const text = (words: string, name: string): File => new File([words], name);

describe('a file that will not do', () => {
  test.each([
    ['an empty one', text('', 'nothing.png'), '“nothing.png” is empty'],
    ['text called a picture', text('hello', 'words.png'), '“words.png” holds no picture'],
    ['a page', text('<html><script>1</script>', 'a.jpg'), '“a.jpg” holds no picture'],
    ['a vector drawing', text('<svg xmlns="http://www.w3.org/2000/svg"/>', 'a.svg'), '“a.svg”'],
    ['a document', text('%PDF-1.7\n%âãÏÓ\n', 'a.png'), 'is of the type application/pdf'],
    ['a hostile name', text('x', '<img src=x>.png'), '“&lt;img src=x&gt;.png” holds no picture'],
  ])('is refused with a reason: %s', async (_, file, reason) => {
    const response = await send(file);
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(reason);
    expect(chat.invocations).toHaveLength(0);
  });

  test('is named together with all others, and keeps the good ones back too', async () => {
    const good = new File([new Uint8Array(await bytesAs('png'))], 'good.png');
    const response = await send(good, text('', 'empty.png'), text('x', 'words.png'));
    const body = await response.text();
    expect(body).toContain('“empty.png”');
    expect(body).toContain('“words.png”');
    expect(body).not.toContain('good.png');
    expect(chat.invocations).toHaveLength(0);
  });

  test('may have 50 MB and not a byte more', async () => {
    const limit = 50 * 1024 * 1024;
    const png = await bytesAs('png');
    const padded = (size: number): File =>
      new File([new Uint8Array(png), new Uint8Array(size - png.byteLength)], 'big.png');
    expect((await send(padded(limit))).status).toBe(200);
    const response = await send(padded(limit + 1));
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('pictures up to 50 MB');
  });

  test('comes as one of at most ten', async () => {
    const bytes = new Uint8Array(await bytesAs('png'));
    const response = await send(
      ...Array.from({ length: 11 }, (_, at) => new File([bytes], `${at}.png`)),
    );
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('That is 11 files; at most 10');
  });

  test('is not read at all when the whole form is too large', async () => {
    const boundless = new ReadableStream({
      pull: (stream) => stream.enqueue(new Uint8Array(4 << 20)),
    });
    const sent = fetch(`${chat.origin}/web/messages`, {
      method: 'POST',
      body: boundless,
      duplex: 'half',
      headers: { origin: chat.origin, 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect((await sent).status).toBe(413);
  });
});

test('a text file on the disk is never served as a page', async () => {
  const file = path.join(chat.folder, 'note.html');
  await writeFile(file, '<script>alert(1)</script>');
  await chat.post('/web/messages', { text: 'a note', submission: crypto.randomUUID() });
  const status = await chat.invocations[0]!.acknowledge(message(line('Here')));
  await status.deliver({
    key: 'note',
    caption: message(line('Here')),
    files: [
      {
        path: file,
        fileName: 'note.html',
        contentType: 'text/html',
        bytes: 25,
        altText: '',
        isSpoiler: false,
      },
    ],
    checkpoint: { saved: undefined, save: async () => {} },
  });
  const html = await (await fetch(chat.origin)).text();
  const [, address = ''] = /href="(\/web\/files\/[^"]+)" download="note\.html"/u.exec(html) ?? [];
  const response = await fetch(`${chat.origin}${address}`);
  expect(response.headers.get('content-security-policy')).toContain('sandbox');
});
