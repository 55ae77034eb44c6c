/** Results of every kind as a person meets them: played, revealed, read, copied, saved. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { line, type Message, message, note } from '../../src/message.ts';
import type { DeliverableFile, StatusMessage } from '../../src/platforms/platform.ts';
import { hasBrowser, launchBrowser, listenForTroubles } from '../support/browser.ts';
import { type RunningChat, startWaitingChat } from '../support/web-chat.ts';
import { toWave } from '../support/wave.ts';

let chat: RunningChat;
let browser: BrowserContext;
let page: Page;
const troubles: string[] = [];
const place = { platform: 'web', tenant: 'web', channel: 'main' };
const newest = () => page.locator('#messages > li').last();

async function deliver(
  file: { fileName: string; contentType: string; bytes: Buffer; isSpoiler?: boolean } | undefined,
  caption: Message = message(note('a model · 2.0 s')),
): Promise<StatusMessage> {
  const key = crypto.randomUUID();
  const status = await chat.platform.post(place, message(line('Drawing')), key);
  const files: DeliverableFile[] = [];
  if (file) {
    const { fileName, contentType, bytes, isSpoiler = false } = file;
    const where = path.join(chat.folder, `${key}-${fileName}`);
    await writeFile(where, bytes);
    const facts = { fileName, contentType, bytes: bytes.byteLength, altText: 'A fox', isSpoiler };
    files.push({ path: where, ...facts });
  }
  const checkpoint = { saved: undefined, save: async () => {} };
  await status.deliver({ key, caption, files, checkpoint });
  await page.locator(`#message-${status.ref.id}`).getByText('Drawing').waitFor({ state: 'hidden' });
  return status;
}
const toPicture = async (): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: '#b4472b' } })
    .png()
    .toBuffer();

describe.skipIf(!(await hasBrowser()))('a result in a browser', () => {
  beforeAll(async () => {
    chat = await startWaitingChat();
    browser = await launchBrowser();
    await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  beforeEach(async () => {
    await page?.close();
    troubles.splice(0);
    page = await browser.newPage();
    listenForTroubles(page, troubles);
    await page.goto(chat.origin);
  });
  afterAll(async () => {
    await browser?.close();
    await chat?.stop();
  });

  test('of sound is played where it stands, from any moment', async () => {
    const bytes = toWave(20);
    await deliver({ fileName: 'fox.wav', contentType: 'audio/wav', bytes });
    const player = newest().locator('audio');
    await player.waitFor();
    const where = (await page.evaluate(`(async () => {
      const audio = document.querySelector('#messages > li:last-child audio');
      audio.currentTime = 15;
      await new Promise((resolve, reject) => {
        audio.addEventListener('seeked', resolve, { once: true });
        audio.addEventListener('error', reject, { once: true });
      });
      return { at: audio.currentTime, length: audio.duration, isPaused: audio.paused };
    })()`)) as { at: number; length: number; isPaused: boolean };
    expect(where.at).toBeCloseTo(15, 1);
    expect(where.length).toBeCloseTo(20, 1);
    expect(where.isPaused).toBe(true);
    expect(
      await newest()
        .getByRole('link', { name: /fox\.wav.*Sound \(WAV\)/u })
        .count(),
    ).toBe(1);
    expect(troubles).toEqual([]);
  });

  test('of an unknown kind is a card to save it by', async () => {
    const bytes = Buffer.alloc(3 * 1024 * 1024);
    await deliver({ fileName: 'fox.glb', contentType: 'model/gltf-binary', bytes });
    const saved = page.waitForEvent('download');
    await newest()
      .getByRole('link', { name: /fox\.glb.*3D model \(GLB\) · 3\.0 MB/u })
      .click();
    expect((await saved).suggestedFilename()).toBe('fox.glb');
  });

  test('that is a vector drawing is shown, and no script in it ever runs', async () => {
    const bytes = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60" onload="parent.ran=1">' +
        '<script>globalThis.ran = 1; document.title = "ran";</script><rect width="90" height="60"/></svg>',
    );
    await deliver({ fileName: 'fox.svg', contentType: 'image/svg+xml', bytes });
    const image = newest().getByRole('img', { name: 'A fox' });
    const width = "document.querySelector('#messages > li:last-child img').naturalWidth";
    await expect.poll(() => page.evaluate(width)).toBe(90);
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
    expect(troubles).toEqual([]);
    await page.goto(new URL((await image.getAttribute('src')) ?? '', chat.origin).href);
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
  });

  test('that is hidden is shown when somebody asks, and stays so when the words change', async () => {
    const bytes = await toPicture();
    const file = { fileName: 'fox.png', contentType: 'image/png', bytes, isSpoiler: true };
    const status = await deliver(file);
    const image = newest().getByRole('img', { name: 'A fox' });
    expect(await image.isVisible()).toBe(false);
    await newest().getByText('Show the hidden picture').click();
    await image.waitFor();
    await status.update(message(note('other words')));
    await newest().getByText('other words').waitFor();
    expect(await image.isVisible()).toBe(true);
    await newest().getByText('Hide').click();
    await image.waitFor({ state: 'hidden' });
  });

  test('that is hidden can be shown without scripts, by keyboard', async () => {
    const bytes = await toPicture();
    await deliver({ fileName: 'fox.png', contentType: 'image/png', bytes, isSpoiler: true });
    const plain = await launchBrowser({ javaScriptEnabled: false });
    const view = await plain.newPage();
    await view.goto(chat.origin);
    const message = view.locator('#messages > li').last();
    await message.locator('summary').focus();
    await view.keyboard.press('Enter');
    await message.getByRole('img', { name: 'A fox' }).waitFor();
    expect(await message.getByRole('button', { name: /^Copy/u }).count()).toBe(0);
    await plain.close();
  });

  test('of words alone is copied without the small print', async () => {
    await deliver(undefined, message(line('He said hello.'), line('She left.'), note('whisper')));
    await newest().getByRole('button', { name: 'Copy the text' }).click();
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toBe('He said hello.\nShe left.');
  });

  test('comes with the command that makes it again, one press from the clipboard', async () => {
    const command = { kind: 'code', text: '/imagine a fox --seed 7' } as const;
    await deliver(undefined, message(line('Again: ', command)));
    await newest().getByRole('button', { name: 'Copy the command' }).click();
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toBe('/imagine a fox --seed 7');
  });

  test('in a long list is folded, and unfolded by a press', async () => {
    const blocks = Array.from({ length: 30 }, (_, at) =>
      line({ kind: 'code', text: `--option${at}` }, ' what it does'),
    );
    await deliver(undefined, message(...blocks));
    expect(await newest().getByText('--option29').isVisible()).toBe(false);
    await newest().getByText('18 more').click();
    await newest().getByText('--option29').waitFor();
  });

  test('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const bytes = toWave(2);
    const fileName = `${'a-very-long-file-name-'.repeat(4)}.wav`;
    await deliver({ fileName, contentType: 'audio/wav', bytes });
    const command = { kind: 'code', text: `/imagine ${'fox'.repeat(60)} --seed 7` } as const;
    await deliver(undefined, message(line(command)));
    const widths =
      'document.documentElement.scrollWidth + document.querySelector("main").scrollWidth';
    expect(await page.evaluate(widths)).toBe(720);
  });

  test('of 60,000 characters is folded, unfolds without a script, and is copied whole', async () => {
    const text = Array.from({ length: 60 }, (_, at) => `${at}: ${'they said so '.repeat(77)}`);
    await deliver(undefined, message(...text.map((words) => line(words.trim())), note('whisper')));
    const folded = newest().locator('.folded');
    const heightOf = async (): Promise<number> => (await folded.boundingBox())!.height;
    expect(await heightOf()).toBeLessThan(350);
    await newest().getByText('whisper', { exact: true }).waitFor();
    await newest().getByRole('button', { name: 'Copy the text' }).click();
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toBe(text.map((words) => words.trim()).join('\n'));
    const toggle = newest().locator('.unfold > summary');
    await toggle.press('Enter');
    expect(await toggle.innerText()).toBe('Show less');
    expect(await heightOf()).toBeGreaterThan(5000);
    await toggle.press('Enter');
    expect(await heightOf()).toBeLessThan(350);
    expect(troubles).toEqual([]);
  });
});
