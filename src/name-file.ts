/**
 * What a file is called where its bytes do not tell: by its claimed name or type, among those that are
 * known and harmless. Text must look like text, so that nothing else passes for it.
 */
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { SniffedType } from './sniff-file.ts';

export interface FileClaims {
  readonly url: string;
  readonly claimedType: string | undefined;
  readonly fileName: string | undefined;
}

interface KnownType extends SniffedType {
  /** Other types under which it comes. */
  readonly claims: readonly string[];
  readonly content: 'text' | 'bytes' | 'either';
}

const KNOWN: readonly KnownType[] = [
  known('gltf', 'model/gltf+json', 'text'),
  known('glb', 'model/gltf-binary', 'bytes'),
  known('obj', 'model/obj', 'text', ['text/prs.wavefront-obj', 'application/x-tgif']),
  known('mtl', 'model/mtl', 'text'),
  known('ply', 'model/ply', 'either', ['application/ply']),
  known('stl', 'model/stl', 'either', ['application/sla', 'application/vnd.ms-pki.stl']),
  known('fbx', 'application/octet-stream', 'either'),
  known('usdz', 'model/vnd.usdz+zip', 'bytes'),
  known('splat', 'application/octet-stream', 'bytes'),
  known('safetensors', 'application/octet-stream', 'bytes'),
  known('srt', 'application/x-subrip', 'text', ['text/srt']),
  known('vtt', 'text/vtt', 'text'),
  known('json', 'application/json', 'text', ['text/json']),
  known('csv', 'text/csv', 'text'),
  known('md', 'text/markdown', 'text'),
  known('yaml', 'application/yaml', 'text', ['text/yaml']),
  known('txt', 'text/plain', 'text'),
  known('pcm', 'audio/pcm', 'bytes', ['audio/l16']),
];
const PLAIN: SniffedType = { contentType: 'text/plain', extension: 'txt' };
const PLY_START = /^ply\r?\n/u;
const SRT_START = /^\uFEFF?\d+\r?\n\d\d:\d\d:\d\d[,.]\d{3} --> /u;
const START_BYTES = 4096;
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const NO_TEXT = /[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/u;

/** `sniffed` itself where the bytes have told, or where nothing better is known. */
export async function nameFile(
  path: string,
  sniffed: SniffedType,
  claims: FileClaims,
): Promise<SniffedType> {
  const { contentType } = sniffed;
  // A USDZ is a ZIP by its bytes; any other claim about a ZIP is worth less than they are.
  if (contentType === 'application/zip') {
    const claimed = findClaimed(claims, 'bytes');
    return claimed?.extension === 'usdz' ? claimed : sniffed;
  }
  if (contentType !== 'application/octet-stream') return sniffed;
  const start = await readStart(path);
  const text = toText(start);
  if (PLY_START.test(start.toString('latin1'))) return typeOf('ply');
  if (text === undefined) return findClaimed(claims, 'bytes') ?? sniffed;
  return SRT_START.test(text) ? typeOf('srt') : (findClaimed(claims, 'text') ?? typeOf('txt'));
}

function known(
  extension: string,
  contentType: string,
  content: KnownType['content'],
  claims: readonly string[] = [],
): KnownType {
  return { extension, contentType, content, claims };
}

/** The name says more than the type, which is often `application/octet-stream`. */
function findClaimed(
  { url, claimedType, fileName }: FileClaims,
  content: 'text' | 'bytes',
): SniffedType | undefined {
  const type = (claimedType ?? dataTypeOf(url)).split(';')[0]?.trim().toLowerCase() ?? '';
  const names = [extensionOf(fileName ?? ''), extensionOf(URL.parse(url)?.pathname ?? '')];
  const found = KNOWN.filter((known) => known.content === content || known.content === 'either');
  const claimed =
    names.map((name) => found.find(({ extension }) => extension === name)).find(Boolean) ??
    found.find(
      ({ contentType, claims }) => isTelling(type) && [contentType, ...claims].includes(type),
    );
  return claimed && typeOf(claimed.extension);
}

function isTelling(type: string): boolean {
  return type !== '' && type !== 'application/octet-stream';
}

function typeOf(wanted: string): SniffedType {
  const { extension, contentType } = KNOWN.find(({ extension }) => extension === wanted) ?? PLAIN;
  return { extension, contentType };
}

function extensionOf(name: string): string {
  return extname(name).slice(1).toLowerCase();
}

function dataTypeOf(url: string): string {
  return /^data:([^;,]{0,100})/iu.exec(url.slice(0, 200))?.[1] ?? '';
}

async function readStart(path: string): Promise<Buffer> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}

/** Undefined for what is no text. */
function toText(start: Buffer): string | undefined {
  try {
    // The last character may be cut in two.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return NO_TEXT.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
