/** What a command may want to be spoken. */
import type { GenerationRequest } from '../request.ts';
import type { MeantMessage } from '../transcripts/plan.ts';

/** The words are the request's prompt, else those of its text files, else those of the meant message. */
export interface SpeechPlan {
  readonly kind: 'speak';
  readonly subject: MeantMessage;
  /** Its model is undefined where the voice decides. */
  readonly request: Omit<GenerationRequest, 'model'> & { readonly model: string | undefined };
  /** A voice by the model's name for it, or by the name of one of Easel's own. */
  readonly voice: string | undefined;
}
