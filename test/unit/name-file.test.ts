import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { nameFile } from '../../src/name-file.ts';
import { sniffFile } from '../../src/sniff-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-name-'));
});

async function nameOf(
  content: Buffer | string,
  claims: { url?: string; type?: string; name?: string } = {},
): Promise<string> {
  const path = join(folder, 'file');
  await writeFile(path, content);
  const sniffed = (await sniffFile(path)) ?? {
    contentType: 'application/octet-stream',
    extension: 'bin',
  };
  const { contentType, extension } = await nameFile(path, sniffed, {
    url: claims.url ?? 'https://v3.fal.media/files/x',
    claimedType: claims.type,
    fileName: claims.name,
  });
  return `${extension} ${contentType}`;
}

const GLB = Buffer.from('676c5446020000000c000000', 'hex');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const ZIP = Buffer.from('504b0304140000000000', 'hex');
const BYTES = Buffer.from([0, 1, 2, 3, 250, 251, 252, 253]);

describe('the bytes tell', () => {
  test.each([
    [PNG, { type: 'image/jpeg', name: 'x.jpg' }, 'png image/png'],
    [GLB, { type: 'application/octet-stream', name: 'x.bin' }, 'glb model/gltf-binary'],
    ['ply\nformat ascii 1.0\n', { name: 'x.txt' }, 'ply model/ply'],
    [
      Buffer.concat([Buffer.from('ply\nformat binary_little_endian 1.0\n'), BYTES]),
      {},
      'ply model/ply',
    ],
    ['1\n00:00:00,000 --> 00:00:01,000\nHello\n', { name: 'x.txt' }, 'srt application/x-subrip'],
    ['WEBVTT\n\n', {}, 'vtt text/vtt'],
  ])('%#', async (content, claims, name) => {
    expect(await nameOf(content, claims)).toBe(name);
  });
});

describe('where they do not, known and harmless claims do', () => {
  test.each([
    ['v 0 0 0\nf 1 2 3\n', { name: 'mesh.obj' }, 'obj model/obj'],
    ['v 0 0 0\nf 1 2 3\n', { url: 'https://v3.fal.media/files/mesh.OBJ?x=1' }, 'obj model/obj'],
    ['v 0 0 0\nf 1 2 3\n', { type: 'model/obj' }, 'obj model/obj'],
    ['{"asset":{"version":"2.0"}}', { name: 'x.gltf' }, 'gltf model/gltf+json'],
    ['{"a":1}', { type: 'application/json; charset=utf-8' }, 'json application/json'],
    ['{"a":1}', { url: 'data:application/json,%7B%7D' }, 'json application/json'],
    ['words', {}, 'txt text/plain'],
    ['Wörter, 灯台', { type: 'text/plain' }, 'txt text/plain'],
    [BYTES, { name: 'lora.safetensors' }, 'safetensors application/octet-stream'],
    [ZIP, { name: 'x.usdz' }, 'usdz model/vnd.usdz+zip'],
  ])('%j with %j is %s', async (content, claims, name) => {
    expect(await nameOf(content, claims)).toBe(name);
  });
});

describe('other claims count for nothing', () => {
  test.each([
    [
      BYTES,
      { name: 'setup.exe', type: 'application/x-msdownload' },
      'bin application/octet-stream',
    ],
    [BYTES, { name: 'words.txt', type: 'text/plain' }, 'bin application/octet-stream'],
    [BYTES, { name: 'data.json' }, 'bin application/octet-stream'],
    ['alert(1)', { name: 'x.html', type: 'text/html' }, 'txt text/plain'],
    ['alert(1)', { name: 'x.js', type: 'text/javascript' }, 'txt text/plain'],
    ['words', { name: 'mesh.glb' }, 'txt text/plain'],
    [ZIP, { name: 'mesh.glb' }, 'zip application/zip'],
  ])('%j with %j is %s', async (content, claims, name) => {
    expect(await nameOf(content, claims)).toBe(name);
  });

  test('a character cut in two at the end of what is read is no reason to call it no text', async () => {
    expect(await nameOf(`x${'ä'.repeat(5000)}`)).toBe('txt text/plain');
  });
});
