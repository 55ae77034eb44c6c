/** Recordings and transcripts in the web chat: what they ask for, what is answered, how they are served. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadCommands } from '../../src/load-folder.ts';
import { line, type Message, message, note } from '../../src/message.ts';
import { loadModels } from '../../src/models/load-models.ts';
import type { AnsweredMessage, DeliverableFile, Invocation } from '../../src/platforms/platform.ts';
import type { PlaceSettings } from '../../src/pictures/place-settings.ts';
import { checkFile } from '../../src/platforms/web/check-file.ts';
import { plainPng } from '../support/plain-picture.ts';
import { type RunningChat, startChat } from '../support/web-chat.ts';
import { makeRecording } from '../support/sound/recording.ts';
import type { SoundFormat } from '../support/sound/formats.ts';
import { hasSoundTools } from '../support/sound/tools.ts';

const NAMES = [
  'said.wav',
  'said.mp3',
  'said.m4a',
  'said.ogg',
  'said.flac',
  'said.webm',
  'film.mp4',
] as const;
const MEBIBYTE = 1024 * 1024;
const person = { id: 'p1', name: 'you' };
const place = { platform: 'web', tenant: 'web', channel: 'main' };
const sounds = new Map<string, Buffer<ArrayBuffer>>();
let chat: RunningChat;
let settings: PlaceSettings;
let png: Buffer;

const file = (name: string, type = ''): File =>
  name.endsWith('.png')
    ? new File([new Uint8Array(png)], name)
    : new File([sounds.get(name)!], name, { type });
const htmx = { 'hx-request': 'true' };
function send(text: string, files: File[] = [], reply = ''): Promise<Response> {
  const form = { text, reply, submission: crypto.randomUUID(), files };
  return chat.post('/web/messages', form, htmx);
}
const newest = (): Invocation => chat.invocations.at(-1)!;
const page = async (): Promise<string> => (await fetch(chat.origin)).text();
/** The newest message on the page. */
async function readNewest(): Promise<{ id: string; html: string }> {
  const html = (await page()).split('<li\n').at(-1)!;
  const [, id = ''] = /id="message-([^"]+)"/u.exec(html) ?? [];
  return { id, html: html.split('</ol>', 1)[0]! };
}
/** What is said of a link to a message. */
const linked = (id: string): Promise<AnsweredMessage | undefined> =>
  chat.platform.readLinked(`${chat.origin}/web/messages/${id}`, { person, place });
const namesOf = (files: readonly { fileName: string }[] = []): string[] =>
  files.map(({ fileName }) => fileName);

const kept = (): Promise<string[]> => readdir(path.join(chat.folder, 'uploads'));
const onTheWay = (): Promise<string[]> => readdir(path.join(chat.folder, 'incoming'));

async function deliver(caption: Message, names: readonly string[] = []): Promise<string> {
  const key = crypto.randomUUID();
  const status = await chat.platform.post(place, message(line('Listening')), key);
  const files: DeliverableFile[] = [];
  for (const fileName of names) {
    const to = path.join(chat.folder, `${key}-${fileName}`);
    const bytes = sounds.get(fileName)!;
    await writeFile(to, bytes);
    const facts = { fileName, contentType: 'audio/ogg', bytes: bytes.byteLength };
    files.push({ path: to, ...facts, altText: 'It', isSpoiler: false });
  }
  const checkpoint = { saved: undefined, save: async () => {} };
  await status.deliver({ key, caption, files, checkpoint });
  return status.ref.id;
}

async function say(format: string): Promise<Buffer<ArrayBuffer>> {
  const words = 'A lighthouse in fog, seen from the sea.';
  const { bytes } = await makeRecording({ words, format: format as SoundFormat });
  return Buffer.from(bytes);
}

describe.skipIf(!hasSoundTools())('in the web chat', () => {
  beforeAll(async () => {
    for (const name of NAMES) sounds.set(name, await say(path.extname(name).slice(1)));
    png = await plainPng();
    chat = await startChat({
      commands: await loadCommands({ models: await loadModels() }),
      settingsOf: async () => settings,
      onInvocation: (invocation) => invocation.answer(message(line('Heard'))),
    });
  });
  beforeEach(() => {
    settings = { replies: 'mention', voice: 'off' };
    chat.invocations.splice(0);
  });
  afterAll(async () => {
    await chat?.stop();
  });

  describe('a recording', () => {
    test.each([
      ['alone is heard', '', ['said.webm'], 'hear', {}],
      ['of film is heard, too', '', ['film.mp4'], 'hear', {}],
      ['beside a picture brings that along', '', ['fox.png', 'said.ogg'], 'hear', {}],
      ['with words goes with those', 'a fox', ['said.webm'], 'imagine', { prompt: 'a fox' }],
      [
        'with a command is for that',
        '/transcribe --lang pl',
        ['said.mp3'],
        'transcribe',
        { language: 'pl' },
      ],
    ] as const)('%s', async (...[, text, names, commandName, options]) => {
      const files = names.map((name) => file(name));
      expect((await send(text, files)).status).toBe(200);
      expect(newest()).toMatchObject({ commandName, options });
      expect(namesOf(newest().attachments)).toEqual(names);
      expect(await newest().readAnswered()).toBeUndefined();
    });

    test('is heard in answer to a message, which it tells', async () => {
      const id = await deliver(message({ kind: 'quote', text: 'A fox' }));
      settings = { ...settings, voice: 'transcribe' };
      await send('', [file('said.m4a')], id);
      expect(newest()).toMatchObject({ commandName: 'hear', options: {} });
      expect(await newest().readAnswered()).toMatchObject({ message: { id }, text: 'A fox' });
    });

    test.each([
      ['', 'transcribe'],
      ['a fox', 'imagine'],
    ])('where all are written down is: “%s”', async (text, commandName) => {
      settings = { ...settings, voice: 'transcribe' };
      await send(text, [file('said.webm')]);
      expect(newest()).toMatchObject({ commandName });
    });

    test('is something to say, and a picture without words is not', async () => {
      const response = await send('', [file('fox.png')]);
      expect(response.status).toBe(422);
      expect(await response.text()).toContain('Say what you want');
      expect(chat.invocations).toHaveLength(0);
    });
  });

  describe('what is known of a message', () => {
    test('of a person’s: its pictures, its recordings and its words', async () => {
      await send('/details', [file('said.webm'), file('fox.png'), file('film.mp4')]);
      const { id } = (await readMine())!;
      const known = await linked(id);
      expect(known).toMatchObject({ message: { id }, text: '/details' });
      expect(namesOf(known?.files)).toEqual(['fox.png']);
      expect(namesOf(known?.recordings)).toEqual(['said.webm', 'film.mp4']);
      const source = await chat.platform.locateAttachment(known!.recordings[0]!);
      expect(await readFile(source.kind === 'local' ? source.path : '')).toEqual(
        sounds.get('said.webm'),
      );
    });

    test('of Easel’s: what it says, without markup and small print', async () => {
      const strong = { kind: 'strong', text: 'Anna:' } as const;
      const caption = message(line(strong, ' Good <evening>.'), line('Second.'), note('whisper'));
      const known = await linked(await deliver(caption, ['said.ogg']));
      expect(known).toMatchObject({ text: 'Anna: Good <evening>.\nSecond.', files: [] });
      expect(namesOf(known?.recordings)).toEqual(['said.ogg']);
    });

    test('is told when it is pressed: what stands in a menu elsewhere', async () => {
      await send('', [file('said.webm')]);
      const mine = (await readMine())!;
      const labels = [...mine.html.matchAll(/<button class="secondary">([^<]+)</gu)];
      expect(labels.map(([, label]) => label)).toEqual(['Transcribe', 'Use as prompt']);
      const press = { command: 'use-as-prompt', message: mine.id };
      expect((await chat.post('/web/press', press, htmx)).status).toBe(204);
      expect(newest()).toMatchObject({
        commandName: 'use-as-prompt',
        options: {},
        attachments: [],
      });
      const answered = await newest().readAnswered();
      expect(namesOf(answered?.recordings)).toEqual(['said.webm']);
      const { html } = await readNewest();
      expect(html).toMatch(/class="answers small"[\s\S]*Attached video said\.webm/u);
    });

    test('is asked for in vain once it is gone, and of commands without an entry', async () => {
      const gone = { command: 'speak', message: 'gone' };
      expect((await chat.post('/web/press', gone, htmx)).status).toBe(204);
      expect((await readNewest()).html).toContain('That message is no longer here.');
      const foreign = { command: 'cancel', message: 'gone' };
      expect((await chat.post('/web/press', foreign, htmx)).status).toBe(400);
      expect(chat.invocations).toHaveLength(0);
    });
  });

  describe('a transcript of 60,000 characters', () => {
    const words = Array.from({ length: 600 }, (_, at) => `${at}: ${'they said so '.repeat(8)}`);

    test('is one message, folded and whole, that can be answered and read aloud', async () => {
      const text = words.join('\n').slice(0, 60_000);
      expect(text).toHaveLength(60_000);
      const language = note('English · 3 h');
      const id = await deliver(message({ kind: 'quote', text }, language));
      const { html } = await readNewest();
      const [folded = '', open = ''] = html.split('<details class="unfold">');
      expect(folded).toContain(text);
      expect(open).toContain('Show all');
      expect(open).toContain('English · 3 h');
      expect(open).toContain('>Read aloud</button>');
      expect(html).toContain(`href="/?reply=${id}"`);
      expect((await linked(id))?.text).toBe(text);
      const reply = await (await fetch(`${chat.origin}/web/reply/${id}`)).text();
      expect(reply).toContain('0: they said so');
      expect(reply.length).toBeLessThan(2000);
      expect(chat.platform.limits.textLength).toBeGreaterThan(60_000);
    });

    test('is not folded when it is short', async () => {
      await deliver(message({ kind: 'quote', text: 'They said so.' }));
      expect((await readNewest()).html).not.toContain('unfold');
    });
  });

  describe('a file of sound', () => {
    test.each([
      ['said.wav', '', 'audio/wav'],
      ['said.mp3', '', 'audio/mpeg'],
      ['said.m4a', '', 'audio/mp4'],
      ['said.ogg', '', 'audio/ogg'],
      ['said.flac', '', 'audio/flac'],
      ['said.webm', 'audio/webm;codecs=opus', 'audio/webm'],
      ['said.webm', '', 'video/webm'],
      ['film.mp4', 'video/mp4', 'video/mp4'],
    ] as const)('%s, sent as “%s”, is served as %s, in parts', async (name, claim, contentType) => {
      await send('', [file(name, claim)]);
      const bytes = sounds.get(name)!;
      const address = `${chat.origin}${newest().attachments[0]?.url}`;
      const whole = await fetch(address, { headers: { range: 'bytes=-100' } });
      expect(whole.status).toBe(206);
      expect(whole.headers.get('content-type')).toBe(contentType);
      expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes.subarray(-100));
      const tag = contentType.startsWith('audio') ? /<audio controls/u : /<video\s+controls/u;
      expect((await readMine())?.html).toMatch(tag);
    });

    test('is given whole to whoever has a part of another one', async () => {
      await send('', [file('said.mp3')]);
      const address = `${chat.origin}${newest().attachments[0]?.url}`;
      const range = { range: 'bytes=10-19' };
      const since = (await fetch(address)).headers.get('last-modified')!;
      const part = await fetch(address, { headers: { ...range, 'if-range': since } });
      expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
      const before = new Date(Date.parse(since) - 60_000).toUTCString();
      const other = await fetch(address, { headers: { ...range, 'if-range': before } });
      expect(other.status).toBe(200);
      expect((await other.arrayBuffer()).byteLength).toBe(sounds.get('said.mp3')!.byteLength);
    });
  });

  describe('a recording of three hours', () => {
    test('goes in with 200 MB and not a byte more, and leaves nothing behind', async () => {
      expect((await upload(toForm(200 * MEBIBYTE))).status).toBe(200);
      expect(newest().attachments).toMatchObject([
        { fileName: 'long.mp3', claimedType: 'audio/mpeg', bytes: 200 * MEBIBYTE },
      ]);
      expect(await onTheWay()).toEqual([]);
      const larger = Object.defineProperty(file('said.mp3'), 'size', { value: 200 * MEBIBYTE + 1 });
      const refused = await checkFile({ file: larger, media: 'attachment', option: undefined });
      expect(refused).toContain('files up to 200 MB');
    });

    test('that breaks off on the way leaves nothing behind', async () => {
      const before = await kept();
      await expect(upload(toForm(20 * MEBIBYTE, false))).rejects.toThrow('fetch failed');
      await expect.poll(onTheWay).toEqual([]);
      expect(await kept()).toEqual(before);
      expect(chat.invocations).toHaveLength(0);
    });
  });
});

/** The newest message of a person’s. */
async function readMine(): Promise<{ id: string; html: string } | undefined> {
  const all = (await page()).split('<li\n');
  const html = all.findLast((part) => part.includes('by-person'));
  const [, id = ''] = /id="message-([^"]+)"/u.exec(html ?? '') ?? [];
  return html === undefined ? undefined : { id, html };
}

function toHead(name: string): string {
  return `--x\r\nContent-Disposition: form-data; name="${name}"`;
}

/** A form with one file: a real beginning, and then as much as there is to be. */
async function* toForm(size: number, isWhole = true): AsyncGenerator<Uint8Array> {
  const submission = `${toHead('submission')}\r\n\r\n${crypto.randomUUID()}\r\n`;
  yield Buffer.from(`${submission}${toHead('files')}; filename="long.mp3"\r\n\r\n`);
  const beginning = sounds.get('said.mp3')!;
  yield beginning;
  const piece = new Uint8Array(MEBIBYTE);
  for (let left = size - beginning.byteLength; left > 0; left -= piece.byteLength) {
    yield piece.subarray(0, Math.min(left, piece.byteLength));
  }
  if (!isWhole) throw new Error('the line is cut');
  yield Buffer.from('\r\n--x--\r\n');
}

function upload(body: AsyncGenerator<Uint8Array>): Promise<Response> {
  const contentType = 'multipart/form-data; boundary=x';
  return fetch(`${chat.origin}/web/messages`, {
    method: 'POST',
    body: ReadableStream.from(body),
    duplex: 'half',
    headers: { origin: chat.origin, 'content-type': contentType, ...htmx },
  });
}
