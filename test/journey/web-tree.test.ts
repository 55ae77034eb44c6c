/** From words to a family: the real bot, and the page that shows how its pictures came from each other. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { plainPng } from '../support/plain-picture.ts';
import { startWebChat } from '../support/chats/web-chat.ts';
import { waitFor } from '../support/chats/chat.ts';
import { arrowsIn, createVisitor, picturesIn, type Visitor } from '../support/web-visitor.ts';
import { HURRIED_PACE, startWorld, type World } from '../support/world.ts';

const STEPS = ['make it night', 'add a boat', 'as an oil painting', 'in autumn', 'add seagulls'];

let world: World;
let ada: Visitor;
/** Of the chain: the first one from words, and then each step. */
const chain: string[] = [];

const listed = async () => picturesIn(await ada.read('/web/history?whose=mine'));
const pixelsOf = (file: Buffer) => sharp(file).raw().toBuffer();
const pageOf = (id: string | undefined) => `/web/pictures/${id}`;
/** Waits for one more picture than `before`, and tells which. */
async function nextAfter(before: readonly string[]): Promise<string> {
  return waitFor('the next picture', async () =>
    (await listed()).find((id) => !before.includes(id)),
  );
}

beforeAll(async () => {
  world = await startWorld(await startWebChat(), { pace: HURRIED_PACE });
  ada = createVisitor(world.easel.url);
  for (const [at, words] of ['a lighthouse in fog', ...STEPS].entries()) {
    await ada.say(`${at === 0 ? '/imagine' : '/edit'} ${words}`);
    chain.push(await nextAfter(chain));
  }
}, 60_000);
afterAll(() => world?.close());

describe('the family tree', () => {
  test('shows a chain of five edits step by step, each with its words and model', async () => {
    const page = await ada.read(pageOf(chain[3]));
    expect(page.status).toBe(200);
    expect(arrowsIn(page)).toEqual(
      chain
        .slice(1)
        .map((id, at) => `${chain[at]}>${id}`)
        .sort(),
    );
    const words = page.body.slice(page.body.indexOf('id="steps"'));
    const told = [...words.matchAll(/>([^<>]+)<\/a[\s\S]*?class="small">([^<]+)</gu)];
    expect(told.map(([, step, facts]) => `${step} (${facts})`)).toEqual([
      'a lighthouse in fog (nano-banana-pro · from words alone)',
      ...STEPS.map((step, at) => `${step} (nano-banana-pro · from ${at + 1})`),
    ]);
  });

  test('marks the picture that was asked for, and the way to it', async () => {
    const { body } = await ada.read(pageOf(chain[3]));
    const asked = [...body.matchAll(/data-relative="([^"]+)"\s+aria-current="true"/gu)];
    expect(asked.map(([, id]) => id)).toEqual([chain[3]]);
    expect(body).toContain('<title>as an oil painting · Easel</title>');
    const onTheWay = [...body.matchAll(/class="on-the-way" data-from="[^"]+" data-to="([^"]+)"/gu)];
    expect(new Set(onTheWay.map(([, id]) => id))).toEqual(new Set(chain.slice(1, 4)));
  });

  test('is the same from every picture of the family', async () => {
    const [first, last] = await Promise.all([
      ada.read(pageOf(chain[0])),
      ada.read(pageOf(chain[5])),
    ]);
    expect(arrowsIn(first)).toEqual(arrowsIn(last));
  });

  test('grows a branch where an earlier picture is changed', async () => {
    const before = await listed();
    expect(await ada.press('vary', chain[1]!)).toMatchObject({ status: 303, to: '/' });
    const branch = await nextAfter(before);
    const arrows = arrowsIn(await ada.read(pageOf(branch)));
    expect(arrows).toContain(`${chain[1]}>${branch}`);
    expect(arrows).toHaveLength(6);
  });

  test('grows by the form behind the Edit button, from any picture', async () => {
    const before = await listed();
    const { to } = await ada.press('edit', chain[2]!);
    expect(await ada.fill(await ada.read(to), { 'option.prompt': 'with a whale' })).toMatchObject({
      status: 303,
    });
    const branch = await nextAfter(before);
    const page = await ada.read(pageOf(branch));
    expect(arrowsIn(page)).toContain(`${chain[2]}>${branch}`);
    expect(page.body).toContain('<title>with a whale · Easel</title>');
  });

  test('has buttons that press ordinary commands: back to the one before shows it again', async () => {
    const { body } = await ada.read(pageOf(chain[4]));
    const buttons = [
      ...body.matchAll(
        /name="command" value="(\w+)"\s*\/>\s*<input type="hidden" name="job" value="([^"]+)"/gu,
      ),
    ];
    expect(buttons.map(([, command, job]) => [command, job])).toEqual(
      ['edit', 'undo', 'replay', 'details'].map((command) => [command, chain[4]]),
    );
    const before = await listed();
    await ada.press('undo', chain[4]!);
    const chat = await waitFor('the picture before', async () => {
      const page = await ada.read('/');
      return page.body.includes('shown again') && page;
    });
    expect(chat.body).toContain(`href="/web/pictures/${chain[3]}">Family tree`);
    expect(await listed()).toEqual(before);
  });

  test('shows both pictures that one was made from', async () => {
    const before = await listed();
    const files = await Promise.all(
      ['red', 'blue'].map(
        async (colour) =>
          new File([new Uint8Array(await plainPng(colour))], `${colour}.png`, {
            type: 'image/png',
          }),
      ),
    );
    await ada.say('/edit put this on that', files);
    const both = await nextAfter(before);
    const job = both.replace(/\.1$/u, '');
    const page = await ada.read(pageOf(both));
    expect(arrowsIn(page)).toEqual([`${job}.g1>${both}`, `${job}.g2>${both}`]);
    for (const [at, colour] of ['red', 'blue'].entries()) {
      const given = await ada.readBytes(`${pageOf(`${job}.g${at + 1}`)}/original`);
      expect(await pixelsOf(given)).toEqual(await pixelsOf(await plainPng(colour)));
    }
  });

  test('leads to the message in the conversation, and its picture is the original', async () => {
    const { body } = await ada.read(pageOf(chain[2]));
    const [, anchor] = /href="\/web\/messages\/([\w-]+)">In the conversation/u.exec(body) ?? [];
    const chat = await ada.read('/');
    const message = chat.body
      .split(/(?=<li\s+id="message-)/u)
      .find((part) => part.includes(`id="message-${anchor}"`));
    const [shown] = /\/web\/files\/[\w-]+/u.exec(message ?? '') ?? [];
    const original = await ada.readBytes(`${pageOf(chain[2])}/original`);
    expect(original.byteLength).toBeGreaterThan(1000);
    // What is posted has its recipe in it.
    const posted = await ada.readBytes(shown ?? '');
    expect((await pixelsOf(original)).equals(await pixelsOf(posted))).toBe(true);
  });
});

describe('a picture’s files', () => {
  test.each(['original', 'thumbnail'])(
    'are sent so that nothing in them can run: %s',
    async (kind) => {
      const { status, headers } = await ada.read(`${pageOf(chain[0])}/${kind}`);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^image\//u);
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-disposition')).toMatch(/^inline;/u);
    },
  );
});

describe('what is kept elsewhere', () => {
  const foreign = { platform: 'discord', tenant: 'guild', channel: 'main' };
  const other = { platform: 'web', tenant: 'web', channel: 'another' };

  beforeAll(async () => {
    await world.easel.stop();
    const store = await openStore({ folder: world.easel.dataFolder });
    const known = await store.pictures.read(chain[0]!);
    for (const [id, place] of [
      ['foreign', foreign],
      ['other', other],
    ] as const) {
      const person = { id: 'somebody', name: 'Bob' };
      await store.pictures.add([
        {
          ...known!,
          id: `${id}.1`,
          job: id,
          sha256: id,
          place,
          person,
          parents: [chain[0]!],
          prompt: 'a secret',
        },
      ]);
    }
    await store.close();
    await world.restart();
    // The port is another one now; whoever comes there is the same to nobody.
    ada = createVisitor(world.easel.url);
  }, 60_000);

  test.each(['', '/original', '/thumbnail'])('is as if it were not: %s', async (file) => {
    const [foreign, other, unknown] = await Promise.all(
      ['foreign.1', 'other.1', 'never-was.1'].map((id) => ada.read(`${pageOf(id)}${file}`)),
    );
    expect(unknown?.status).toBe(404);
    for (const page of [foreign, other]) {
      expect(page?.status).toBe(404);
      expect(page?.body).toBe(unknown?.body);
      const names = (one: typeof page) => [...(one?.headers.keys() ?? [])].sort();
      expect(names(page)).toEqual(names(unknown));
    }
  });

  test('has no place in a tree although it came from what is shown there', async () => {
    const page = await ada.read(pageOf(chain[0]));
    expect(page.status).toBe(200);
    expect(page.body).not.toContain('a secret');
    expect(arrowsIn(page).join(' ')).not.toMatch(/foreign|other/u);
  });

  test('is in nobody’s history', async () => {
    for (const whose of ['mine', 'all', 'saved']) {
      const page = await ada.read(`/web/history?whose=${whose}&words=secret`);
      expect(picturesIn(page)).toEqual([]);
    }
  });

  test('a file that is gone from the disk is no picture any more', async () => {
    const { body } = await ada.read('/web/history?whose=all');
    const id = picturesIn({ status: 200, headers: new Headers(), body })[0]!;
    await rm(join(world.easel.dataFolder, 'files'), { recursive: true, force: true });
    expect((await ada.read(`${pageOf(id)}/original`)).status).toBe(404);
  });
});
