/** What a command may want of Easel's own voices. */
import type { AttachmentRef } from '../request.ts';

/** For whom a voice may speak. */
export type VoiceScope = 'me' | 'channel' | 'everyone';

export type VoicesPlan =
  | { readonly kind: 'list-voices' }
  /** Speak a sentence with a voice: Easel's own, or one of a model. */
  | { readonly kind: 'try-voice'; readonly name: string; readonly text: string | undefined }
  | {
      readonly kind: 'design-voice';
      readonly name: string;
      readonly description: string;
      readonly text: string | undefined;
    }
  /** Ask the owner to read out a sentence; the voice is made from that recording. */
  | {
      readonly kind: 'clone-voice';
      readonly name: string;
      /** The model that shall imitate it. */
      readonly model: string | undefined;
      readonly scope: VoiceScope;
      readonly days: number;
    }
  /** The owner reads the sentence out. */
  | {
      readonly kind: 'give-consent';
      readonly name: string | undefined;
      readonly recordings: readonly AttachmentRef[];
    }
  | { readonly kind: 'revoke-consent'; readonly name: string }
  /** Use it once, so that it does not die of disuse. */
  | { readonly kind: 'keep-voice'; readonly name: string }
  | { readonly kind: 'delete-voice'; readonly name: string };

const KINDS: ReadonlySet<string> = new Set<VoicesPlan['kind']>([
  'list-voices',
  'try-voice',
  'design-voice',
  'clone-voice',
  'give-consent',
  'revoke-consent',
  'keep-voice',
  'delete-voice',
]);

export function isVoicesPlan(plan: VoicesPlan | { readonly kind: string }): plan is VoicesPlan {
  return KINDS.has(plan.kind);
}
