/** The form of a command as a person uses it: live, by keyboard, on a phone, without scripts. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bringPictures, hasBrowser, launchBrowser, listenForTroubles } from '../support/browser.ts';
import { plainPng } from '../support/plain-picture.ts';
import { type RunningChat, startWaitingChat } from '../support/web-chat.ts';

let chat: RunningChat;
let browser: BrowserContext;
let page: Page;
let png: Buffer;
const troubles: string[] = [];

const composer = () => page.getByRole('combobox', { name: 'Message' });
const form = () => page.getByRole('dialog', { name: 'Imagine' });
const field = (name: string) => page.locator(`#option-${name}`);
const sendForm = () => form().getByRole('button', { name: 'Send' });
const commandLine = () => form().getByRole('group', { name: 'As a command' }).locator('code');
const lineText = async (): Promise<string> => (await commandLine().textContent()) ?? '';
const isFocused = async (selector: string): Promise<boolean> =>
  (await page.locator(`${selector}:focus`).count()) === 1;
const picture = (name: string) => ({ name, mimeType: 'image/png', buffer: png });
async function open(words = ''): Promise<void> {
  await composer().fill(words);
  await page.getByRole('button', { name: 'Options' }).click();
  await form().waitFor();
}
async function choose(model: string): Promise<void> {
  await field('model').fill(model);
  await form()
    .getByRole('option', { name: new RegExp(`^${model} `, 'u') })
    .click();
}
const bring = (kind: 'paste' | 'drop', onto: string, name: string): Promise<unknown> =>
  bringPictures(page, kind, onto, { png, names: [name] });

describe.skipIf(!(await hasBrowser()))('the form in a browser', () => {
  beforeAll(async () => {
    png = await plainPng();
    chat = await startWaitingChat();
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    await page?.close();
    chat.invocations.splice(0);
    troubles.splice(0);
    page = await browser.newPage();
    // A form that comes back is answered with 422, which the console calls an error.
    listenForTroubles(page, troubles, { expected: '422' });
    await page.goto(chat.origin);
  });
  // oxlint-disable-next-line vitest/no-standalone-expect -- a page that complains fails every test
  afterEach(() => expect(troubles).toEqual([]));
  afterAll(async () => {
    await browser?.close();
    await chat?.stop();
  });

  test('opens with what the composer holds, and says the same as a command', async () => {
    await open('a lighthouse --ar 16:9');
    expect(await field('prompt').inputValue()).toBe('a lighthouse');
    expect(await field('aspect_ratio').inputValue()).toBe('16:9');
    expect(await lineText()).toBe('/imagine a lighthouse --aspect_ratio 16:9');
    expect(await isFocused('#option-prompt')).toBe(true);
  });

  test('opens when a command is sent without words', async () => {
    await composer().fill('/imagine --model recraft-v3');
    await composer().press('Escape');
    await composer().press('Enter');
    await form().waitFor();
    await field('style').waitFor();
    expect(chat.invocations).toHaveLength(0);
  });

  test('changes its fields with the model, and keeps what was typed', async () => {
    await open('a lighthouse');
    await field('count').fill('3');
    await choose('qwen-image');
    await field('steps').waitFor();
    expect(await page.locator('#option-resolution').count()).toBe(0);
    expect(await field('count').inputValue()).toBe('3');
    expect(await field('prompt').inputValue()).toBe('a lighthouse');
    expect(await isFocused('#option-model')).toBe(true);
    await expect.poll(lineText).toBe('/imagine a lighthouse --model qwen-image --count 3');
  });

  test('keeps what only one model has until that one is chosen again', async () => {
    await open('a fox --model qwen-image --steps 30');
    await choose('recraft-v3');
    await form().getByText('no such option: steps').waitFor();
    await choose('qwen-image');
    await field('steps').waitFor();
    expect(await field('steps').inputValue()).toBe('30');
  });

  test('says notes and mistakes while one types, and takes neither focus nor words', async () => {
    await open('a fox --model qwen-image');
    await field('steps').pressSequentially('900');
    await form().getByText('“steps” must be from 2 to 250').first().waitFor();
    expect(await field('steps').getAttribute('aria-invalid')).toBe('true');
    expect(await isFocused('#option-steps')).toBe(true);
    await field('steps').fill('90');
    await field('aspect_ratio').selectOption('3:2');
    await form().getByText('qwen-image has no 3:2; 4:3 is used.').waitFor();
    expect(await field('steps').getAttribute('aria-invalid')).toBe('false');
    expect(await lineText()).toBe(
      '/imagine a fox --model qwen-image --aspect_ratio 3:2 --steps 90',
    );
    expect(chat.invocations).toHaveLength(0);
  });

  test('has three answers to yes or no', async () => {
    await open('a fox --model qwen-image');
    const turbo = form().getByRole('group', { name: 'Turbo' });
    expect(await turbo.getByRole('radio', { name: 'Default: no' }).isChecked()).toBe(true);
    await turbo.getByRole('radio', { name: 'Yes' }).check();
    await expect.poll(lineText).toBe('/imagine a fox --model qwen-image --turbo');
    await turbo.getByRole('radio', { name: 'No', exact: true }).check();
    await expect.poll(lineText).toBe('/imagine a fox --model qwen-image --no-turbo');
  });

  test('is sent as its command line, and leaves the composer free', async () => {
    await open('a fox --model qwen-image');
    await field('steps').fill('30');
    await sendForm().click();
    await form().waitFor({ state: 'hidden' });
    const asked = page.locator('.by-person').last();
    await asked.getByText('/imagine a fox --model qwen-image --steps 30').waitFor();
    expect(chat.invocations[0]?.options).toEqual({
      prompt: 'a fox',
      model: 'qwen-image',
      steps: '30',
    });
    expect(await composer().inputValue()).toBe('');
    await page.getByRole('button', { name: 'Options' }).click();
    await form().waitFor();
    expect(await field('prompt').inputValue()).toBe('');
  });

  test('comes back with every mistake, and begins at the first', async () => {
    await open('--model fal-ai/flux-lora/inpainting');
    await sendForm().click();
    await form().getByText('“prompt” is needed').first().waitFor();
    await page.locator('#mistake-prompt').waitFor();
    await expect.poll(() => isFocused('#option-prompt')).toBe(true);
    await field('prompt').fill('a red door');
    await expect.poll(() => field('prompt').getAttribute('aria-invalid')).toBe('false');
    await page.locator('#mistake-mask').getByText('“mask” is needed').waitFor();
    expect(chat.invocations).toHaveLength(0);
  });

  test('unfolds what is folded where a mistake is in it', async () => {
    await open('a fox --model qwen-image');
    const more = form().locator('#more-options');
    expect(await more.getAttribute('open')).toBeNull();
    await more.getByText('More').click();
    await form().getByLabel('LoRAs').fill('x');
    await expect.poll(lineText).toContain('--loras x');
    expect(await more.getAttribute('open')).not.toBeNull();
  });

  test('takes files by button, paste and drop, each for its option', async () => {
    await open('a red door --model fal-ai/flux-lora/inpainting');
    await field('image').setInputFiles([picture('house.png')]);
    await bring('drop', '#field-mask', 'mask.png');
    await form().getByRole('list', { name: 'Mask: chosen' }).getByText('mask.png').waitFor();
    await sendForm().click();
    await form().waitFor({ state: 'hidden' });
    expect(chat.invocations[0]?.attachments).toMatchObject([
      { fileName: 'house.png', option: 'image' },
      { fileName: 'mask.png', option: 'mask' },
    ]);
  });

  test('puts a pasted picture where there is room, and lets it be taken away', async () => {
    await open('a red door --model fal-ai/flux-lora/inpainting');
    await bring('paste', '#option-prompt', 'first.png');
    await bring('paste', '#option-prompt', 'second.png');
    const chosen = (name: string) => form().getByRole('list', { name: `${name}: chosen` });
    await chosen('Image').getByText('first.png').waitFor();
    await chosen('Mask').getByText('second.png').waitFor();
    await form().getByRole('button', { name: 'Remove second.png' }).click();
    expect(await chosen('Mask').getByRole('listitem').count()).toBe(0);
    expect(await chosen('Image').getByRole('listitem').count()).toBe(1);
  });

  test('takes over what was attached, and keeps it while models come and go', async () => {
    await page.getByLabel('Attach files').setInputFiles([picture('fox.png')]);
    await open('make it blue');
    await form().getByRole('list', { name: 'Image: chosen' }).getByText('fox.png').waitFor();
    await choose('recraft-v3');
    await field('style').waitFor();
    expect(await field('image').count()).toBe(0);
    await choose('nano-banana-pro');
    await form().getByRole('list', { name: 'Image: chosen' }).getByText('fox.png').waitFor();
    await sendForm().click();
    await form().waitFor({ state: 'hidden' });
    expect(chat.invocations[0]?.attachments).toMatchObject([
      { fileName: 'fox.png', option: 'image' },
    ]);
    await open('a fox without any');
    expect(await form().getByText('fox.png').count()).toBe(0);
  });

  test('keeps what was filled in when somebody looks elsewhere for a moment', async () => {
    await open('a fox');
    await field('count').fill('2');
    await page.keyboard.press('Escape');
    await form().waitFor({ state: 'hidden' });
    expect(await composer().inputValue()).toBe('a fox');
    await page.getByRole('button', { name: 'Options' }).click();
    expect(await field('count').inputValue()).toBe('2');
    await page.keyboard.press('Escape');
    await open('an owl');
    expect(await field('prompt').inputValue()).toBe('an owl');
  });

  test('is used from the first key to the request without a mouse', async () => {
    await page.keyboard.type('a fox');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await form().waitFor();
    await expect.poll(() => isFocused('#option-prompt')).toBe(true);
    await page.keyboard.press('Tab');
    expect(await isFocused('#option-model')).toBe(true);
    // The answer to the last key would take back what was chosen from the one before.
    const answered = page.waitForResponse((response) =>
      /suggestions[\s\S]*recr/u.test(`${response.url()} ${response.request().postData() ?? ''}`),
    );
    await page.keyboard.type('recr');
    await answered;
    await form()
      .getByRole('option', { name: /^recraft-v3/u })
      .waitFor();
    expect(await field('model').getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    expect(await field('model').getAttribute('aria-activedescendant')).toBe('suggestions-model-0');
    await page.keyboard.press('Enter');
    await field('style').waitFor();
    await page.keyboard.press('ArrowDown');
    await form().getByRole('option', { name: /^nano/u }).waitFor();
    await page.keyboard.press('Escape');
    expect(await form().isVisible()).toBe(true);
    await sendForm().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => chat.invocations.length).toBe(1);
    expect(chat.invocations[0]?.options).toEqual({ prompt: 'a fox', model: 'recraft-v3' });
  });

  test('copies its command line', async () => {
    await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open('a fox --count 2');
    await form().getByRole('button', { name: 'Copy the command' }).click();
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toBe('/imagine a fox --count 2');
  });

  test('fits a phone, with room for thumbs', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const model of ['nano-banana-pro', 'qwen-image', 'minimax-speech-02-hd']) {
      await open(`a fox --model ${model}`);
      const widest = await page.evaluate('document.querySelector("#option-form").scrollWidth');
      expect(widest).toBeLessThanOrEqual(360);
      const low: unknown = await page.evaluate(`
        [...document.querySelectorAll(
          '#options :is(button, select, input[type=text], textarea, .states label, summary)',
        )]
          .filter((element) => element.checkVisibility())
          .map((element) => [element.outerHTML.slice(0, 60), element.getBoundingClientRect().height])
          .filter(([, height]) => height < 40)
      `);
      expect(low).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });

  test('works without scripts, by posting whole pages', async () => {
    const plain = await launchBrowser({ javaScriptEnabled: false });
    const view = await plain.newPage();
    await view.goto(chat.origin);
    await view.getByRole('textbox', { name: 'Message' }).fill('a fox without scripts');
    await view.getByRole('button', { name: 'Options' }).click();
    await view.locator('#option-model').fill('recraft-v3');
    await view.getByRole('button', { name: /^Check it/u }).click();
    await view.locator('#option-style').fill('any');
    await view.locator('#option-count').count();
    await view.getByRole('button', { name: 'Send' }).click();
    await view
      .getByText('/imagine a fox without scripts --model recraft-v3 --style any')
      .first()
      .waitFor();
    expect(chat.invocations.at(-1)?.options).toEqual({
      prompt: 'a fox without scripts',
      model: 'recraft-v3',
      style: 'any',
    });
    await plain.close();
  });
});
