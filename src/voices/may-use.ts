/** Who may have something said with a voice, and where. */
import { UserError } from '../errors.ts';
import { isSameChannel, isSameTenant } from '../place.ts';
import type { Asker } from '../platforms/platform.ts';
import type { Consent } from './consent.ts';
import { toCurrent } from './consent.ts';
import type { Voice } from './voice.ts';
import { wordSilence } from './word-voice.ts';

interface Use {
  readonly voice: Voice;
  readonly consent: Consent | undefined;
  readonly asker: Asker;
}

/** Throws `UserError` with the reason where they may not. */
export function assertMayUse({ voice, consent, asker }: Use, now: Date): void {
  if (!isSameTenant(voice.place, asker.place)) {
    throw new UserError(
      'That voice belongs to another workspace. /voices lists those of this one.',
    );
  }
  if (voice.deletedAt) throw new UserError(`The voice “${voice.name}” was deleted.`);
  if (voice.kind === 'designed') return;
  const current = consent && toCurrent(consent, now);
  if (current?.state !== 'given') throw new UserError(wordSilence(voice, current));
  if (voice.owner.id !== asker.person.id) assertReaches(current, voice, asker);
}

function assertReaches({ scope, place }: Consent, { name, owner }: Voice, asker: Asker): void {
  if (scope === 'everyone' || (scope === 'channel' && isSameChannel(place, asker.place))) return;
  const where = scope === 'channel' ? ', or in the channel that it was made for' : '';
  throw new UserError(
    `“${name}” may be used by ${owner.name}${where}. That is how far the consent goes.`,
  );
}

/** The same, as an answer. */
export function mayUse(use: Use, now: Date): boolean {
  try {
    assertMayUse(use, now);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
