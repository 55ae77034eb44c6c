/** What a command may want of recordings and of what was heard in them. */
import type { AttachmentRef, GenerationRequest } from '../request.ts';

/** Which message or result is meant. */
export interface MeantMessage {
  /** What the pressed button is about. */
  readonly job?: string | undefined;
  /** A link to a message. */
  readonly link?: string | undefined;
}

export type TranscriptPlan =
  /** Write down what is said in the request's files, or else in the recordings of the meant message. */
  | {
      readonly kind: 'transcribe';
      readonly subject: MeantMessage;
      readonly request: GenerationRequest;
    }
  /**
   * Do what is said in a recording: change the picture that it answers, or make one. Where `isPrompt`,
   * make one, whatever it answers.
   */
  | {
      readonly kind: 'hear';
      readonly subject: MeantMessage;
      readonly recordings: readonly AttachmentRef[];
      readonly isPrompt: boolean;
    }
  /** Do it with other words than those that were understood. */
  | { readonly kind: 'say-instead'; readonly job: string; readonly prompt: string }
  /** Hand out a transcript as text, subtitles and data. */
  | { readonly kind: 'transcript-files'; readonly job: string }
  /** Put right what was misheard, in the words of a reply such as “Kowalski, not Kovalsky”. */
  | { readonly kind: 'correct'; readonly subject: MeantMessage; readonly words: string }
  | { readonly kind: 'name-speakers'; readonly subject: MeantMessage; readonly names: string }
  /** Show the workspace's glossary, after a change where one is asked for. */
  | {
      readonly kind: 'glossary';
      readonly add: string | undefined;
      readonly remove: string | undefined;
    };

const KINDS: ReadonlySet<string> = new Set<TranscriptPlan['kind']>([
  'transcribe',
  'hear',
  'say-instead',
  'transcript-files',
  'correct',
  'name-speakers',
  'glossary',
]);

export function isTranscriptPlan(
  plan: TranscriptPlan | { readonly kind: string },
): plan is TranscriptPlan {
  return KINDS.has(plan.kind);
}
