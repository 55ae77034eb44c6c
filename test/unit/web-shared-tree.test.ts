import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Picture } from '../../src/pictures/picture.ts';
import { createSignedAddresses } from '../../src/pictures/signed-address.ts';
import { renderSharedTree, toSharedAddresses } from '../../src/platforms/web/shared-tree-page.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { newPicture } from '../support/new-picture.ts';

const UNTIL = '1800000000';
const signed = createSignedAddresses({
  publicUrl: 'https://easel.example',
  hasTreePage: true,
  secret: randomBytes(32),
  clock: createManualClock(),
});

async function render(picture: Picture, ...others: Picture[]): Promise<string> {
  const page = renderSharedTree({
    tree: { id: picture.id, pictures: [...others, picture] },
    picture,
    addresses: toSharedAddresses(signed, UNTIL),
    end: new Date(Number(UNTIL) * 1000),
    assets: '/p/assets/1',
  });
  return String(await page);
}

const addressesIn = (page: string): readonly string[] =>
  Array.from(page.matchAll(/\s(?:href|src|action|srcset)="([^"]*)"/gu), ([, address = '']) =>
    address.replaceAll('&amp;', '&'),
  );

test('a guest gets addresses that are signed for one picture each, and the page’s own files', async () => {
  const page = await render(newPicture('b', { parents: ['a.1'] }), newPicture('a'));
  const [files, others] = [
    addressesIn(page).filter((address) => address.startsWith('/p/assets/1/')),
    addressesIn(page).filter((address) => !address.startsWith('/p/assets/1/')),
  ];
  expect(files.map((address) => address.slice(12)).sort()).toEqual([
    'chat.css',
    'icon.svg',
    'icon.svg',
    'pictures.css',
  ]);
  expect(new Set(others)).toEqual(
    new Set([
      '#steps',
      ...['a.1', 'b.1'].flatMap((picture) => [
        signed.toPath({ kind: 'thumbnail', picture }, UNTIL),
        signed.toPath({ kind: 'original', picture }, UNTIL),
      ]),
    ]),
  );
});

test('a guest gets nothing to press, to type into or to run', async () => {
  const page = await render(newPicture('b', { parents: ['a.1'] }), newPicture('a'));
  expect(page).not.toMatch(/<(?:button|form|input|textarea|select|script|style|iframe)\b/u);
  expect(page).not.toMatch(/\son\w+=|\sstyle=|\shx-/u);
});

test('a guest is told no names', async () => {
  expect(await render(newPicture('a'))).not.toContain('Ada');
});

test('a marked picture has no address at all, not even as the one that was asked for', async () => {
  const page = await render(newPicture('a', { isSpoiler: true, altText: 'what it shows' }));
  expect(page).toContain('<span>Hidden</span>');
  expect(page).toContain('(hidden)');
  expect(page).not.toContain('what it shows');
  expect(addressesIn(page).filter((address) => address.includes('a.1'))).toEqual([]);
});

test('words are shown as they are, whatever they hold', async () => {
  const prompt = '</title><img src=x onerror=alert(1)>';
  const page = await render(newPicture('a', { prompt }));
  expect(page).not.toContain('<img src=x');
  expect(page).toContain('<title>&lt;/title&gt;');
});

test('it says how long it is there', async () => {
  expect(await render(newPicture('a'))).toContain('15 Jan 2027');
});
