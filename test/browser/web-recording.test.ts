/** Recording a message as a person does it: by mouse, by keyboard, without a microphone. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasBrowser, launchHearingBrowser, listenForTroubles } from '../support/browser.ts';
import { type RunningChat, startWaitingChat } from '../support/web-chat.ts';
import { loudnessOf } from '../support/sound/loudness.ts';
import { probe } from '../support/sound/probe.ts';
import { makeRecording } from '../support/sound/recording.ts';
import { hasSoundTools } from '../support/sound/tools.ts';

let chat: RunningChat;
let browser: BrowserContext;
let page: Page;
const troubles: string[] = [];

const composer = () => page.getByRole('combobox', { name: 'Message' });
const record = () => page.getByRole('button', { name: 'Record', exact: true });
const bar = () => page.getByRole('group', { name: 'Recording' });
const time = () => page.getByRole('timer');
const chips = () => page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
const said = () => page.locator('#announcer');
const mistake = () => page.getByRole('alert');
const isFocused = async (): Promise<boolean> =>
  (await composer().and(page.locator(':focus')).count()) === 1;

async function begin(): Promise<void> {
  await record().click();
  await bar().waitFor();
  await said().getByText('Recording', { exact: true }).waitFor();
}
async function readSeconds(): Promise<number> {
  return Number((await time().textContent())?.split(':').at(-1));
}
async function speakFor(seconds: number): Promise<void> {
  await expect.poll(readSeconds).toBeGreaterThanOrEqual(seconds);
}

/** What the last message brought along. */
async function listenToSent() {
  await expect.poll(() => chat.invocations.length).toBe(1);
  const [attachment] = chat.invocations[0]!.attachments;
  const source = await chat.platform.locateAttachment(attachment!);
  const file = source.kind === 'local' ? source.path : '';
  return { ...(await probe(file)), loudest: await loudnessOf(file) };
}

describe.skipIf(!(await hasBrowser()) || !hasSoundTools())('a recording in a browser', () => {
  beforeAll(async () => {
    const words = 'A lighthouse in fog, seen from the sea.';
    const { path: voice } = await makeRecording({ words, format: 'wav' });
    chat = await startWaitingChat();
    browser = await launchHearingBrowser(voice);
    await browser.grantPermissions(['microphone']);
  });
  beforeEach(async () => {
    await page?.close();
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

  test('is made by mouse, listened to, and sent without a word', async () => {
    expect(await bar().isVisible()).toBe(false);
    await begin();
    expect(await record().getAttribute('aria-pressed')).toBe('true');
    const loudest = `Math.max(...[...document.querySelectorAll('#wave span')].map((bar) => bar.offsetHeight))`;
    await expect.poll(() => page.evaluate(loudest)).toBeGreaterThan(8);
    await speakFor(2);
    await page.getByRole('button', { name: 'Stop' }).click();
    await said()
      .getByText(/^Recording stopped, \d seconds$/u)
      .waitFor();
    expect(await record().getAttribute('aria-pressed')).toBe('false');
    expect(await bar().isVisible()).toBe(false);

    const play = chips().getByRole('button', { name: /^Play recording-\d\d-\d\d-\d\d\.webm$/u });
    await play.getByText(/^0:0[2-9]$/u).waitFor();
    await play.click();
    await expect.poll(() => play.getAttribute('aria-pressed')).toBe('true');
    await composer().press('Enter');
    const heard = await listenToSent();
    expect(chat.invocations[0]).toMatchObject({
      commandName: 'hear',
      options: {},
      attachments: [{ claimedType: 'audio/webm' }],
    });
    expect(heard).toMatchObject({ container: 'matroska,webm', codec: 'opus' });
    expect(heard.seconds).toBeGreaterThan(1.7);
    expect(Math.abs((heard.statedSeconds ?? 0) - heard.seconds)).toBeLessThan(0.5);
    expect(heard.loudest).toBeGreaterThan(-20);

    expect(await chips().count()).toBe(0);
    const player = page.locator('.by-person audio').last();
    const lengthOf = (): Promise<number> =>
      player.evaluate((sound) => (sound as unknown as { duration: number }).duration);
    await expect.poll(lengthOf).toBeCloseTo(heard.statedSeconds ?? 0, 1);
    expect(troubles).toEqual([]);
  });

  test('is made with the keyboard alone, and goes with the words beside it', async () => {
    await page.keyboard.type('like this');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await record().and(page.locator(':focus')).count()).toBe(1);
    await page.keyboard.press('Space');
    await speakFor(1);
    await page.keyboard.press('Space');
    await said()
      .getByText(/^Recording stopped, \d seconds?$/u)
      .waitFor();
    await expect.poll(isFocused).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => chat.invocations.length).toBe(1);
    expect(chat.invocations[0]).toMatchObject({
      commandName: 'imagine',
      options: { prompt: 'like this' },
    });
    expect(chat.invocations[0]?.attachments).toHaveLength(1);
  });

  test('is thrown away by Cancel or Escape, and goes along when somebody sends while they speak', async () => {
    await composer().fill('half a wish');
    for (const way of ['Cancel', 'Escape']) {
      await begin();
      if (way === 'Escape') await page.keyboard.press('Escape');
      else await page.getByRole('button', { name: 'Cancel' }).click();
      await said().getByText('Recording thrown away').waitFor();
      expect(await bar().isVisible()).toBe(false);
      expect(await chips().count()).toBe(0);
      expect(await composer().inputValue()).toBe('half a wish');
      await expect.poll(isFocused).toBe(true);
    }
    await begin();
    await page.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => chat.invocations[0]?.attachments.length).toBe(1);
    expect(await bar().isVisible()).toBe(false);
  });

  test('ends by itself after an hour, and is kept', async () => {
    await page.clock.install();
    await begin();
    await page.clock.runFor(1000);
    await page.clock.fastForward('59:58');
    await page.clock.runFor(200);
    expect(await time().textContent()).toBe('59:59');
    await page.clock.runFor(1000);
    await mistake().getByText('may have an hour').waitFor();
    await said().getByText('Recording stopped, 60 minutes', { exact: true }).waitFor();
    expect(await chips().count()).toBe(1);
  });

  test('that is not allowed says what to do', async () => {
    await browser.clearPermissions();
    await browser.grantPermissions(['clipboard-read']);
    await record().click();
    await mistake().getByText('The microphone is blocked for this page: allow it').waitFor();
    expect(await bar().isVisible()).toBe(false);
    await browser.grantPermissions(['microphone']);
    await begin();
    expect(await mistake().textContent()).toBe('');
  });

  test('is offered only where the browser can record', async () => {
    expect(await record().isVisible()).toBe(true);
    await page.addInitScript('delete Navigator.prototype.mediaDevices');
    await page.reload();
    await page.getByRole('button', { name: 'Send' }).waitFor();
    expect(await record().isVisible()).toBe(false);
    expect(troubles).toEqual([]);
  });

  test('fits on a phone and on a desktop while it is made and when it is there', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const overflow = 'document.documentElement.scrollWidth - innerWidth';
    const light = `getComputedStyle(document.querySelector('.recording .light')).animationName`;
    for (const size of [
      { width: 390, height: 844 },
      { width: 1280, height: 800 },
    ]) {
      await page.setViewportSize(size);
      await begin();
      expect(await page.evaluate(light)).toBe('none');
      const [stop, send] = await Promise.all(
        ['Stop', 'Send'].map((name) => page.getByRole('button', { name }).boundingBox()),
      );
      expect(stop!.x + stop!.width).toBeLessThanOrEqual(send!.x + send!.width);
      expect(await page.evaluate(overflow)).toBe(0);
      await record().click();
      await said().getByText('Recording stopped').waitFor();
      expect(await page.evaluate(overflow)).toBe(0);
      await page.getByRole('button', { name: 'Send' }).waitFor();
    }
  });
});
