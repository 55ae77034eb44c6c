/** A family tree as a guest meets it who followed a link from a chat: by signature alone, without scripts. */
import { randomBytes } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Picture } from '../../src/pictures/picture.ts';
import { createSignedAddresses } from '../../src/pictures/signed-address.ts';
import { hasBrowser, launchBrowser, listenForTroubles } from '../support/browser.ts';
import { openAlbum, type Album } from '../support/pictures/album.ts';
import { type RunningChat, startChat } from '../support/web-chat.ts';

const PUBLIC_URL = 'https://easel.example';

let album: Album;
let chat: RunningChat;
let browser: BrowserContext;
let page: Page;
let asked: Picture;
let link: string;
const troubles: string[] = [];

const findOverflow = (): Promise<unknown> =>
  page.evaluate(`(() => {
    const main = document.querySelector('main');
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.closest('.tree-frame') === null)
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.className || element.tagName)
      .concat(main.scrollWidth > main.clientWidth ? ['the page'] : []);
  })()`);

const findMissingImages = (): Promise<unknown> =>
  page.evaluate(`[...document.querySelectorAll('img')]
    .filter((image) => !(image.complete && image.naturalWidth > 0))
    .map((image) => image.src)`);

describe.skipIf(!(await hasBrowser()))('a shared family tree in a browser', () => {
  beforeAll(async () => {
    album = await openAlbum();
    const addresses = createSignedAddresses({
      publicUrl: PUBLIC_URL,
      hasTreePage: true,
      secret: randomBytes(32),
      clock: systemClock,
    });
    const environment = { WEB_LOGIN_TOKEN: '0123456789abcdef' };
    chat = await startChat({ gallery: album.gallery, addresses, environment });
    const root = await album.add('a lighthouse in fog, seen from the sea');
    const night = await album.add('make it night', [root]);
    await album.add('make it a sunny morning', [night], { isSpoiler: true });
    const gone = await album.add('remove the boat', [night], { deletedAt: new Date() });
    const hat = await album.add('', [], { origin: 'given' });
    asked = await album.add('put this hat on it, as an oil painting '.repeat(6), [night, hat]);
    await album.add('add seagulls', [gone, root]);
    const address = addresses.toAddress({ kind: 'tree', picture: asked.id }) ?? '';
    link = address.replace(PUBLIC_URL, chat.origin);
    browser = await launchBrowser({ javaScriptEnabled: false });
    page = await browser.newPage();
    listenForTroubles(page, troubles);
  });
  afterAll(async () => {
    await browser?.close();
    await chat?.stop();
    await album?.close();
  });

  test.each([
    ['a phone', 390, 'light'],
    ['a phone', 390, 'dark'],
    ['a desk', 1280, 'light'],
  ] as const)('fits and has all its pictures on %s (%i, %s)', async (_, width, colorScheme) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    const answer = await page.goto(link);
    expect(answer?.status()).toBe(200);
    expect(await page.locator('[data-relative]').count()).toBe(7);
    expect(await page.locator('[data-relative] img').count()).toBe(5);
    expect(await findOverflow()).toEqual([]);
    await expect.poll(findMissingImages).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('the way to the picture that was asked for is marked, in the picture and in words', async () => {
    await page.goto(link);
    expect(await page.locator('[aria-current]').count()).toBe(2);
    expect(await page.locator('.relative[aria-current]').getAttribute('data-relative')).toBe(
      asked.id,
    );
    const steps = page.getByRole('region', { name: 'Step by step' }).getByRole('listitem');
    expect(await steps.count()).toBe(7);
  });
});
