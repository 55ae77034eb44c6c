/** What becomes of a plan that needs more than the plan: each kind is one folder's to carry out. */
import type { Plan } from './command.ts';
import type { Outcome } from './outcome.ts';
import { carryOutPicturePlan } from './pictures/carry-out.ts';
import type { PictureParts } from './pictures/picture-parts.ts';
import type { Invocation } from './platforms/platform.ts';
import { carryOutSpeechPlan } from './speech/carry-out.ts';
import { carryOutTranscriptPlan } from './transcripts/carry-out.ts';
import { mendByReply } from './transcripts/mend-by-reply.ts';
import { isTranscriptPlan } from './transcripts/plan.ts';
import { carryOutVoicesPlan } from './voices/carry-out.ts';
import { isVoicesPlan } from './voices/plan.ts';

type FurtherPlan = Exclude<Plan, { kind: 'generate' | 'cancel' | 'retry' | 'answer' }>;

/** Throws `UserError` for what cannot be done, or not by this person, or not here. */
export async function carryOutFurther(
  plan: FurtherPlan,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  if (isTranscriptPlan(plan)) return carryOutTranscriptPlan(plan, invocation, parts);
  if (isVoicesPlan(plan)) return carryOutVoicesPlan(plan, invocation, parts);
  if (plan.kind === 'speak') return carryOutSpeechPlan(plan, invocation, parts);
  const mended = plan.kind === 'edit' ? await mendByReply(plan, invocation, parts) : undefined;
  return mended ?? carryOutPicturePlan(plan, invocation, parts);
}
