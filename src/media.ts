/** What is known about picture files on both sides of fal: their type, their size, their names. */
import { readFile } from 'node:fs/promises';
import { cutText } from './cut-text.ts';
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

/** 4K pictures have 17 million pixels; a file that claims many more is a bomb. */
const MOST_PIXELS = 150_000_000;
const LONGEST_FILE_NAME = 100;
/** Slack's limit. */
export const LONGEST_ALT_TEXT = 1000;

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

/** Reads all of it: a header tells nothing of a file that was cut off in the middle. */
export async function isWholePicture(path: string): Promise<boolean> {
  try {
    const picture = await openPicture(path);
    await picture.resize(1, 1, { fit: 'fill' }).raw().toBuffer();
    return true;
  } catch {
    return false;
  }
}

/**
 * `[a-z0-9._-]`, at most 100 characters: what every platform and file system takes. `mark` is never
 * cut: it tells the file from others that were made from the same words.
 */
export function toFileName(prompt: string, mark: string, extension: string): string {
  const ending = `-${mark}.${extension}`;
  const words = prompt
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+/gu, '')
    .slice(0, LONGEST_FILE_NAME - ending.length)
    .replaceAll(/-+$/gu, '');
  return words === '' ? ending.slice(1) : `${words}${ending}`;
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
