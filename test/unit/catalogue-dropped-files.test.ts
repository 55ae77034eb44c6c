import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDroppedFiles } from '../../src/models/catalogue/dropped-files.ts';
import { createDocument } from '../support/openapi-document.ts';

async function drop(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-endpoints-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const painter = JSON.stringify(createDocument());
const eraser = JSON.stringify(createDocument({ id: 'acme/eraser' }));

test('every JSON file of the folder becomes an endpoint, in the order of their names', async () => {
  const folder = await drop({ 'b.json': painter, 'a.JSON': eraser, 'notes.txt': 'hello' });
  const { endpoints, mistakes } = await readDroppedFiles(folder);
  expect(endpoints.map(({ id }) => id)).toEqual(['acme/eraser', 'acme/painter']);
  expect(mistakes).toEqual([]);
});

test('a folder that is not there is an empty one', async () => {
  const folder = join(await drop({}), 'none');
  expect(await readDroppedFiles(folder)).toEqual({ endpoints: [], mistakes: [] });
});

test('a folder that is a file is a mistake', async () => {
  const folder = join(await drop({ 'a.json': painter }), 'a.json');
  const { endpoints, mistakes } = await readDroppedFiles(folder);
  expect(endpoints).toEqual([]);
  expect(mistakes).toEqual([
    expect.stringMatching(/^The folder .* cannot be read \(ENOTDIR\)\.$/u),
  ]);
});

test('a file with a byte order mark is read like any other', async () => {
  const folder = await drop({ 'a.json': `\uFEFF${painter}` });
  expect((await readDroppedFiles(folder)).endpoints).toHaveLength(1);
});

test.each([
  ['{"openapi":', 'a.json cannot be used: it is no JSON.'],
  ['', 'a.json cannot be used: it is no JSON.'],
  ['[]', 'a.json cannot be used: It is no OpenAPI document: no JSON object.'],
  ['{}', 'a.json cannot be used: It names no endpoint'],
  [' '.repeat(2 * 1024 * 1024 + 1), 'a.json cannot be used: it is larger than 2 MB.'],
])('a broken file %# is a sentence with its name, and the others are read', async (text, words) => {
  const { endpoints, mistakes } = await readDroppedFiles(
    await drop({ 'a.json': text, 'b.json': painter }),
  );
  expect(endpoints.map(({ id }) => id)).toEqual(['acme/painter']);
  expect(mistakes).toEqual([expect.stringContaining(words)]);
});

test('a folder in the place of a file is a mistake', async () => {
  const folder = await drop({});
  await mkdir(join(folder, 'a.json'));
  expect((await readDroppedFiles(folder)).mistakes).toEqual([
    'a.json cannot be used: it is no file.',
  ]);
});

test('the same endpoint a second time is left out with a word', async () => {
  const { endpoints, mistakes } = await readDroppedFiles(
    await drop({ 'a.json': painter, 'b.json': painter }),
  );
  expect(endpoints).toHaveLength(1);
  expect(mistakes).toEqual(['b.json is left out: a.json describes acme/painter already.']);
});

test('a file that nests without end is a mistake or an endpoint, but no crash', async () => {
  const deep = `${'{"allOf":['.repeat(20_000)}${']}'.repeat(20_000)}`;
  const document = painter.replace('"QueueStatus":', `"Deep":${deep},"QueueStatus":`);
  const { endpoints, mistakes } = await readDroppedFiles(await drop({ 'a.json': document }));
  expect(endpoints.length + mistakes.length).toBe(1);
});
