/** Words as a result: short ones are said, long ones and data are a file as well. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cutText } from '../cut-text.ts';
import type { Job, StoredFile } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { toResultName } from './fetch-media.ts';

/** What every platform can say whole, with room for what is said around it. */
const LONGEST_SAID = 1500;
/** Where the words are in a file, this much of them is said. */
const BEGINNING_LENGTH = 500;
/** Escaped, one of these may take up to five characters. */
const ESCAPED = /[^\p{L}\p{N}\s.,;!?'"“”‘’…()/=+%$]/gu;
const LONGEST_ESCAPE = 5;

export interface SpokenText {
  readonly words: string;
  readonly isWhole: boolean;
}

/** What of a text is said in the chat. */
export function toSpoken(text: string): SpokenText {
  const words = text.trim();
  if (weigh(words) <= LONGEST_SAID) return { words, isWhole: true };
  let length = BEGINNING_LENGTH;
  while (weigh(cutText(words, length)) > LONGEST_SAID) length = Math.floor(length / 2);
  return { words: cutText(words, length), isWhole: false };
}

/** Undefined where saying it is enough. */
export async function writeText(
  text: string,
  { job, folder, number }: { job: Job; folder: string; number: number },
  { dataFolder }: JobParts,
): Promise<StoredFile | undefined> {
  const isData = isJson(text);
  if (!isData && toSpoken(text).isWhole) return undefined;
  const fileName = toResultName(job, number, isData ? 'json' : 'txt');
  const path = join(folder, fileName);
  await mkdir(join(dataFolder, folder), { recursive: true });
  await writeFile(join(dataFolder, path), text);
  const contentType = isData ? 'application/json' : 'text/plain';
  return { path, fileName, contentType, bytes: Buffer.byteLength(text) };
}

function weigh(text: string): number {
  return text.length + (text.match(ESCAPED)?.length ?? 0) * (LONGEST_ESCAPE - 1);
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/u.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
