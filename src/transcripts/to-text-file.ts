import { toParagraphs } from './paragraphs.ts';
import type { Transcript } from './transcript.ts';

/** The words as a text file, with the names of speakers where there are any. */
export function toTextFile(transcript: Transcript): string {
  const paragraphs = toParagraphs(transcript).map(({ text, speaker }) =>
    speaker === undefined ? text : `${speaker}: ${text}`,
  );
  return `${paragraphs.join('\n\n')}\n`.replaceAll(/\r\n?/gu, '\n');
}
