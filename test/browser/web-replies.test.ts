/** Talking to pictures as a person does it: by mouse, by keyboard, on a phone, without scripts. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { resultButtons } from '../../src/jobs/result-buttons.ts';
import type { JobIn } from '../../src/jobs/job.ts';
import { loadCommands } from '../../src/load-folder.ts';
import { line, type Message, message, note } from '../../src/message.ts';
import { loadModels } from '../../src/models/load-models.ts';
import type { DeliverableFile, StatusMessage } from '../../src/platforms/platform.ts';
import { hasBrowser, launchBrowser, listenForTroubles } from '../support/browser.ts';
import { plainPng } from '../support/plain-picture.ts';
import { type RunningChat, startChat } from '../support/web-chat.ts';

let chat: RunningChat;
let browser: BrowserContext;
let page: Page;
let hold: Promise<void> | undefined;
let isForbidden = false;
const troubles: string[] = [];
const place = { platform: 'web', tenant: 'web', channel: 'main' };

const composer = () => page.getByRole('combobox', { name: 'Message' });
const form = () => page.getByRole('dialog', { name: 'Edit picture' });
const replying = () => page.locator('#reply');
const shown = ({ ref }: StatusMessage) => page.locator(`#message-${ref.id}`);
const invocation = () => chat.invocations.at(-1)!;
const isFocused = async (selector: string): Promise<boolean> =>
  (await page.locator(`${selector}:focus`).count()) === 1;

/** A result with its buttons, as the core posts it. */
async function deliver(count = 1, prompt = 'a fox'): Promise<StatusMessage> {
  const job = crypto.randomUUID();
  const files: DeliverableFile[] = [];
  for (let at = 1; at <= count; at += 1) {
    const bytes = await plainPng(['red', 'green', 'blue'][at - 1]);
    const file = path.join(chat.folder, `${job}-${at}.png`);
    await writeFile(file, bytes);
    const facts = { fileName: `fox-${at}.png`, contentType: 'image/png', isSpoiler: false };
    files.push({ path: file, ...facts, bytes: bytes.byteLength, altText: `A fox, ${at}` });
  }
  const request = { model: 'm', prompt, files: [], options: {} };
  const delivered = { id: job, request, result: { files } } as unknown;
  const buttons = resultButtons(delivered as JobIn<'fetched'>);
  const status = await chat.platform.post(place, message(line('Drawing')), job);
  const caption: Message = { blocks: [{ kind: 'quote', text: prompt }, note('m · 2 s')], buttons };
  const checkpoint = { saved: undefined, save: async () => {} };
  await status.deliver({ key: job, caption, files, checkpoint });
  await shown(status).getByRole('link', { name: 'Reply' }).waitFor();
  return status;
}

async function startReply(status: StatusMessage): Promise<void> {
  await shown(status).getByRole('link', { name: 'Reply' }).click();
  await replying().getByText('Replying to').waitFor();
}

describe.skipIf(!(await hasBrowser()))('a message with pictures', () => {
  beforeAll(async () => {
    const models = await loadModels();
    chat = await startChat({
      commands: await loadCommands({ models }),
      preview: () => [],
      startForm: async ({ commandName }) => {
        if (isForbidden) throw new UserError('That picture was deleted.');
        return commandName === 'remix' ? { prompt: 'the old words' } : {};
      },
      onInvocation: async (invocation) => {
        await hold;
        await invocation.acknowledge(message(line('Waiting in line')));
      },
    });
    browser = await launchBrowser();
    await browser.grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  beforeEach(async () => {
    await page?.close();
    isForbidden = false;
    hold = undefined;
    chat.invocations.splice(0);
    troubles.splice(0);
    page = await browser.newPage();
    listenForTroubles(page, troubles, { expected: '422' });
    await page.goto(chat.origin);
  });
  afterAll(async () => {
    await browser?.close();
    await chat?.stop();
  });

  test('is answered: the composer says so, and what is sent means its pictures', async () => {
    const status = await deliver(3, 'three foxes');
    await startReply(status);
    await replying().getByText('three foxes').waitFor();
    await replying().getByText('2: make it night').waitFor();
    expect(await composer().getAttribute('placeholder')).toBe('What should change?');
    await expect.poll(() => isFocused('#text')).toBe(true);
    await page.keyboard.type('make it night');
    await page.keyboard.press('Enter');
    await expect.poll(() => chat.invocations.length).toBe(1);
    expect(invocation()).toMatchObject({
      commandName: 'edit',
      options: { prompt: 'make it night' },
    });
    const answered = await invocation().readAnswered();
    expect(answered?.message).toEqual(status.ref);
    expect(answered?.files.map(({ fileName }) => fileName)).toEqual([
      'fox-1.png',
      'fox-2.png',
      'fox-3.png',
    ]);
    expect(await replying().locator('*').count()).toBe(0);
    expect(await composer().getAttribute('placeholder')).toBe('Describe a picture…');
    const asked = page.locator('.by-person').last();
    await asked.getByText('three foxes').waitFor();
    expect(troubles).toEqual([]);
  });

  test('has its numbers on the pictures where there are several, and none on a single one', async () => {
    const several = await deliver(3);
    expect(await shown(several).locator('.number').allTextContents()).toEqual([
      'Picture 1',
      'Picture 2',
      'Picture 3',
    ]);
    const [box, picture] = await Promise.all([
      shown(several).locator('.number').nth(1).boundingBox(),
      shown(several).getByRole('img').nth(1).boundingBox(),
    ]);
    expect(box!.x).toBeGreaterThanOrEqual(picture!.x);
    expect(box!.y).toBeGreaterThanOrEqual(picture!.y);
    const single = await deliver(1);
    expect(await shown(single).locator('.number').count()).toBe(0);
  });

  test('is no longer answered after × or Escape, and the words stay', async () => {
    const status = await deliver();
    await composer().fill('half a wish');
    await startReply(status);
    await page.getByRole('link', { name: 'Cancel the reply' }).click();
    expect(await replying().locator('*').count()).toBe(0);
    await startReply(status);
    await expect.poll(() => isFocused('#text')).toBe(true);
    await page.keyboard.press('Escape');
    expect(await replying().locator('*').count()).toBe(0);
    expect(await composer().inputValue()).toBe('half a wish');
    expect(new URL(page.url()).search).toBe('');
  });

  test('is still answered when the words come back with a mistake', async () => {
    await startReply(await deliver());
    await composer().fill('/imagin a fox');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Did you mean /imagine?').waitFor();
    await replying().getByText('Replying to').waitFor();
    expect(await composer().inputValue()).toBe('/imagin a fox');
  });

  test('lends its pictures to the form behind Options', async () => {
    const status = await deliver();
    await startReply(status);
    await composer().fill('make it night');
    await page.getByRole('button', { name: 'Options' }).click();
    const options = page.getByRole('dialog', { name: 'Edit' });
    await options.getByText('/edit make it night').first().waitFor();
    await options.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => chat.invocations.length).toBe(1);
    expect((await invocation().readAnswered())?.message).toEqual(status.ref);
    await expect.poll(() => replying().locator('*').count()).toBe(0);
    expect(await composer().inputValue()).toBe('');
  });

  test('has a button that asks by keyboard, and leaves what is half typed alone', async () => {
    const status = await deliver();
    await composer().fill('half a wish');
    const edit = shown(status).getByRole('button', { name: 'Edit' });
    await edit.focus();
    await page.keyboard.press('Enter');
    await form().waitFor();
    await expect.poll(() => isFocused('#option-prompt')).toBe(true);
    await page.keyboard.press('Escape');
    await form().waitFor({ state: 'hidden' });
    expect(await edit.and(page.locator(':focus')).count()).toBe(1);
    await page.keyboard.press('Enter');
    await form().waitFor();
    await page.keyboard.type('make it night');
    const buffer = await plainPng('yellow');
    await page
      .locator('#option-image')
      .setInputFiles([{ name: 'hat.png', mimeType: 'image/png', buffer }]);
    await form().getByRole('button', { name: 'Send' }).focus();
    await page.keyboard.press('Enter');
    await form().waitFor({ state: 'hidden' });
    await expect.poll(() => chat.invocations.length).toBe(1);
    expect(invocation()).toMatchObject({
      commandName: 'edit',
      options: { prompt: 'make it night', job: expect.stringMatching(/^[\da-f-]{36}$/u) as string },
      attachments: [{ fileName: 'hat.png', option: 'image' }],
    });
    expect(await composer().inputValue()).toBe('half a wish');
    expect(troubles).toEqual([]);
  });

  test('is one of several that are chosen by looking at them, or by keyboard', async () => {
    const status = await deliver(3);
    await shown(status).getByRole('button', { name: 'Edit' }).click();
    await form().waitFor();
    const pictures = form().getByRole('group', { name: 'Which picture?' });
    await pictures.getByRole('radio', { name: 'A fox, 2 Picture 2' }).click();
    await page.keyboard.press('ArrowRight');
    expect(await pictures.getByRole('radio', { name: 'A fox, 3 Picture 3' }).isChecked()).toBe(
      true,
    );
    await page.locator('#option-prompt').fill('make it night');
    await form().getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => chat.invocations.length).toBe(1);
    expect(invocation().options).toMatchObject({ prompt: 'make it night', number: '3' });
  });

  test('has a form that begins with what is there, and comes back where something is missing', async () => {
    const status = await deliver();
    await shown(status).getByRole('button', { name: 'Remix' }).click();
    const remix = page.getByRole('dialog', { name: 'Remix' });
    await remix.waitFor();
    expect(await page.locator('#option-prompt').inputValue()).toBe('the old words');
    await page.locator('#option-prompt').fill('');
    await remix.getByRole('button', { name: 'Send' }).click();
    await page.locator('#mistake-prompt').getByText('“prompt” is needed').waitFor();
    await page.locator('#option-prompt').fill('new words');
    await remix.getByRole('button', { name: 'Send' }).click();
    await page.locator('.by-person').last().getByText('Remix: new words').waitFor();
    expect(invocation().options).toMatchObject({ prompt: 'new words' });
  });

  test('has a form whose mistakes stay, however late the answer to an earlier state comes', async () => {
    const status = await deliver();
    await shown(status).getByRole('button', { name: 'Remix' }).click();
    const remix = page.getByRole('dialog', { name: 'Remix' });
    await remix.waitFor();
    const asked = Promise.withResolvers<void>();
    const late = Promise.withResolvers<void>();
    await page.route('**/web/options/preview', async (route) => {
      asked.resolve();
      await late.promise;
      await route.continue().catch(() => undefined);
    });
    await page.locator('#option-prompt').fill('');
    await asked.promise;
    await remix.getByRole('button', { name: 'Send' }).click();
    const mistake = page.locator('#mistake-prompt').getByText('“prompt” is needed');
    await mistake.waitFor();
    const isOver = page.waitForEvent('requestfinished', { timeout: 1000 }).catch(() => undefined);
    late.resolve();
    await isOver;
    await page.unrouteAll({ behavior: 'wait' });
    expect(await mistake.count()).toBe(1);
    await remix.getByRole('button', { name: 'Close' }).click();
  });

  test('says why where its form may not be opened', async () => {
    const status = await deliver();
    isForbidden = true;
    await shown(status).getByRole('button', { name: 'Edit' }).click();
    await page.locator('.by-note').last().getByText('That picture was deleted.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('shows at once that a button was pressed, and takes a second press for the first', async () => {
    const status = await deliver();
    const held = Promise.withResolvers<void>();
    hold = held.promise;
    const again = shown(status).getByRole('button', { name: 'Again' });
    await again.click();
    await shown(status).locator('[data-press].htmx-request').waitFor();
    await again.click();
    held.resolve();
    await page.locator('.by-easel').last().getByText('Waiting in line').waitFor();
    await shown(status).locator('[data-press].htmx-request').waitFor({ state: 'detached' });
    expect(chat.invocations).toHaveLength(1);
    const newest = page.locator('.by-easel').last();
    await newest.getByRole('link', { name: 'In answer to a fox' }).waitFor();
  });

  test('disappears from every open page, and from what quotes it', async () => {
    const status = await deliver(1, 'a fox to forget');
    const other = await browser.newPage();
    await other.goto(chat.origin);
    await chat.post('/web/messages', {
      text: 'bluer',
      reply: status.ref.id,
      submission: crypto.randomUUID(),
    });
    const asked = page.locator('.by-person').last();
    await asked.getByText('a fox to forget').waitFor();
    await chat.platform.remove(status.ref);
    await shown(status).waitFor({ state: 'detached' });
    await other.locator(`#message-${status.ref.id}`).waitFor({ state: 'detached' });
    await asked.getByText('A message that was deleted').waitFor();
    expect(await page.getByText('a fox to forget').count()).toBe(0);
    await chat.platform.remove(status.ref);
    await other.close();
    expect(troubles).toEqual([]);
  });

  test('has its alt text changed while one looks', async () => {
    const status = await deliver(2);
    expect(await chat.platform.describe(status.ref, 'fox-2.png', 'A blue fox')).toBe(true);
    await shown(status).getByRole('img', { name: 'A blue fox' }).waitFor();
    expect(await shown(status).getByRole('img', { name: 'A fox, 1' }).count()).toBe(1);
    expect(await chat.platform.describe(status.ref, 'none.png', 'x')).toBe(false);
  });

  test('has a link to copy, and links between messages keep what is half typed', async () => {
    const status = await deliver(1, 'a linked fox');
    await shown(status).getByRole('link', { name: 'Link to this message' }).click();
    const link = `${chat.origin}/#message-${status.ref.id}`;
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(link);
    const asker = { person: { id: 'p', name: 'you' }, place };
    expect((await chat.platform.readLinked(link, asker))?.message).toEqual(status.ref);
    const from = await chat.platform.post(
      place,
      message(line('Made from ', { kind: 'message-link', label: 'this one', to: status.ref })),
      crypto.randomUUID(),
    );
    await composer().fill('half a wish');
    await shown(from).getByRole('link', { name: 'this one' }).click();
    await expect.poll(() => new URL(page.url()).hash).toBe(`#message-${status.ref.id}`);
    expect(await composer().inputValue()).toBe('half a wish');
  });

  test('is found by its link when newer ones have pushed it off the page', async () => {
    const status = await deliver(1, 'an old fox');
    for (let count = 0; count < 200; count += 1) {
      await chat.platform.post(place, message(line(`n${count}`)), crypto.randomUUID());
    }
    await page.goto(`${chat.origin}/#message-${status.ref.id}`);
    await page.reload();
    await shown(status).getByRole('img', { name: 'A fox, 1' }).waitFor();
    expect(new URL(page.url()).search).toBe(`?message=${status.ref.id}`);
    const box = await shown(status).boundingBox();
    expect(box!.y).toBeGreaterThanOrEqual(0);
    expect(box!.y).toBeLessThan(800);
    await startReply(status);
    await page.goto(`${chat.origin}/#message-none`);
    await page.reload();
    await page.getByRole('alert').getByText('That message is no longer here.').waitFor();
  });

  test('works without scripts, by whole pages', async () => {
    const status = await deliver(1, 'a plain fox');
    const plain = await launchBrowser({ javaScriptEnabled: false });
    const view = await plain.newPage();
    await view.goto(chat.origin);
    const seen = view.locator(`#message-${status.ref.id}`);
    await seen.getByRole('link', { name: 'Reply' }).click();
    await view.locator('#reply').getByText('a plain fox').waitFor();
    await view.getByRole('textbox', { name: 'Message' }).fill('make it night');
    await view.getByRole('button', { name: 'Send' }).click();
    await view.locator('.by-person').last().getByText('make it night').waitFor();
    expect((await invocation().readAnswered())?.message).toEqual(status.ref);
    await seen.getByRole('button', { name: 'Edit' }).click();
    await view.getByRole('heading', { name: 'Edit picture' }).waitFor();
    await view.locator('#option-prompt').fill('make it day');
    await view.getByRole('button', { name: 'Send' }).click();
    await view.getByText('Edit picture: make it day').waitFor();
    expect(invocation().options).toMatchObject({ prompt: 'make it day' });
    expect(new URL(view.url()).pathname).toBe('/');
    await plain.close();
  });

  test.each([
    ['a desktop in light', { width: 1280, height: 800 }, 'light'],
    ['a desktop in dark', { width: 1280, height: 800 }, 'dark'],
    ['a phone in light', { width: 360, height: 740 }, 'light'],
    ['a phone in dark', { width: 360, height: 740 }, 'dark'],
  ] as const)(
    'fits on %s, with its buttons in one row and room for thumbs',
    async (_, size, scheme) => {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: scheme });
      const status = await deliver(3, 'a fox '.repeat(60));
      const isPhone = size.width < 640;
      const remix = shown(status).getByRole('button', { name: 'Remix' });
      expect(await remix.isVisible()).toBe(!isPhone);
      const row = shown(status).locator('.actions').first();
      expect((await row.boundingBox())!.height).toBeLessThan(50);
      if (isPhone) await shown(status).getByText('More').click();
      await remix.waitFor();
      await startReply(status);
      const widths =
        'document.documentElement.scrollWidth + document.querySelector("main").scrollWidth';
      expect(await page.evaluate(widths)).toBe(2 * size.width);
      const low: unknown = await page.evaluate(`
      [...document.querySelectorAll(
        '#message-${status.ref.id} .actions :is(button, .button, .permalink), #reply .cancel',
      )]
        .filter((element) => element.checkVisibility())
        .map((element) => [element.textContent, element.getBoundingClientRect().height])
        .filter(([, height]) => height < ${isPhone ? 40 : 36})
    `);
      expect(low).toEqual([]);
      await shown(status).getByRole('button', { name: 'Edit' }).click();
      await form().waitFor();
      expect(
        await page.evaluate('document.querySelector("#option-form").scrollWidth'),
      ).toBeLessThanOrEqual(size.width);
    },
  );
});
