/** The whole bot with nothing set up, as a person sees it. */
import { rm } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../support/browser.ts';
import { type EaselProcess, startEasel } from '../support/easel-process.ts';

let easel: EaselProcess;
let browser: BrowserContext;

describe.skipIf(!(await hasBrowser()))('Easel in a browser', () => {
  beforeAll(async () => {
    easel = await startEasel();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await easel?.stop();
    await rm(easel.dataFolder, { recursive: true, force: true });
  });

  test('draws: line, drawing and picture are one and the same element', async () => {
    const page = await browser.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (said) => said.type() === 'error' && troubles.push(said.text()));
    await page.goto(easel.url);
    await page
      .getByRole('combobox', { name: 'Message' })
      .fill('/imagine prompt: a lighthouse in fog');
    await page.keyboard.press('Enter');

    const message = page.locator('#messages > .by-easel');
    await message.getByText('Waiting in line').waitFor();
    const element = await message.elementHandle();
    await message.getByText('Drawing').waitFor();
    const picture = message.getByRole('img', { name: /a lighthouse in fog/u });
    await picture.waitFor();
    const width = "document.querySelector('#messages .by-easel img').naturalWidth";
    await expect.poll(() => page.evaluate(width)).toBeGreaterThan(255);
    expect(await message.count()).toBe(1);
    expect(await message.evaluate((now, before) => Object.is(now, before), element)).toBe(true);
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);

    await page.reload();
    await picture.waitFor();
    expect(troubles).toEqual([]);
  });

  test('stops a picture when Cancel is pressed', async () => {
    const page = await browser.newPage();
    await page.goto(easel.url);
    await page.getByRole('combobox', { name: 'Message' }).fill('a fox nobody waits for');
    await page.keyboard.press('Enter');
    const message = page.locator('#messages > .by-easel').last();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await message.getByText('Stopped').waitFor();
    expect(await message.getByRole('img').count()).toBe(0);
  });
});
