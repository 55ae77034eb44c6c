/** What a file is, by its bytes: claimed types are wrong often enough. */
import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';

export interface SniffedType {
  /** Such as `image/png`. */
  readonly contentType: string;
  /** Without the dot. */
  readonly extension: string;
}

/** An SVG may begin with a declaration, comments and a doctype. */
const SVG_START =
  /^\uFEFF?\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!doctype svg[^>]*>\s*)*<svg[\s>]/iu;
const HTML_START = /^\uFEFF?\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body)[\s>]/iu;
const START_BYTES = 4096;

/** Undefined for what is not recognised. */
export async function sniffFile(path: string): Promise<SniffedType | undefined> {
  const found = await fileTypeFromFile(path);
  if (found && found.mime !== 'application/xml') {
    return { contentType: found.mime, extension: found.ext };
  }
  const start = await readStart(path);
  if (SVG_START.test(start)) return { contentType: 'image/svg+xml', extension: 'svg' };
  if (HTML_START.test(start)) return { contentType: 'text/html', extension: 'html' };
  return found && { contentType: found.mime, extension: found.ext };
}

async function readStart(path: string): Promise<string> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
  return buffer.subarray(0, bytesRead).toString('utf8');
}
