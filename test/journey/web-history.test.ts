/** The real bot's earlier pictures, searched on their page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWebChat } from '../support/chats/web-chat.ts';
import { waitFor } from '../support/chats/chat.ts';
import { createVisitor, type Page, picturesIn, type Visitor } from '../support/web-visitor.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';

const WISHES = [
  '/imagine a red fox in the snow',
  '/imagine a red lighthouse --model qwen-image',
  '/imagine a green fox <b>bold</b>',
];

let world: World;
let ada: Visitor;
let bob: Visitor;
const search = (visitor: Visitor, query: string): Promise<Page> =>
  visitor.read(`/web/history?${query}`);
const wordsIn = ({ body }: Page): string[] =>
  [...body.matchAll(/<span class="relative-words">([^<]*)</gu)].map(([, words = '']) => words);

beforeAll(async () => {
  world = await startWorld(await startWebChat(), { pace: HURRIED_PACE });
  ada = createVisitor(world.easel.url);
  bob = createVisitor(world.easel.url);
  for (const [at, wish] of WISHES.entries()) {
    await ada.say(wish);
    await waitFor('the picture', async () => picturesIn(await search(ada, '')).length === at + 1);
  }
  await bob.read('/');
}, 60_000);
afterAll(() => world?.close());

describe('the history', () => {
  test('shows one’s own pictures, newest first, each with its words', async () => {
    expect(wordsIn(await search(ada, ''))).toEqual([
      'a green fox &lt;b&gt;bold&lt;/b&gt;',
      'a red lighthouse',
      'a red fox in the snow',
    ]);
  });

  test.each([
    ['by words, all of them', 'words=fox+red', ['a red fox in the snow']],
    ['by words that mean something to a database', 'words=%25', []],
    ['by a part of the model’s name', 'model=qwen', ['a red lighthouse']],
    ['by words and model', 'words=fox&model=qwen', []],
    ['by a first day in the future', 'since=2999-01-01', []],
    ['by a last day in the past', 'until=2001-01-01', []],
  ])('can be searched %s', async (_, query, found) => {
    expect(wordsIn(await search(ada, query))).toEqual(found);
  });

  test('takes the last day to its end', async () => {
    const today = new Date().toISOString().slice(0, 10);
    expect(wordsIn(await search(ada, `since=${today}&until=${today}`))).toHaveLength(3);
  });

  test('keeps apart what is one’s own and what is here', async () => {
    expect(wordsIn(await search(bob, 'whose=mine'))).toEqual([]);
    expect(wordsIn(await search(bob, 'whose=all'))).toHaveLength(3);
  });

  test('shows what somebody saved, to them alone', async () => {
    const [newest = ''] = picturesIn(await search(ada, ''));
    await ada.press('save', newest);
    await waitFor('it to be saved', async () => {
      return picturesIn(await search(ada, 'whose=saved')).includes(newest);
    });
    expect(picturesIn(await search(bob, 'whose=saved'))).toEqual([]);
  });

  test('leads from each picture to its tree and to its message', async () => {
    const { body } = await search(ada, 'words=lighthouse');
    const [, anchor = ''] =
      /href="\/web\/messages\/([\w-]+)">In the conversation/u.exec(body) ?? [];
    const [id = ''] = picturesIn({ status: 200, headers: new Headers(), body });
    const chat = await ada.read('/');
    const message = chat.body
      .split(/(?=<li\s+id="message-)/u)
      .find((part) => part.includes(`id="message-${anchor}"`));
    expect(message).toContain(`/web/pictures/${id}`);
    expect((await ada.read(`/web/pictures/${id}`)).body).toContain('a red lighthouse');
  });

  test('shows thumbnails only when they are scrolled to, and says what they show', async () => {
    const { body } = await search(ada, 'words=snow');
    const [image = ''] = /<img\s+src="\/web\/pictures[^>]*>/u.exec(body) ?? [];
    expect(image).toContain('loading="lazy"');
    expect(image).toMatch(/alt="[^"]*a red fox in the snow/u);
    const [, address = ''] = /src="([^"]+)"/u.exec(image) ?? [];
    expect(address).toMatch(/\/thumbnail$/u);
    expect((await ada.readBytes(address)).byteLength).toBeGreaterThan(500);
  });

  test('loses what was deleted, and so do the pictures’ addresses', async () => {
    const [fox = ''] = picturesIn(await search(ada, 'words=snow'));
    await ada.press('delete', fox);
    await waitFor('it to be gone', async () => {
      return picturesIn(await search(ada, 'words=snow')).length === 0;
    });
    expect((await ada.read(`/web/pictures/${fox}/original`)).status).toBe(404);
    const page = await ada.read(`/web/pictures/${fox}`);
    expect(page.body).toContain('This picture was deleted.');
    expect(page.body).not.toContain(`${fox}/thumbnail`);
  });

  test('is linked quietly from the conversation', async () => {
    expect((await ada.read('/')).body).toContain('<a href="/web/history">History</a>');
  });
});
