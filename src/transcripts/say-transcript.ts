/** A transcript in a chat. */
import { line, type Block } from '../message.ts';
import { toParagraphs, type Paragraph } from './paragraphs.ts';
import { lengthOf, type Transcript } from './transcript.ts';
import { wordTime } from './word-time.ts';

/** What is shorter is read at a glance: times would be in the way. */
const SHORT_SECONDS = 60;

/** A block for each paragraph; nothing is left out. Platforms make as many messages as it takes. */
export function sayTranscript(transcript: Transcript): readonly Block[] {
  const hasSpeakers = transcript.segments.some(({ speaker }) => speaker !== undefined);
  const isTimed = hasSpeakers || (lengthOf(transcript) ?? 0) > SHORT_SECONDS;
  return toParagraphs(transcript).map((paragraph) => sayParagraph(paragraph, isTimed));
}

function sayParagraph({ text, from, speaker }: Paragraph, isTimed: boolean): Block {
  const time = isTimed && from !== undefined ? [wordTime(from)] : [];
  const heading = [...time, ...(speaker === undefined ? [] : [speaker])].join(' ');
  return heading === '' ? line(text) : line({ kind: 'strong', text: heading }, ` ${text}`);
}
