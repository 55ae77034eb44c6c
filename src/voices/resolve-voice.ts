/** From the name of a voice that somebody typed to what a request needs to speak with it. */
import { UserError } from '../errors.ts';
import type { Asker } from '../platforms/platform.ts';
import { MAKER_FACTS, toSpeakingRequest, type SpeakingRequest } from './makers.ts';
import { assertMayUse } from './may-use.ts';
import { isDead, type Voice } from './voice.ts';
import type { VoiceParts } from './voice-parts.ts';
import { openVoices } from './voice-store.ts';

interface Wanted {
  readonly name: string;
  /** The model that shall speak; undefined where the voice decides. */
  readonly model?: string | undefined;
}

type ResolveParts = Pick<VoiceParts, 'store' | 'clock' | 'models'>;

/**
 * Undefined where no voice of Easel's own has that name here. Throws `UserError` where this person may
 * not use it here, or it cannot speak.
 */
export async function resolveVoice(
  wanted: Wanted,
  asker: Asker,
  parts: ResolveParts,
): Promise<SpeakingRequest | undefined> {
  const voice = await findUsable(wanted.name, asker, parts);
  if (!voice) return undefined;
  if (isDead(voice, parts.clock.now())) throw new UserError(wordDead(voice));
  return toSpeakingRequest(voice, wanted.model, parts.models);
}

/** One that is made, and may be used. */
export async function findUsable(
  name: string,
  asker: Asker,
  { store, clock }: Pick<ResolveParts, 'store' | 'clock'>,
): Promise<Voice | undefined> {
  const voices = openVoices(store);
  const voice = await voices.findNamed(name, asker.place);
  if (!voice) return undefined;
  assertMayUse({ voice, consent: await voices.readConsent(voice.id), asker }, clock.now());
  if (voice.madeAt) return voice;
  throw new UserError(`“${voice.name}” has not been made yet.`);
}

function wordDead({ name, maker }: Voice): string {
  return `“${name}” said nothing for 7 days, and ${MAKER_FACTS[maker].title} deletes such voices. /voices keep ${name} tries whether it is still there; if not, make it again.`;
}
