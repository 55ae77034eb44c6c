/** The files that a request points to. */
import type { Parts } from './parts.ts';
import { readSize, renderPicture } from './pictures/picture.ts';
import { ModelRefusal } from './refusal.ts';
import type { Size } from './size.ts';
import { playTune } from './sounds/tune.ts';
import { toWav } from './sounds/wav.ts';

/** Where in the input an address stands. */
export type FieldPath = readonly (string | number)[];

export interface GivenPicture extends Size {
  readonly bytes: Buffer;
}

/**
 * Only data URIs, this server's own files, and stand-ins for fal's published examples: a toy must
 * not be a door into somebody's network.
 */
export async function readGivenFile(parts: Parts, url: string, field: FieldPath): Promise<Buffer> {
  const bytes = findBytes(parts, url) ?? (await standIn(url));
  if (bytes !== undefined) return bytes;
  const msg = 'Failed to download the file. Please check if the URL is accessible.';
  throw new ModelRefusal(422, [
    { loc: ['body', ...field], msg, type: 'file_download_error', input: url },
  ]);
}

export async function readGivenPicture(
  parts: Parts,
  url: string,
  field: FieldPath,
): Promise<GivenPicture> {
  const bytes = await readGivenFile(parts, url, field);
  const size = await readSize(bytes);
  if (size) return { bytes, ...size };
  throw refuseImage(url, field);
}

/** For a file that is no picture where one belongs. */
export function refuseImage(url: string, field: FieldPath): ModelRefusal {
  const msg = 'Failed to load the image. Please ensure the image file is not corrupted.';
  const loc = ['body', ...field];
  return new ModelRefusal(422, [{ loc, msg, type: 'image_load_error', input: url }]);
}

function findBytes(parts: Parts, url: string): Buffer | undefined {
  const inline = /^data:[\w/+.-]*;base64,(.*)$/su.exec(url)?.[1];
  if (inline !== undefined) return Buffer.from(inline, 'base64');
  return url.startsWith(`${parts.url}/`)
    ? parts.files.find(url.slice(parts.url.length))?.bytes
    : undefined;
}

const FAL_EXAMPLE =
  /^https:\/\/(?:storage\.googleapis\.com\/falserverless|v\d\w?\.fal\.media|fal\.media)\/(?:.*\/)?(?<name>[^/?#]+)\.(?<extension>\w+)$/u;
const STAND_IN_SECONDS = 12;

/** fal's pages point to files of fal's: so that their examples run here as they are printed. */
async function standIn(url: string): Promise<Buffer | undefined> {
  const { name = '', extension = '' } = FAL_EXAMPLE.exec(url)?.groups ?? {};
  if (/^(?:png|jpe?g|webp)$/u.test(extension)) return standInPicture(name);
  if (!/^(?:mp3|wav|m4a|ogg|flac)$/u.test(extension)) return undefined;
  const words = `The sandbox stands in for ${name}.`;
  const sound = playTune({ words, sampleRate: 16_000, seconds: STAND_IN_SECONDS });
  return toWav(sound, words);
}

async function standInPicture(name: string): Promise<Buffer> {
  const size = { width: 768, height: 512 };
  const prompt = name.replaceAll(/[-_]+/gu, ' ');
  return renderPicture({ prompt, seed: 0, size, format: 'png', sources: [], isBlackedOut: false });
}
