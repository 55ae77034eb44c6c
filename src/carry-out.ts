/** What becomes of a plan that needs more than the plan: each kind is one folder's to carry out. */
import type { Plan } from './command.ts';
import type { Outcome } from './outcome.ts';
import { carryOutPicturePlan } from './pictures/carry-out.ts';
import type { PictureParts } from './pictures/picture-parts.ts';
import type { Invocation } from './platforms/platform.ts';
import { carryOutSpeechPlan } from './speech/carry-out.ts';
import { carryOutTranscriptPlan } from './transcripts/carry-out.ts';
import { carryOutVoicesPlan } from './voices/carry-out.ts';

type FurtherPlan = Exclude<Plan, { kind: 'generate' | 'cancel' | 'retry' | 'answer' }>;

/** Throws `UserError` for what cannot be done, or not by this person, or not here. */
export async function carryOutFurther(
  plan: FurtherPlan,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  switch (plan.kind) {
    case 'transcribe':
    case 'hear':
    case 'say-instead':
    case 'transcript-files':
    case 'correct':
    case 'name-speakers':
    case 'glossary':
      return carryOutTranscriptPlan(plan, invocation, parts);
    case 'speak':
      return carryOutSpeechPlan(plan, invocation, parts);
    case 'list-voices':
    case 'try-voice':
    case 'design-voice':
    case 'clone-voice':
    case 'give-consent':
    case 'revoke-consent':
    case 'keep-voice':
    case 'delete-voice':
      return carryOutVoicesPlan(plan, invocation, parts);
    case 'edit':
    case 'choose':
    case 'again':
    case 'remix':
    case 'vary':
    case 'upscale':
    case 'replay':
    case 'undo':
    case 'details':
    case 'save':
    case 'describe':
    case 'delete':
    case 'history':
    case 'turn':
    case 'settings':
      return carryOutPicturePlan(plan, invocation, parts);
  }
}
