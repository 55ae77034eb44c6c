import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { line, type Message, note } from '../../src/message.ts';
import type { Delivery, StatusMessage } from '../../src/platforms/platform.ts';
import { hasBrowser, launchBrowser, listenForTroubles } from '../support/browser.ts';
import { type RunningChat, startChat } from '../support/web-chat.ts';

const cancel = { label: 'Cancel', style: 'danger', command: 'cancel', job: 'job-1' } as const;
const say = (words: string): Message => ({ blocks: [line(words)], buttons: [cancel] });
const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

let chat: RunningChat;
let browser: BrowserContext;
let page: Page;
let statuses: StatusMessage[] = [];
const troubles: string[] = [];

async function toDelivery(count: number): Promise<Delivery> {
  const file = path.join(chat.folder, 'fox.png');
  await sharp({ create: { width: 320, height: 240, channels: 3, background: '#b4472b' } }).toFile(
    file,
  );
  const shown = {
    path: file,
    fileName: 'fox.png',
    contentType: 'image/png',
    bytes: 9,
    isSpoiler: false,
  };
  return {
    key: crypto.randomUUID(),
    caption: { blocks: [note('nano-banana-pro · seed 7')], buttons: [] },
    files: Array.from({ length: count }, (_, at) => ({ ...shown, altText: `A fox, ${at + 1}` })),
    checkpoint: { saved: undefined, save: async () => {} },
  };
}
const newest = () => page.locator('#messages > li').last();
const composer = () => page.getByRole('combobox', { name: 'Message' });
const seconds = async (): Promise<number> =>
  Number(/in (\d+) seconds/u.exec((await newest().textContent()) ?? '')?.[1]);
async function ask(words: string): Promise<StatusMessage> {
  const before = statuses.length;
  await composer().fill(words);
  await composer().press('Enter');
  await expect.poll(() => statuses.length).toBe(before + 1);
  const status = statuses.at(-1)!;
  await page.locator(`#message-${status.ref.id}`).waitFor();
  return status;
}

describe.skipIf(!(await hasBrowser()))('the page in a browser', () => {
  beforeAll(async () => {
    chat = await startChat({
      onInvocation: async (invocation) => {
        statuses.push(await invocation.acknowledge(say('Waiting in line')));
      },
    });
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    await page?.close();
    statuses = [];
    chat.invocations.splice(0);
    troubles.splice(0);
    page = await browser.newPage();
    listenForTroubles(page, troubles);
    await page.goto(chat.origin);
  });
  afterAll(async () => {
    await browser?.close();
    await chat?.stop();
  });

  test('greets with examples that fill the message box', async () => {
    const fresh = await startChat();
    await page.goto(fresh.origin);
    await page.getByRole('heading', { name: 'What shall we draw?' }).waitFor();
    const examples = page.getByRole('main').getByRole('link');
    expect(await examples.count()).toBe(3);
    const words = (await examples.first().textContent()) ?? '';
    await examples.first().click();
    await page.waitForURL(/\?text=/u);
    expect(await composer().inputValue()).toBe(words);
    await page.goto('about:blank');
    await fresh.stop();
    expect(troubles).toEqual([]);
  });

  test('turns one message from the line into drawing into the picture, in place', async () => {
    const status = await ask('/imagine prompt: a lighthouse in fog');
    const element = await newest().elementHandle();
    await status.update(say('Drawing'));
    await newest().getByText('Drawing').waitFor();
    expect(await newest().locator('.canvas').count()).toBe(1);
    await status.deliver(await toDelivery(1));
    const picture = page.getByRole('img', { name: 'A fox, 1' });
    await picture.waitFor();
    const width = "document.querySelector('#messages li:last-child img').naturalWidth";
    await expect.poll(() => page.evaluate(width)).toBe(320);
    expect(await newest().evaluate((now, before) => Object.is(now, before), element)).toBe(true);
    expect(await newest().locator('.canvas').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    expect(chat.invocations).toHaveLength(1);
    expect(chat.invocations[0]?.options).toEqual({ prompt: 'a lighthouse in fog' });
    expect(troubles).toEqual([]);
  });

  test('empties the box, keeps the focus there and says the progress aloud', async () => {
    const status = await ask('a fox');
    await expect.poll(() => composer().inputValue()).toBe('');
    expect(await composer().and(page.locator(':focus')).count()).toBe(1);
    const announcer = page.getByRole('status');
    await announcer.getByText('Waiting in line').waitFor();
    await status.deliver(await toDelivery(2));
    await announcer.getByText('2 pictures are ready').waitFor();
  });

  test('keeps what is being typed while progress arrives', async () => {
    const status = await ask('a fox');
    await composer().pressSequentially('half a senten');
    await status.update(say('Drawing'));
    await newest().getByText('Drawing').waitFor();
    await composer().pressSequentially('ce');
    expect(await composer().inputValue()).toBe('half a sentence');
  });

  test('sends again and again without a reload', async () => {
    for (const words of ['one', 'two', 'three']) await ask(words);
    expect(chat.invocations.map(({ options }) => options['prompt'])).toEqual([
      'one',
      'two',
      'three',
    ]);
    expect(new Set(chat.invocations.map(({ id }) => id)).size).toBe(3);
    expect(new Set(chat.invocations.map(({ person }) => person.id)).size).toBe(1);
  });

  test('posts a pressed button as an invocation about its message', async () => {
    await ask('a fox');
    await newest().getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => chat.invocations.length).toBe(2);
    expect(chat.invocations[1]).toMatchObject({
      commandName: 'cancel',
      options: { job: 'job-1' },
    });
  });

  test('shows hostile words as words, from both sides', async () => {
    const status = await ask(HOSTILE);
    await status.update({ blocks: [line(HOSTILE)], buttons: [{ ...cancel, label: HOSTILE }] });
    await newest().getByRole('button', { name: HOSTILE }).waitFor();
    expect(await page.locator('#messages img[src=x], #messages script').count()).toBe(0);
    expect(await page.title()).toBe('Easel');
  });

  test('has caught up after the connection was lost', async () => {
    const status = await ask('a fox that is asked once');
    await browser.setOffline(true);
    const stream = page
      .waitForResponse(/\/web\/events/u, { timeout: 20_000 })
      .catch(() => undefined);
    // Emulated loss leaves open streams alone: a reload of the page's own stream is what breaks it.
    await page.evaluate("document.querySelector('[hx-sse\\\\:connect]')._htmx.sse.reader.cancel()");
    await status.deliver(await toDelivery(3));
    await browser.setOffline(false);
    await stream;
    await newest().getByRole('img', { name: 'A fox, 3' }).waitFor();
    expect(
      await page.getByRole('listitem').filter({ hasText: 'a fox that is asked once' }).count(),
    ).toBe(1);
  });

  test('counts a moment down by itself', async () => {
    const status = await ask('a fox');
    const at = new Date(Date.now() + 30_000);
    await status.update({ blocks: [line('Done ', { kind: 'moment', at })], buttons: [cancel] });
    await expect.poll(seconds).toBeGreaterThan(20);
    const first = await seconds();
    await expect.poll(seconds).toBeLessThan(first);
  });

  test('shows a picture large, and closes it by Escape with the focus back on it', async () => {
    const status = await ask('a fox');
    await status.deliver(await toDelivery(1));
    const link = newest()
      .getByRole('link')
      .filter({ has: page.getByRole('img') });
    await link.focus();
    await page.keyboard.press('Enter');
    const viewer = page.getByRole('dialog', { name: 'Picture' });
    await viewer.getByRole('img', { name: 'A fox, 1' }).waitFor();
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'hidden' });
    expect(await link.and(page.locator(':focus')).count()).toBe(1);
  });

  test('is the same after a reload', async () => {
    const status = await ask('a fox to come back to');
    await status.deliver(await toDelivery(1));
    await page.reload();
    await newest().getByRole('img', { name: 'A fox, 1' }).waitFor();
    expect(await page.getByText('a fox to come back to').count()).toBe(1);
  });

  test('tells when Easel is not there', async () => {
    const other = await startChat();
    await page.goto(other.origin);
    await composer().fill('a fox');
    await other.stop();
    await composer().press('Enter');
    await page.getByRole('alert').getByText('Easel cannot be reached').waitFor();
    expect(await composer().inputValue()).toBe('a fox');
  });

  test('works without scripts, by posting forms', async () => {
    const plain = await launchBrowser({ javaScriptEnabled: false });
    const view = await plain.newPage();
    await view.goto(chat.origin);
    await view.getByRole('textbox', { name: 'Message' }).fill('a fox without scripts');
    await view.getByRole('button', { name: 'Send' }).click();
    await view.getByText('a fox without scripts').waitFor();
    await view.locator('#messages > li').last().getByText('Waiting in line').waitFor();
    expect(chat.invocations.at(-1)?.options).toEqual({ prompt: 'a fox without scripts' });
    await plain.close();
  });
});
