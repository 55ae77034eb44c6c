/** The recording that a voice imitates, for requests that hand it to a model. */
import type { Clock } from '../clock.ts';
import { UserError } from '../errors.ts';
import type { AttachmentRef } from '../request.ts';
import type { Store } from '../store/store.ts';
import { isLive } from './consent.ts';
import type { Voice } from './voice.ts';
import { openVoices } from './voice-store.ts';

/** Where the samples of Easel's own voices come from: a file's `id` is a voice's. */
export const OWN_VOICES = 'easel:voice';

/** Undefined where the voice has none. */
export function toSampleRef({ id, sample }: Voice, option: string): AttachmentRef | undefined {
  if (!sample) return undefined;
  const { fileName, claimedType, bytes } = sample;
  return { platform: OWN_VOICES, id, fileName, claimedType, bytes, url: '', option };
}

/** Relative to the data folder. Throws `UserError` without a live consent. */
export async function findSample(
  id: string,
  { store, clock }: { readonly store: Pick<Store, 'records'>; readonly clock: Clock },
): Promise<string> {
  const voices = openVoices(store);
  const voice = await voices.read(id);
  const consent = await voices.readConsent(id);
  if (voice?.sample && !voice.deletedAt && isLive(consent, clock.now())) return voice.sample.path;
  throw new UserError('The recording of that voice is not here: its consent has ended.');
}
