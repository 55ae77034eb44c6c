/** Talking to pictures in the web chat, with the whole bot: what fal is given, and what comes of it. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import { waitFor, type Upload } from '../support/chats/chat.ts';
import { type SeenMessage, startWebChat, type WebTestChat } from '../support/chats/web-chat.ts';
import { plainPng } from '../support/plain-picture.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';

const LATER = fileURLToPath(new URL('../support/sixty-days-later.ts', import.meta.url));
/** Quick to draw. */
const FAST = '--model qwen-image --size 512x512';
const EDIT = 'fal-ai/nano-banana-pro/edit';

let world: World<WebTestChat> | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function start(): Promise<World<WebTestChat>> {
  world = await startWorld(await startWebChat(), { pace: HURRIED_PACE });
  return world;
}

const isResult = ({ html }: SeenMessage): boolean =>
  html.includes('by-easel') && html.includes('/web/files/') && html.includes('>Details<');
const results = async (chat: WebTestChat): Promise<readonly SeenMessage[]> =>
  (await chat.messages()).filter(isResult);
const notes = async (chat: WebTestChat): Promise<readonly SeenMessage[]> =>
  (await chat.messages()).filter(({ html }) => html.includes('by-note'));
const newestNote = (chat: WebTestChat, words: string): Promise<SeenMessage> =>
  waitFor(`a note: ${words}`, async () =>
    (await notes(chat)).findLast(({ html }) => html.includes(words)),
  );
const resultNumber = (chat: WebTestChat, number: number): Promise<SeenMessage> =>
  waitFor(`result ${number}`, async () => (await results(chat))[number - 1]);
const lastAsked = async (chat: WebTestChat): Promise<SeenMessage> =>
  (await chat.messages()).findLast(({ html }) => html.includes('by-person'))!;

async function upload(fileName: string, colour: string): Promise<Upload> {
  return { fileName, contentType: 'image/png', bytes: await plainPng(colour) };
}

async function draw({ chat }: World<WebTestChat>, words: string): Promise<SeenMessage> {
  const before = (await results(chat)).length;
  await chat.ask(`${words} ${FAST}`);
  const result = await resultNumber(chat, before + 1);
  // It can be seen a moment before it is known to have been posted.
  const [, job = ''] = /name="job" value="([^"]+)"/u.exec(result.html) ?? [];
  const form = `/web/asked?${new URLSearchParams({ command: 'remix', job }).toString()}`;
  await waitFor('the delivery to be known', async () => (await chat.read(form)).ok);
  return result;
}

/** Posted pictures carry their recipe; what fal is given are the originals: the pixels are the same. */
async function look(bytes: Buffer): Promise<string> {
  const pixels = await sharp(bytes).raw().toBuffer();
  return createHash('sha256').update(pixels).digest('hex');
}

/** What the page shows of a message's pictures. */
async function seenIn(chat: WebTestChat, { html }: SeenMessage): Promise<readonly string[]> {
  const addresses = [...html.matchAll(/data-picture\s*>\s*<img\s+src="([^"]+)"/gu)];
  return Promise.all(
    addresses.map(async ([, address = '']) => look(await read(await chat.read(address)))),
  );
}

const read = async (response: Response): Promise<Buffer> =>
  Buffer.from(await response.arrayBuffer());

/** What the newest request gave to fal, in order. */
async function givenLast({ sandbox }: World<WebTestChat>): Promise<readonly string[]> {
  return Promise.all((await bytesGiven(sandbox)).map(look));
}

async function bytesGiven({ journal }: World['sandbox']): Promise<readonly Buffer[]> {
  const { image_urls = [] } = journal.submits.at(-1)!.input as { image_urls?: string[] };
  return Promise.all(image_urls.map(async (address) => read(await fetch(address))));
}

describe('plain words in answer to', () => {
  test('a picture of Easel’s change that very picture, once', async () => {
    const world = await start();
    const { chat, sandbox } = world;
    const first = await draw(world, 'a lighthouse');
    await draw(world, 'something newer');
    expect((await chat.reply(first.id, 'make it night')).status).toBe(303);
    await resultNumber(chat, 3);
    expect(sandbox.journal.submits.at(-1)).toMatchObject({
      endpoint: EDIT,
      input: { prompt: 'make it night' },
    });
    expect(await givenLast(world)).toEqual(await seenIn(chat, first));
    expect(sandbox.journal.submits).toHaveLength(3);
    const asked = await lastAsked(chat);
    expect(asked.html).toMatch(
      new RegExp(`class="answers small"\\s+href="/web/messages/${first.id}"`, 'u'),
    );
    expect(asked.html).toContain('a lighthouse');
  });

  test('an attached picture change that one, and what comes along stands behind it', async () => {
    const world = await start();
    const { chat, sandbox } = world;
    const [her, hat, scarf] = await Promise.all([
      upload('her.png', 'blue'),
      upload('hat.png', 'green'),
      upload('scarf.png', 'yellow'),
    ]);
    const shown = await chat.show([her]);
    await chat.reply(shown, 'put these on her', [hat, scarf]);
    await resultNumber(chat, 1);
    expect(await bytesGiven(sandbox)).toEqual([her, hat, scarf].map(({ bytes }) => bytes));
    expect(sandbox.journal.submits).toMatchObject([
      { endpoint: EDIT, input: { prompt: 'put these on her' } },
    ]);
    expect(await chat.deliveries()).toHaveLength(1);
  });

  test('three pictures change the one that is numbered so, as it stands on them', async () => {
    const world = await start();
    const { chat, sandbox } = world;
    const boats = await draw(world, 'three boats --n 3');
    const numbers = [...boats.html.matchAll(/Picture <\/span>(\d)</gu)].map(([, number]) => number);
    expect(numbers).toEqual(['1', '2', '3']);
    await chat.reply(boats.id, '2: make it night');
    await resultNumber(chat, 2);
    const shown = await seenIn(chat, boats);
    expect(shown).toHaveLength(3);
    expect(await givenLast(world)).toEqual([shown[1]]);
    expect(sandbox.journal.submits.at(-1)?.input).toMatchObject({ prompt: 'make it night' });
  });

  test('three pictures bring a question where no number is said, and one job for many presses', async () => {
    const world = await start();
    const { chat, sandbox } = world;
    const boats = await draw(world, 'three boats --n 3');
    const before = sandbox.journal.submits.length;
    await chat.reply(boats.id, 'paint them red');
    const question = await newestNote(chat, 'Which picture?');
    expect(sandbox.journal.submits).toHaveLength(before);
    await world.easel.stop();
    await world.restart();
    await Promise.all(Array.from({ length: 5 }, () => chat.pressOn(question, '3')));
    await resultNumber(chat, 2);
    const shown = await seenIn(chat, boats);
    expect(await givenLast(world)).toEqual([shown[2]]);
    expect(sandbox.journal.submits).toHaveLength(before + 1);
    expect(await results(chat)).toHaveLength(2);
  });
});

describe('an answer that is no plain words', () => {
  test('stays the command that it is', async () => {
    const world = await start();
    const first = await draw(world, 'a lighthouse');
    await world.chat.reply(first.id, '/imagine a boat');
    await resultNumber(world.chat, 2);
    expect(world.sandbox.journal.submits.at(-1)).toMatchObject({
      endpoint: 'fal-ai/nano-banana-pro',
      input: { prompt: 'a boat' },
    });
  });

  test('to a message that is gone is refused in a sentence, and nothing is sent', async () => {
    const { chat, sandbox } = await start();
    const response = await chat.reply('gone', 'make it night');
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('The message that you answer is no longer here.');
    expect(sandbox.journal.submits).toHaveLength(0);
  });
});

test('a link to a message, whole or without its host, says which picture is meant', async () => {
  const world = await start();
  const { chat } = world;
  const first = await draw(world, 'a lighthouse');
  await draw(world, 'something newer');
  const links = [
    `${world.easel.url}/#message-${first.id}`,
    `/#message-${first.id}`,
    `/web/messages/${first.id}`,
  ];
  for (const [at, link] of links.entries()) {
    await chat.reply('', `/edit make it night --link ${link}`);
    await resultNumber(chat, 3 + at);
    expect(await givenLast(world), link).toEqual(await seenIn(chat, first));
  }
  await chat.reply('', '/edit make it night --link https://example.com/#message-1');
  await newestNote(chat, 'That is no link to a message here');
});

describe('a button', () => {
  test('pressed twenty times at once makes one job', async () => {
    const world = await start();
    const { chat, sandbox } = world;
    const first = await draw(world, 'a lighthouse');
    await Promise.all(Array.from({ length: 20 }, () => chat.pressOn(first, 'Vary')));
    await resultNumber(chat, 2);
    expect(sandbox.journal.submits).toHaveLength(2);
    expect(await givenLast(world)).toEqual(await seenIn(chat, first));
    expect(await results(chat)).toHaveLength(2);
  });

  test('works in a new process, sixty days later', async () => {
    const world = await start();
    const { chat, sandbox } = world;
    const first = await draw(world, 'a lighthouse');
    await world.easel.stop();
    await world.restart({}, LATER);
    const [shown] = await results(chat);
    expect(shown?.id).toBe(first.id);
    await chat.pressOn(first, 'Vary');
    const second = await resultNumber(chat, 2);
    expect(await givenLast(world)).toEqual(await seenIn(chat, first));
    expect(second.html).toContain(`href="/web/messages/${first.id}"`);
    await chat.pressOn(first, 'Details');
    await newestNote(chat, 'fal-ai/qwen-image');
    expect(sandbox.journal.submits).toHaveLength(2);
  });

  test('that changes several pictures asks which one', async () => {
    const world = await start();
    const { chat } = world;
    const boats = await draw(world, 'three boats --n 3');
    await chat.pressOn(boats, 'Vary');
    await chat.pressOn(await newestNote(chat, 'Which picture?'), '2');
    await resultNumber(chat, 2);
    const shown = await seenIn(chat, boats);
    expect(await givenLast(world)).toEqual([shown[1]]);
  });

  test('Edit asks for words first, and takes a further picture along', async () => {
    const world = await start();
    const { chat, sandbox } = world;
    const first = await draw(world, 'a lighthouse');
    const html = await (await chat.pressOn(first, 'Edit')).text();
    expect(html).toMatch(/^<hx-partial hx-target="#options"[\s\S]*Edit picture/u);
    expect([...html.matchAll(/id="field-(\w+)"/gu)].map(([, name]) => name)).toEqual([
      'prompt',
      'image',
      'model',
    ]);
    expect(sandbox.journal.submits).toHaveLength(1);
    const empty = await chat.fill(html, {});
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('“prompt” is needed');
    const boat = await upload('boat.png', 'green');
    const sent = await chat.fill(html, {
      'option.prompt': 'add this boat',
      'file.image': [boat],
    });
    expect(sent.status).toBe(200);
    await resultNumber(chat, 2);
    expect(await givenLast(world)).toEqual([
      ...(await seenIn(chat, first)),
      await look(Buffer.from(boat.bytes)),
    ]);
    expect((await lastAsked(chat)).html).toContain('Edit picture: add this boat');
  });

  test('Edit with a model that needs a picture has one, and asks which of several', async () => {
    const world = await start();
    const { chat, sandbox } = world;
    const boats = await draw(world, 'three boats --n 3');
    const html = await (await chat.pressOn(boats, 'Edit')).text();
    expect(html.match(/type="radio"\s+name="option\.number"/gu)).toHaveLength(3);
    const sent = await chat.fill(html, {
      'option.prompt': 'make it night',
      'option.model': 'flux-kontext',
      'option.number': '3',
    });
    expect(await sent.text()).not.toContain('class="mistake">“');
    expect(sent.status).toBe(200);
    await resultNumber(chat, 2);
    const { image_url } = sandbox.journal.submits.at(-1)!.input as { image_url: string };
    const shown = await seenIn(chat, boats);
    expect(await look(await read(await fetch(image_url)))).toBe(shown[2]);
  });

  test('Remix begins with the words that it had, and keeps the seed', async () => {
    const world = await start();
    const { chat, sandbox } = world;
    const first = await draw(world, 'a lighthouse --seed 7');
    const html = await (await chat.pressOn(first, 'Remix')).text();
    expect(html).toContain('a lighthouse</textarea');
    await chat.fill(html, { 'option.prompt': 'a lighthouse at dawn' });
    await resultNumber(chat, 2);
    expect(sandbox.journal.submits.at(-1)?.input).toMatchObject({
      prompt: 'a lighthouse at dawn',
      seed: 7,
    });
  });

  test('Save hands out the original under its note, and Delete takes all of it away everywhere', async () => {
    const world = await start();
    const { chat, sandbox } = world;
    const first = await draw(world, 'a lighthouse');
    await chat.pressOn(first, 'Save');
    const saved = await newestNote(chat, 'Saved');
    const [address = ''] = /\/web\/files\/[\w-]+(?=" download)/u.exec(saved.html) ?? [];
    const original = await read(await chat.read(address));
    await chat.reply(first.id, 'make it night');
    await resultNumber(chat, 2);
    expect(await bytesGiven(sandbox)).toEqual([original]);
    await chat.pressOn(first, 'Delete');
    await newestNote(chat, 'Deleted');
    const left = await chat.messages();
    expect(left.map(({ id }) => id)).not.toContain(first.id);
    const [picture = ''] = /\/web\/files\/[\w-]+/u.exec(first.html) ?? [];
    expect((await chat.read(picture)).status).toBe(410);
    expect((await chat.read(address)).status).toBe(410);
    expect(left.map(({ html }) => html).join('')).not.toContain(picture);
    expect((await lastAsked(chat)).html).toContain('A message that was deleted');
    expect((await chat.read(`/web/messages/${first.id}`)).status).toBe(404);
    await chat.pressOn(first, 'Edit');
    await newestNote(chat, 'deleted');
  });

  test('Alt text in the details changes what is said of the picture, on every page', async () => {
    const world = await start();
    const { chat } = world;
    const first = await draw(world, 'a lighthouse');
    await chat.pressOn(first, 'Details');
    const details = await newestNote(chat, 'Alt text: a lighthouse');
    const html = await (await chat.pressOn(details, 'Alt text')).text();
    expect(html).toContain('a lighthouse</textarea');
    await chat.fill(html, { 'option.text': 'A red lighthouse in fog' });
    await newestNote(chat, 'Alt text changed');
    const [changed] = await results(chat);
    expect(changed?.html).toContain('alt="A red lighthouse in fog"');
    await waitFor('an event', () =>
      chat.events().some(({ id, html }) => id === first.id && html.includes('A red lighthouse')),
    );
    expect((await notes(chat)).at(-1)?.html).not.toContain('keeps its old one');
  });

  test('that an older version left behind still works', async () => {
    const world = await start();
    const { chat } = world;
    const first = await draw(world, 'a lighthouse --seed 7');
    const old = { ...first, html: first.html.replaceAll('value="details"', 'value="recipe"') };
    await chat.pressOn(old, 'Details');
    const note = await newestNote(chat, 'This makes it again');
    expect(note.html).toContain('--seed');
  });
});
