/** Wishes about recordings and transcripts, one line each: what to make, or what to say. */
import type { Outcome } from '../outcome.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import type { Invocation } from '../platforms/platform.ts';
import { changeGlossary } from './change-glossary.ts';
import { correctTranscript, nameTheSpeakers } from './correct-transcript.ts';
import { handOutFiles } from './hand-out-files.ts';
import { hear } from './hear.ts';
import type { TranscriptPlan } from './plan.ts';
import { sayInstead } from './say-instead.ts';
import { transcribe } from './transcribe.ts';

/** Throws `UserError` for what cannot be done, or not by this person, or not here. */
export async function carryOutTranscriptPlan(
  plan: TranscriptPlan,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  switch (plan.kind) {
    case 'transcribe':
      return transcribe(plan, invocation, parts);
    case 'hear':
      return hear(plan, invocation, parts);
    case 'say-instead':
      return sayInstead(plan, invocation, parts);
    case 'transcript-files':
      return handOutFiles(plan.job, invocation, parts);
    case 'correct':
      return correctTranscript(plan.subject, plan.words, invocation, parts);
    case 'name-speakers':
      return nameTheSpeakers(plan.subject, plan.names, invocation, parts);
    case 'glossary':
      return changeGlossary(plan, invocation, parts);
  }
}
