/** The words that shall be spoken: typed, in a text file, in a transcript, or in a message. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import type { Invocation } from '../platforms/platform.ts';
import { readResult } from '../pictures/find-subject.ts';
import { bringHere } from '../pictures/read-foreign.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import type { AttachmentRef } from '../request.ts';
import { findShown } from '../transcripts/meant-transcript.ts';
import { readMeant } from '../transcripts/find-recordings.ts';
import type { SpeechPlan } from './plan.ts';

const TEXT_TYPE = /^(?:text\/|application\/(?:x-subrip|markdown))/u;
const TEXT_NAME = /\.(?:txt|md|text)$/iu;
/** Longer than any book chapter: more would be a fortune. */
export const LONGEST_TEXT = 100_000;

interface FoundWords {
  readonly words: string;
  /** What is no text among the files. */
  readonly others: readonly AttachmentRef[];
}

/** Throws `UserError` for a file that holds no text, and where nothing says which words. */
export async function findWords(
  { subject, request }: Pick<SpeechPlan, 'subject' | 'request'>,
  invocation: Invocation,
  parts: PictureParts,
): Promise<FoundWords> {
  const { prompt, files } = request;
  const texts = files.filter(isText);
  const others = files.filter((file) => !isText(file));
  if (prompt.trim() !== '') return { words: prompt, others };
  if (texts.length > 0) return { words: await readTexts(texts, parts), others };
  if (subject.job !== undefined)
    return { words: await readOwn(subject.job, invocation, parts), others };
  const meant = await readMeant(subject, invocation, parts);
  // What Easel posted holds more than the words: who asked, and what it took.
  const shown = meant && (await findShown(meant, parts));
  if (shown !== undefined) return { words: await readOwn(shown, invocation, parts), others };
  if (meant) return { words: meant.text, others };
  throw new UserError('Read what aloud? Say the words, attach a text file, or reply to a message.');
}

async function readOwn(id: string, invocation: Invocation, parts: PictureParts): Promise<string> {
  const { result, request } = await readResult(id, invocation, parts);
  return result.text ?? request.prompt;
}

/** By what its uploader claims; a text that is none is refused when it is read. */
function isText({ claimedType, fileName }: AttachmentRef): boolean {
  return TEXT_TYPE.test(claimedType) || TEXT_NAME.test(fileName);
}

async function readTexts(files: readonly AttachmentRef[], parts: PictureParts): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-'));
  try {
    const texts: string[] = [];
    for (const file of files) {
      const path = await bringHere(file, join(folder, 'text'), parts);
      texts.push(toText(await readFile(path), file.fileName));
    }
    return texts.join('\n\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toText(bytes: Buffer, fileName: string): string {
  const text = decode(bytes);
  if (text === undefined) throw new UserError(`“${fileName}” is no text that can be read aloud.`);
  if (text.length <= LONGEST_TEXT) return text;
  throw new UserError(
    `“${fileName}” has ${text.length} characters; at most ${LONGEST_TEXT} are read aloud.`,
  );
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
