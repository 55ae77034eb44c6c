/** What is known about picture files on both sides of fal: their type, their size, their names. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { cutText } from './cut-text.ts';
import { UpstreamError } from './errors.ts';
import { loadSharp } from './load-sharp.ts';
import { sniffFile } from './sniff-file.ts';

export interface PictureFacts {
  /** By content, such as `image/png`. */
  readonly contentType: string;
  /** Without the dot. */
  readonly extension: string;
  readonly width: number;
  readonly height: number;
}

export interface FittingFile {
  readonly path: string;
  readonly contentType: string;
  readonly bytes: number;
}

/** 4K pictures have 17 million pixels; a file that claims many more is a bomb. */
const MOST_PIXELS = 150_000_000;
/** From hardly visible to clearly smaller: the first one that fits is taken. */
const LADDER = [
  { quality: 92, scale: 1 },
  { quality: 85, scale: 1 },
  { quality: 78, scale: 1 },
  { quality: 70, scale: 1 },
  { quality: 80, scale: 0.7 },
  { quality: 80, scale: 0.5 },
  { quality: 75, scale: 0.35 },
  { quality: 70, scale: 0.2 },
] as const;
const LONGEST_FILE_NAME = 100;
/** Slack's limit. */
const LONGEST_ALT_TEXT = 1000;

/** Undefined for a file that is not a readable picture. */
export async function inspectPicture(path: string): Promise<PictureFacts | undefined> {
  const sniffed = await sniffFile(path);
  if (!sniffed?.contentType.startsWith('image/')) return undefined;
  try {
    const picture = await openPicture(path);
    const { width, height } = await picture.metadata();
    return { ...sniffed, width, height };
  } catch {
    return undefined;
  }
}

/**
 * The file itself where it fits, else a re-encoded one beside it. Throws `UpstreamError` for what
 * cannot be made smaller.
 */
export async function fitPicture(file: FittingFile, maxBytes: number): Promise<FittingFile> {
  if (file.bytes <= maxBytes) return file;
  const facts = await inspectPicture(file.path);
  if (!facts) throw tooLarge();
  for (const step of LADDER) {
    const fitting = await encode(file.path, facts, step);
    if (fitting.bytes <= maxBytes) return fitting;
  }
  throw tooLarge();
}

/** `[a-z0-9._-]`, at most 100 characters: what every platform and file system takes. */
export function toFileName(prompt: string, number: number, extension: string): string {
  const ending = `-${number}.${extension}`;
  const words = prompt
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+/gu, '')
    .slice(0, LONGEST_FILE_NAME - ending.length)
    .replaceAll(/-+$/gu, '');
  return `${words === '' ? 'picture' : words}${ending}`;
}

/** For people who do not see the picture: the model's own words, else what was asked for. */
export function toAltText(
  prompt: string,
  description: string | undefined,
  number: number,
  of: number,
): string {
  const place = of > 1 ? `Picture ${number} of ${of}: ` : '';
  const words = `${place}${description ?? prompt}`.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  return cutText(words === '' ? 'A generated picture' : words, LONGEST_ALT_TEXT);
}

async function encode(
  path: string,
  { width }: PictureFacts,
  { quality, scale }: (typeof LADDER)[number],
): Promise<FittingFile> {
  const picture = (await openPicture(path)).rotate();
  const { hasAlpha } = await picture.metadata();
  const sized = scale === 1 ? picture : picture.resize(Math.max(1, Math.round(width * scale)));
  const { extension, contentType } = hasAlpha
    ? { extension: 'webp', contentType: 'image/webp' }
    : { extension: 'jpeg', contentType: 'image/jpeg' };
  const encoded = hasAlpha ? sized.webp({ quality }) : sized.jpeg({ quality, mozjpeg: true });
  const to = join(dirname(path), `${parse(path).name}.fit.${extension}`);
  await encoded.toFile(to);
  return { path: to, contentType, bytes: (await stat(to)).size };
}

/** A picture of pixels: an SVG is code, and the original of a picture that stands beside it. */
export function isRaster({ contentType }: { readonly contentType: string }): boolean {
  return contentType.startsWith('image/') && contentType !== 'image/svg+xml';
}

export async function openPicture(path: string) {
  const sharp = await loadSharp();
  const isSvg = (await sniffFile(path))?.contentType === 'image/svg+xml';
  // By its path, the library would follow an SVG's references to the files beside it.
  const source = isSvg ? await readFile(path) : path;
  return sharp(source, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
}

function tooLarge(): UpstreamError {
  const text = 'The result is too large to be posted here.';
  return new UpstreamError('media', text, { retryable: false });
}
