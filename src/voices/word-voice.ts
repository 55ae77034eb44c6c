/** Voices and their consents in words. */
import type { Consent } from './consent.ts';
import type { VoiceScope } from './plan.ts';
import type { Voice } from './voice.ts';

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** Such as `3 December 2026`: the same for everybody, wherever they are. */
export function wordDay(moment: Date): string {
  return dayFormat.format(moment);
}

const SCOPES: Readonly<Record<VoiceScope, string>> = {
  me: 'for its owner alone',
  channel: 'for everybody in the channel where it was made',
  everyone: 'for everybody in this workspace',
};

export function wordScope(scope: VoiceScope): string {
  return SCOPES[scope];
}

/** Why a voice without a live consent is silent, and what its owner can do. */
export function wordSilence({ name, owner }: Voice, consent: Consent | undefined): string {
  const again = `${owner.name} can give a new consent with /voices clone ${name}.`;
  switch (consent?.state) {
    case 'revoked':
      return `The consent for “${name}” was revoked: it no longer speaks. ${again}`;
    case 'expired':
      return consent.wasGiven
        ? `The consent for “${name}” ended on ${wordDay(consent.until)}. ${again}`
        : `Nobody read the sentence for “${name}” out in time. ${again}`;
    case 'asked':
    case 'heard':
      return `“${name}” waits for its owner’s consent: ${owner.name} has yet to read the sentence out.`;
    case 'given':
    case 'refused':
    case undefined:
      return `There is no consent for “${name}”: it may not speak. ${again}`;
  }
}
