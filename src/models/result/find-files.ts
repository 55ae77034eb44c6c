/** Files anywhere in a piece of an answer. */
import { z } from 'zod';
import { isRecord, type AnswerRecord } from './record.ts';
import { toAddress, toAddressOfRaw } from './to-address.ts';

export interface FoundFile {
  readonly url: string;
  readonly claimedType: string | undefined;
  readonly fileName: string | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** What it was read from: an object of the answer, or a string. */
  readonly source: unknown;
}

const DEEPEST = 8;
/** fal's `File` may hold its bytes instead of an address. */
export const RAW_NAMES = ['file_data', 'data', 'b64_json', 'base64'];
const ADDRESS_NAME = /(?:^|_)ur[li]s?$/iu;

const text = z.string().trim().min(1).optional().catch(undefined);
const pixels = z.number().int().positive().optional().catch(undefined);
const factsSchema = z.object({
  content_type: text,
  file_name: text,
  width: pixels,
  height: pixels,
});

/**
 * Of something that is meant to be a file or to hold some: addresses are taken as files, too, and
 * where only a file makes sense, so is raw text that can be nothing but bytes.
 */
export function findFiles(value: unknown, mayBeRaw: boolean): FoundFile[] {
  if (typeof value !== 'string') return searchFiles(value);
  const url = toAddress(value) ?? (mayBeRaw ? toAddressOfRaw(value) : undefined);
  return url === undefined ? [] : [toFile(url, {}, value)];
}

/** Of anything: objects with an address, and strings under a name such as `video_url`. */
export function searchFiles(value: unknown, depth = 0): FoundFile[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) {
    const entries: readonly unknown[] = value;
    return entries.flatMap((entry) => searchFiles(entry, depth + 1));
  }
  if (!isRecord(value)) return [];
  const url = addressIn(value);
  if (url !== undefined) return [toFile(url, value, value)];
  return Object.entries(value).flatMap(([name, entry]) =>
    ADDRESS_NAME.test(name) ? findNamed(entry, depth) : searchFiles(entry, depth + 1),
  );
}

function findNamed(value: unknown, depth: number): FoundFile[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.flatMap((entry) => {
    if (typeof entry !== 'string') return searchFiles(entry, depth + 1);
    const url = toAddress(entry);
    return url === undefined ? [] : [toFile(url, {}, entry)];
  });
}

function addressIn(value: AnswerRecord): string | undefined {
  const { url } = value;
  const address = typeof url === 'string' ? toAddress(url) : undefined;
  if (address !== undefined) return address;
  for (const name of [...RAW_NAMES, 'url']) {
    const raw = value[name];
    const found = typeof raw === 'string' ? rawAddress(raw) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function rawAddress(raw: string): string | undefined {
  return /^data:/iu.test(raw) ? raw : toAddressOfRaw(raw);
}

function toFile(url: string, value: AnswerRecord, source: unknown): FoundFile {
  const facts = factsSchema.parse(value);
  return {
    url,
    claimedType: facts.content_type,
    fileName: facts.file_name,
    width: facts.width,
    height: facts.height,
    source,
  };
}
