/** Earlier pictures as people meet them: on a desk and on a phone, by light and by dark, by keyboard. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadCommands } from '../../src/load-folder.ts';
import { loadModels } from '../../src/models/load-models.ts';
import type { Picture } from '../../src/pictures/picture.ts';
import { hasBrowser, launchBrowser, listenForTroubles } from '../support/browser.ts';
import { openAlbum, type Album } from '../support/pictures/album.ts';
import { type RunningChat, startChat } from '../support/web-chat.ts';

let album: Album;
let chat: RunningChat;
let browser: BrowserContext;
let page: Page;
const troubles: string[] = [];
let family: Record<'root' | 'night' | 'boat' | 'hidden' | 'hat' | 'oil' | 'gone' | 'last', Picture>;

const SCREENS = [
  ['a desk', 1280, 'light'],
  ['a desk', 1280, 'dark'],
  ['a phone', 390, 'light'],
  ['a phone', 390, 'dark'],
] as const;

const treeOf = ({ id }: Picture): string => `${chat.origin}/web/pictures/${id}`;

async function view(width: number, scheme: 'light' | 'dark' = 'light'): Promise<void> {
  await page.setViewportSize({ width, height: width < 500 ? 844 : 800 });
  await page.emulateMedia({ colorScheme: scheme });
}

/** Elements that are wider than the screen, or reach out of it, but for what scrolls by itself. */
const findOverflow = (): Promise<unknown> =>
  page.evaluate(`(() => {
    const main = document.querySelector('main');
    const isInFrame = (element) => element.closest('.tree-frame') !== null;
    const outside = [...document.querySelectorAll('body *')]
      .filter((element) => !isInFrame(element) && element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.className || element.tagName);
    const page = document.scrollingElement;
    const isWide = page.scrollWidth > innerWidth || main.scrollWidth > main.clientWidth;
    return isWide ? ['the page', ...outside] : outside;
  })()`);

interface Sight {
  readonly from: string;
  readonly to: string;
  /** Pixels between the arrow's ends and where they should be. */
  readonly startsOff: number;
  readonly endsOff: number;
  /** Whether the arrow passes below another picture on its way. */
  readonly below: string[];
}

/** Where the arrows are that can be seen, against where the pictures are. */
const lookAtArrows = (): Promise<Sight[]> =>
  page.evaluate(`(() => {
    const svg = [...document.querySelectorAll('svg.arrows')].find((one) => one.getClientRects().length > 0);
    const leadsRight = svg.classList.contains('wide');
    const cards = new Map([...document.querySelectorAll('[data-relative]')].map((card) => [
      card.dataset.relative, card.getBoundingClientRect(),
    ]));
    const image = (id) => document
      .querySelector('[data-relative="' + id + '"] .relative-picture').getBoundingClientRect();
    const on = (path, at) => path.getPointAtLength(at).matrixTransform(path.getScreenCTM());
    const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
    return [...svg.querySelectorAll('g')].map((arrow) => {
      const { from, to } = arrow.dataset;
      const path = arrow.querySelector('path');
      const length = path.getTotalLength();
      const [a, b, first, last] = [cards.get(from), cards.get(to), image(from), image(to)];
      const begin = leadsRight
        ? { x: a.right, y: (first.top + first.bottom) / 2 }
        : { x: (a.left + a.right) / 2, y: a.bottom };
      const end = leadsRight
        ? { x: b.left, y: (last.top + last.bottom) / 2 }
        : { x: (b.left + b.right) / 2, y: b.top };
      const steps = Array.from({ length: 200 }, (_, at) => on(path, (length * at) / 199));
      const below = [...cards].filter(([, card]) => steps.some(({ x, y }) =>
        x > card.left + 1 && x < card.right - 1 && y > card.top + 1 && y < card.bottom - 1));
      return {
        from, to,
        startsOff: apart(on(path, 0), begin),
        endsOff: apart(on(path, length), end),
        below: below.map(([id]) => id),
      };
    });
  })()`);

/** Scrolls through, so that what is lazy has to come, and tells what did not. */
async function findMissingImages(): Promise<string[]> {
  for (const image of await page.locator('main img:visible').all()) {
    await image.scrollIntoViewIfNeeded();
  }
  const missing = `[...document.querySelectorAll('main img')]
    .filter((image) => image.getClientRects().length > 0 && !(image.complete && image.naturalWidth > 0))
    .map((image) => image.src)`;
  await expect.poll(() => page.evaluate(missing)).toEqual([]);
  return page.evaluate(missing) as Promise<string[]>;
}

describe.skipIf(!(await hasBrowser()))('earlier pictures in a browser', () => {
  beforeAll(async () => {
    album = await openAlbum();
    const commands = await loadCommands({ models: await loadModels() });
    chat = await startChat({ gallery: album.gallery, commands });
    browser = await launchBrowser();
    const root = await album.add('a lighthouse in fog, seen from the sea');
    const night = await album.add('make it night', [root]);
    const boat = await album.add('add a small boat with a red sail '.repeat(8), [night], {
      width: 300,
      height: 400,
    });
    const hidden = await album.add('make it a sunny morning', [night], { isSpoiler: true });
    const hat = await album.add('', [], { origin: 'given' });
    const oil = await album.add('put this hat on it, as an oil painting', [boat, hat]);
    const gone = await album.add('remove the boat', [boat], { deletedAt: new Date() });
    await album.add('add seagulls', [gone]);
    const larger = await album.add('', [oil], { model: 'fal-ai/clarity-upscaler' });
    const last = await album.add('blend with the first one', [larger, root]);
    family = { root, night, boat, hidden, hat, oil, gone, last };
  });
  beforeEach(async () => {
    await page?.close();
    troubles.splice(0);
    page = await browser.newPage();
    listenForTroubles(page, troubles);
  });
  afterAll(async () => {
    await browser?.close();
    await chat?.stop();
    await album?.close();
  });

  describe.each(SCREENS)('on %s (%i, %s)', (_, width, scheme) => {
    test('the family tree fits, its arrows lead from picture to picture, and all is there', async () => {
      await view(width, scheme);
      await page.goto(treeOf(family.oil));
      expect(await findOverflow()).toEqual([]);
      const arrows = await lookAtArrows();
      expect(arrows).toHaveLength(10);
      for (const { from, to, startsOff, endsOff, below } of arrows) {
        expect(startsOff, `${from} to ${to} starts`).toBeLessThan(6);
        expect(endsOff, `${from} to ${to} ends`).toBeLessThan(6);
        expect(below, `${from} to ${to} passes`).toEqual([]);
      }
      expect(await findMissingImages()).toEqual([]);
      expect(troubles).toEqual([]);
    });

    test('what is written below a picture stays on its card', async () => {
      await view(width, scheme);
      await page.goto(treeOf(family.oil));
      const spilt = await page.evaluate(`[...document.querySelectorAll('[data-relative]')]
        .filter((card) => [...card.children].some((part) => !part.matches('.visually-hidden') &&
          part.getBoundingClientRect().bottom > card.getBoundingClientRect().bottom + 1))
        .map((card) => card.innerText)`);
      expect(spilt).toEqual([]);
    });

    test('the history fits and all its pictures come', async () => {
      await view(width, scheme);
      await page.goto(`${chat.origin}/web/history?whose=all`);
      expect(await page.locator('.thumbnails > li').count()).toBe(8);
      expect(await findOverflow()).toEqual([]);
      expect(await findMissingImages()).toEqual([]);
      expect(troubles).toEqual([]);
    });

    test('words can be read against what is behind them', async () => {
      await view(width, scheme);
      await page.goto(treeOf(family.oil));
      for (const [name, ratio] of await readContrasts(page)) {
        expect(ratio, name).toBeGreaterThanOrEqual(4.5);
      }
    });
  });

  test('the tree leads to the right where there is room, and down where there is none', async () => {
    await view(1280);
    await page.goto(treeOf(family.oil));
    const place = async ({ id }: Picture) =>
      (await page.locator(`[data-relative="${id}"]`).boundingBox())!;
    expect((await place(family.night)).x).toBeGreaterThan((await place(family.root)).x + 100);
    expect((await place(family.night)).y).toBe((await place(family.root)).y);
    await view(390);
    expect((await place(family.night)).y).toBeGreaterThan((await place(family.root)).y + 100);
    expect((await place(family.night)).x).toBe((await place(family.root)).x);
  });

  test('arrows and pictures grow together with the letters', async () => {
    await view(1280);
    await page.goto(treeOf(family.oil));
    const width = async () => (await page.locator('.relative.is-asked').boundingBox())!.width;
    const before = await width();
    await page.evaluate(`document.documentElement.style.setProperty('font-size', '22px')`);
    expect(await width()).toBeCloseTo((before * 22) / 16, 0);
    const arrows = await lookAtArrows();
    expect(arrows).toHaveLength(10);
    for (const { startsOff, endsOff } of arrows) {
      expect(Math.max(startsOff, endsOff)).toBeLessThan(8);
    }
  });

  test('a wide tree begins where the picture is that was asked for, within its frame', async () => {
    await view(390);
    await page.goto(treeOf(family.hidden));
    const frame = (await page.locator('.tree-frame').boundingBox())!;
    const asked = (await page.locator('.relative.is-asked').boundingBox())!;
    expect(asked.x).toBeGreaterThanOrEqual(frame.x);
    expect(asked.x + asked.width).toBeLessThanOrEqual(frame.x + frame.width);
  });

  test('each picture of a tree leads to its own page, by keyboard as well', async () => {
    await view(1280);
    await page.goto(treeOf(family.oil));
    await page.locator('.tree .skip').focus();
    await page.keyboard.press('Tab');
    const frame = 'document.activeElement.className';
    expect(await page.evaluate(frame)).toBe('tree-frame');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.dataset.relative')).toBe(family.root.id);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(treeOf(family.night));
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('make it night');
    expect(await page.locator('.relative[aria-current]').innerText()).toContain('make it night');
  });

  test('the same can be read as a list that says what came from what', async () => {
    await page.goto(treeOf(family.oil));
    const steps = page.getByRole('region', { name: 'Step by step' }).getByRole('listitem');
    expect(await steps.count()).toBe(10);
    expect(await steps.nth(5).innerText()).toMatch(/put this hat on it.*\n.*from 3 and 5/su);
    expect(await steps.nth(6).innerText()).toContain('deleted');
    await page.locator('.tree .skip').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('steps');
  });

  test('a hidden picture is veiled among others and shown by itself when somebody asks', async () => {
    await page.goto(treeOf(family.hidden));
    const veiled = page.locator(`[data-relative="${family.hidden.id}"] img`);
    expect(await veiled.getAttribute('alt')).toBe('A hidden picture');
    const filter = `getComputedStyle(document.querySelector('.relative .veiled')).filter`;
    expect(await page.evaluate(filter)).toMatch(/blur/u);
    const open = page.getByRole('img', { name: family.hidden.altText });
    expect(await open.isVisible()).toBe(false);
    await page.getByText('Show the hidden picture').click();
    await open.waitFor();
  });

  test('a deleted one is a quiet place without a picture, and what came from it stays', async () => {
    await page.goto(treeOf(family.oil));
    const gone = page.locator(`[data-relative="${family.gone.id}"]`);
    expect(await gone.innerText()).toContain('Deleted');
    expect(await gone.locator('img').count()).toBe(0);
    expect(await gone.getAttribute('href')).toBeNull();
    const arrows = await lookAtArrows();
    expect(arrows.filter(({ from }) => from === family.gone.id)).toHaveLength(1);
  });

  test('a search is sent with Enter, stays in the fields, and finds', async () => {
    await page.goto(`${chat.origin}/web/history`);
    await page.getByLabel('Whose').selectOption('All here');
    await page.getByLabel('Words').fill('night');
    await page.getByLabel('Words').press('Enter');
    await page.waitForURL(/words=night/u);
    expect(await page.getByLabel('Words').inputValue()).toBe('night');
    expect(await page.getByLabel('Whose').inputValue()).toBe('all');
    expect(await page.locator('.thumbnails > li').allInnerTexts()).toEqual([
      expect.stringContaining('make it night') as string,
    ]);
    await page.locator('.thumbnail-link').click();
    await page.waitForURL(treeOf(family.night));
  });

  test('all of it works without scripts', async () => {
    const plain = await launchBrowser({ javaScriptEnabled: false });
    const view = await plain.newPage();
    await view.goto(`${chat.origin}/web/history?whose=all`);
    await view.getByRole('link', { name: 'Family tree' }).first().click();
    await view.waitForURL(treeOf(family.last));
    expect(await view.locator('svg.arrows.wide g').count()).toBe(10);
    await view.getByRole('button', { name: 'Details' }).click();
    await view.waitForURL(`${chat.origin}/`);
    expect(chat.invocations.at(-1)).toMatchObject({
      commandName: 'details',
      options: { job: family.last.id },
    });
    await plain.close();
  });
});

describe.skipIf(!(await hasBrowser()))('a family of some hundred pictures', () => {
  test('fits on a phone and is there soon', async () => {
    const many = await openAlbum();
    const busy = await startChat({ gallery: many.gallery });
    const window = await launchBrowser({ viewport: { width: 390, height: 844 } });
    const pictures = [await many.add('a lighthouse')];
    const { path } = pictures[0]!;
    for (let at = 1; at < 300; at += 1) {
      const parents = [pictures[Math.max(0, at - 1 - (at % 7))]!];
      if (at % 20 === 0) parents.push(pictures[at - 15]!);
      pictures.push(await many.add(`step ${at}`, parents, { path }));
    }
    page = await window.newPage();
    const started = performance.now();
    await page.goto(`${busy.origin}/web/pictures/${pictures[150]!.id}`);
    expect(performance.now() - started).toBeLessThan(8000);
    expect(await page.locator('[data-relative]').count()).toBe(300);
    expect(await findOverflow()).toEqual([]);
    for (const { startsOff, endsOff, below } of await lookAtArrows()) {
      expect(Math.max(startsOff, endsOff)).toBeLessThan(6);
      expect(below).toEqual([]);
    }
    await window.close();
    await busy.stop();
    await many.close();
  });
});

/** Of the words on the page that lie on one colour: lighter to darker. */
async function readContrasts(page: Page): Promise<[string, number][]> {
  return page.evaluate(`(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const toRgb = (color) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => [r, g, b]
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const groundOf = (element) => {
      for (let one = element; one; one = one.parentElement) {
        const rgb = toRgb(getComputedStyle(one).backgroundColor);
        if (rgb[3] === 255) return rgb;
      }
      return [255, 255, 255, 255];
    };
    const selectors = ['h1', 'h2', '.facts dt', '.facts dd', '.in-words a', '.small', '.step-number',
      '.relative-words', '.relative-model', '.is-gone span', 'header nav a', '.actions button'];
    return selectors.flatMap((selector) => [...document.querySelectorAll(selector)]
      .filter((element) => element.getClientRects().length > 0)
      .map((element) => {
        const [a, b] = [light(toRgb(getComputedStyle(element).color)), light(groundOf(element))];
        return [selector + ' ' + element.innerText, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
      }));
  })()`);
}
