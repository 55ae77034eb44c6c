/** Words in answer to a transcript put it right; words in answer to anything else are not for here. */
import type { Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { PicturePlan } from '../pictures/plan.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import { mend } from './correct-transcript.ts';
import { findShown, readTranscriptOf } from './meant-transcript.ts';
import { parseCorrection } from './parse-correction.ts';
import { parseSpeakerNames } from './parse-speaker-names.ts';

/** Undefined where no transcript is answered. Throws `UserError` for what puts nothing right. */
export async function mendByReply(
  { subject, request }: Extract<PicturePlan, { kind: 'edit' }>,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome | undefined> {
  const isElsewhere = subject.job !== undefined || subject.link !== undefined;
  if (isElsewhere || request.files.length > 0) return undefined;
  const answered = await invocation.readAnswered();
  const id = answered && (await findShown(answered, parts));
  if (id === undefined) return undefined;
  // In a thread there may be pictures, too: only what is a correction by its form is for the words.
  const hasPictures = answered !== undefined && answered.files.length > 0;
  if (hasPictures && !isMending(request.prompt)) return undefined;
  const meant = await readTranscriptOf(id, invocation, parts);
  return mend(meant, request.prompt, invocation, parts);
}

function isMending(words: string): boolean {
  return parseCorrection(words) !== undefined || parseSpeakerNames(words) !== undefined;
}
