import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bringPictures, hasBrowser, launchBrowser } from '../support/browser.ts';
import { plainPng } from '../support/plain-picture.ts';
import { type RunningChat, startWaitingChat } from '../support/web-chat.ts';

let chat: RunningChat;
let browser: BrowserContext;
let page: Page;
let png: Buffer;

const composer = () => page.getByRole('combobox', { name: 'Message' });
const suggestions = () => page.getByRole('listbox', { name: 'Suggestions' });
const active = (): Promise<string | null> => composer().getAttribute('aria-activedescendant');
const isFocused = async (): Promise<boolean> =>
  (await composer().and(page.locator(':focus')).count()) === 1;
const chips = () => page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: png });
const bring = (kind: 'paste' | 'drop', names: readonly string[]): Promise<unknown> =>
  bringPictures(page, kind, 'body', { png, names });

describe.skipIf(!(await hasBrowser()))('the composer in a browser', () => {
  beforeAll(async () => {
    png = await plainPng();
    chat = await startWaitingChat();
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    await page?.close();
    chat.invocations.splice(0);
    page = await browser.newPage();
    await page.goto(chat.origin);
  });
  afterAll(async () => {
    await browser?.close();
    await chat?.stop();
  });

  test('has the focus, and names for everything that can be used', async () => {
    expect(await isFocused()).toBe(true);
    await page.getByRole('button', { name: 'Send' }).waitFor();
    await page.getByLabel('Attach files').waitFor();
    await page.getByRole('main', { name: 'Conversation' }).waitFor();
    expect(await composer().getAttribute('aria-expanded')).toBe('false');
    expect(await suggestions().isVisible()).toBe(false);
  });

  test('lists the commands after a slash and completes one by Tab', async () => {
    await composer().pressSequentially('/');
    expect(await suggestions().getByRole('option').allTextContents()).toEqual([
      expect.stringMatching(/^\/imagine Draw/u),
      expect.stringMatching(/^\/help/u),
      expect.stringMatching(/^\/cancel/u),
    ]);
    expect(await composer().getAttribute('aria-expanded')).toBe('true');
    await composer().pressSequentially('im');
    expect(await active()).toBe('hint-0');
    await page.keyboard.press('Tab');
    expect(await composer().inputValue()).toBe('/imagine ');
    expect(await isFocused()).toBe(true);
    await suggestions()
      .getByRole('option', { name: /^prompt What/u })
      .waitFor();
  });

  test('is used from the first key to the picture request without a mouse', async () => {
    await page.keyboard.type('/im');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.type('a fox --mo');
    await page.keyboard.press('Tab');
    await suggestions().getByRole('option', { name: 'qwen-image' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const chosen = suggestions().getByRole('option', { selected: true });
    expect(await chosen.textContent()).toBe('qwen-image Quick, good at lettering');
    await page.keyboard.press('Enter');
    expect(await composer().inputValue()).toBe('/imagine a fox --model qwen-image ');
    await page.keyboard.press('Enter');
    await expect.poll(() => chat.invocations.length).toBe(1);
    expect(chat.invocations[0]?.options).toEqual({ prompt: 'a fox', model: 'qwen-image' });
  });

  test('goes round the list with the arrows, and up from nothing to the last', async () => {
    await composer().pressSequentially('/');
    expect(await active()).toBe('');
    await page.keyboard.press('ArrowUp');
    expect(await active()).toBe('hint-2');
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe('hint-0');
    await composer().fill('a fox --resolution ');
    expect(await active()).toBe('');
    await page.keyboard.press('ArrowUp');
    expect(await active()).toBe('hint-2');
  });

  test('offers what the chosen model has, and keeps what was chosen meanwhile', async () => {
    await composer().pressSequentially('a fox --model recraft-v3 --style ');
    await suggestions().getByRole('option', { name: 'vector_illustration/line_art' }).waitFor();
    await composer().fill('a fox --model qwen-image --');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe('hint-0');
    const first = await suggestions().getByRole('option').first().textContent();
    await suggestions()
      .getByRole('option', { name: /^steps .*2 to 250, usually 30/u })
      .waitFor();
    const chosen = suggestions().getByRole('option', { selected: true });
    expect(await chosen.textContent()).toBe(first);
  });

  test('closes the list by Escape, after which Tab moves on', async () => {
    await composer().pressSequentially('/');
    await page.keyboard.press('Escape');
    expect(await suggestions().isVisible()).toBe(false);
    await page.keyboard.press('Tab');
    expect(await isFocused()).toBe(false);
    expect(await composer().inputValue()).toBe('/');
  });

  test('sends a command that is typed out, whatever the list offers', async () => {
    await composer().pressSequentially('/help');
    await page.keyboard.press('Enter');
    await expect.poll(() => chat.invocations[0]?.commandName).toBe('help');
  });

  test('takes a suggestion by a click and keeps the focus', async () => {
    await composer().pressSequentially('a fox --ar 16');
    await suggestions().getByRole('option', { name: '16:9' }).click();
    expect(await composer().inputValue()).toBe('a fox --ar 16:9 ');
    expect(await isFocused()).toBe(true);
  });

  test('starts a line with Shift and Enter, and sends nothing when there is nothing', async () => {
    await page.keyboard.press('Enter');
    await composer().pressSequentially('a fox');
    await page.keyboard.press('Shift+Enter');
    await composer().pressSequentially('in snow');
    expect(await composer().inputValue()).toBe('a fox\nin snow');
    await page.keyboard.press('Enter');
    await expect.poll(() => chat.invocations[0]?.options).toEqual({ prompt: 'a fox\nin snow' });
    expect(chat.invocations).toHaveLength(1);
  });

  test('is free for the next message while one is on its way, and loses neither', async () => {
    const held = Promise.withResolvers<void>();
    await page.route(/\/web\/messages$/u, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.keyboard.type('the first');
    await page.keyboard.press('Enter');
    await page.keyboard.type('the second');
    await page.keyboard.press('Enter');
    expect(await composer().inputValue()).toBe('the second');
    held.resolve();
    await expect.poll(() => chat.invocations.length).toBe(1);
    await page.getByText('the first').waitFor();
    await expect.poll(() => page.locator('#composer.htmx-request').count()).toBe(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => chat.invocations.at(-1)?.options).toEqual({ prompt: 'the second' });
    expect(chat.invocations).toHaveLength(2);
  });

  test('says what is wrong beside the words, and forgets it when they are mended', async () => {
    await composer().fill('/imagin a fox');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert').getByText('Did you mean /imagine?');
    await alert.waitFor();
    expect(await composer().inputValue()).toBe('/imagin a fox');
    await composer().fill('/imagine a fox');
    await page.keyboard.press('Enter');
    await alert.waitFor({ state: 'detached' });
    expect(chat.invocations).toHaveLength(1);
  });

  test('gathers pictures by button, paste and drop, and sends them in that order', async () => {
    await page.getByLabel('Attach files').setInputFiles([picture('a.png'), picture('b.png')]);
    expect(await bring('paste', ['c.png'])).toBe(true);
    expect(await bring('drop', ['d.png', 'e.png'])).toBe(true);
    await expect.poll(() => chips().count()).toBe(5);
    await page.getByRole('button', { name: 'Remove b.png' }).click();
    expect(await chips().locator('span').allTextContents()).toEqual([
      'a.png',
      'c.png',
      'd.png',
      'e.png',
    ]);
    await composer().fill('put them together');
    await composer().press('Enter');
    await expect.poll(() => chat.invocations.length).toBe(1);
    expect(chat.invocations[0]?.attachments.map(({ fileName }) => fileName)).toEqual([
      'a.png',
      'c.png',
      'd.png',
      'e.png',
    ]);
    await expect.poll(() => chips().count()).toBe(0);
    await page.getByRole('img', { name: 'Attached picture e.png' }).waitFor();
  });

  test('keeps pictures and words when one of the pictures will not do', async () => {
    const empty = { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) };
    await page.getByLabel('Attach files').setInputFiles([picture('a.png'), empty]);
    await composer().fill('make it blue');
    await composer().press('Enter');
    await page.getByRole('alert').getByText('“empty.png” is empty').waitFor();
    expect(await composer().inputValue()).toBe('make it blue');
    await page.getByRole('button', { name: 'Remove empty.png' }).click();
    await composer().press('Enter');
    await expect.poll(() => chat.invocations[0]?.attachments.length).toBe(1);
  });

  test.each([
    ['a desktop in light', { width: 1280, height: 800 }, 'light'],
    ['a desktop in dark', { width: 1280, height: 800 }, 'dark'],
    ['a phone in light', { width: 390, height: 844 }, 'light'],
    ['a phone in dark', { width: 390, height: 844 }, 'dark'],
  ] as const)('fits on %s', async (_, size, colorScheme) => {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await composer().pressSequentially('/');
    await suggestions().getByRole('option').first().waitFor();
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBe(0);
    const box = await composer().boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(size.height);
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe(colorScheme === 'dark' ? 'rgb(24, 22, 20)' : 'rgb(250, 248, 245)');
  });
});
