/** Wishes about Easel's own voices, one line each: what to make, or what to say. */
import type { Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import { askConsent } from './ask-consent.ts';
import { designVoice } from './design-voice.ts';
import { deleteVoice, revokeConsent } from './end-voice.ts';
import { giveConsent } from './give-consent.ts';
import { listVoices } from './list-voices.ts';
import type { VoicesPlan } from './plan.ts';
import { keepVoice, tryVoice } from './try-voice.ts';
import type { VoiceParts } from './voice-parts.ts';

/** Throws `UserError` for what cannot be done, or not by this person, or not here. */
export async function carryOutVoicesPlan(
  plan: VoicesPlan,
  invocation: Invocation,
  parts: VoiceParts,
): Promise<Outcome> {
  switch (plan.kind) {
    case 'list-voices':
      return listVoices(invocation, parts);
    case 'try-voice':
      return tryVoice(plan, invocation, parts);
    case 'design-voice':
      return designVoice(plan, invocation, parts);
    case 'clone-voice':
      return askConsent(plan, invocation, parts);
    case 'give-consent':
      return giveConsent(plan, invocation, parts);
    case 'revoke-consent':
      return revokeConsent(plan.name, invocation, parts);
    case 'keep-voice':
      return keepVoice(plan.name, invocation, parts);
    case 'delete-voice':
      return deleteVoice(plan.name, invocation, parts);
  }
}
