/** Ways to originals that Easel itself hands out, and how they end. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFindOriginal } from '../../src/pictures/find-original.ts';
import { fitPicture } from '../../src/pictures/fit/fit-picture.ts';
import { createSignedAddresses } from '../../src/pictures/signed-address.ts';
import { runCommand } from '../../src/run-command.ts';
import { bob, elsewhere } from '../support/pictures/memory-chat.ts';
import { openStudio, textOf, type Studio } from '../support/pictures/studio.ts';

let studio: Studio;
beforeEach(async () => {
  studio = await openStudio();
  await studio.order({
    command: 'imagine',
    options: { prompt: 'a lighthouse', model: 'qwen-image', size: '512x512', count: 2 },
  });
});
afterEach(() => studio.close());

type More = Pick<Parameters<Studio['chat']['toInvocation']>[0], 'person' | 'place' | 'options'>;

function press(
  label: string,
  publicUrl: string | undefined,
  { options, ...more }: More = {},
): Promise<void> {
  const button = studio.chat
    .results()
    .at(-1)
    ?.message.buttons.find((one) => one.label === label);
  if (!button) throw new Error(`there is no button ${label}`);
  const parts = studio.parts();
  const secret = randomBytes(32);
  const addresses =
    publicUrl === undefined
      ? parts.addresses
      : createSignedAddresses({ publicUrl, hasTreePage: true, secret, clock: parts.clock });
  const order = { command: button.command, options: { job: button.job, ...options }, ...more };
  return runCommand(studio.chat.toInvocation(order), { ...parts, addresses });
}

test('Save links to the originals, for chats in which they are too large', async () => {
  await press('Save', 'https://easel.example');
  const { message } = studio.chat.whispers.at(-1)!;
  expect(textOf(message)).toContain('For a week also here: Original 1 · Original 2');
  expect(JSON.stringify(message)).toMatch(/https:\/\/easel\.example\/p\/[\w-]+\.2\/original\?/u);
});

test('Details links to the family tree where the picture is, and to nothing elsewhere', async () => {
  await press('Details', 'https://easel.example');
  const details = () => JSON.stringify(studio.chat.whispers.at(-1)?.message);
  expect(details()).toMatch(/https:\/\/easel\.example\/p\/[\w-]+\.1\/tree\?/u);
  await press('Save', undefined, { person: bob });
  const job = studio.chat.results().at(-1)!.message.buttons[0]!.job;
  const options = { job: `${job}.1` };
  await press('Details', 'https://easel.example', { person: bob, place: elsewhere, options });
  expect(details()).toContain('Asked by');
  expect(details()).not.toContain('/tree?');
});

test('Save links to nothing where Easel has no address of its own', async () => {
  await press('Save', undefined);
  expect(JSON.stringify(studio.chat.whispers.at(-1))).not.toContain('"link"');
});

test('a deleted picture leaves nothing behind: no original, no smaller copy, no way to it', async () => {
  const { store, dataFolder } = studio.parts();
  const findOriginal = createFindOriginal({ store, dataFolder });
  const job = studio.chat.results().at(-1)!.message.buttons[0]!.job;
  const original = (await findOriginal(`${job}.1`))!;
  const { length } = await readFile(original.path);
  const fitted = await fitPicture({ ...original, bytes: length }, Math.floor(length / 2));
  await press('Delete', undefined);
  expect(await findOriginal(`${job}.1`)).toBeUndefined();
  expect(await readdir(dirname(fitted.path))).toEqual([]);
  expect(await readdir(join(dataFolder, 'files', job))).toEqual([`fit-${Math.floor(length / 2)}`]);
});
