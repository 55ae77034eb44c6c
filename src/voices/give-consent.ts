/** The owner hands in a recording of the sentence: it is written down, to be compared. */
import type { Clock } from '../clock.ts';
import { UserError } from '../errors.ts';
import type { Outcome } from '../outcome.ts';
import type { Person, Place } from '../place.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { AttachmentRef } from '../request.ts';
import type { Store } from '../store/store.ts';
import { HEARING_MODEL } from '../transcripts/hearing-model.ts';
import { toCurrent, type Consent } from './consent.ts';
import type { VoicesPlan } from './plan.ts';
import type { VoiceParts } from './voice-parts.ts';
import { openVoices } from './voice-store.ts';

interface QuestionParts {
  readonly store: Pick<Store, 'records'>;
  readonly clock: Clock;
}

/** What this person was asked to read out in this channel, and still may. */
export async function findAskedConsent(
  person: Person,
  place: Place,
  { store, clock }: QuestionParts,
): Promise<Consent | undefined> {
  const found = await openVoices(store).findQuestion(person, place);
  const current = found && toCurrent(found, clock.now());
  return current?.state === 'asked' || current?.state === 'heard' ? current : undefined;
}

/** Throws `UserError` where nothing was asked, or somebody else, or nothing is attached. */
export async function giveConsent(
  { name, recordings }: Omit<Extract<VoicesPlan, { kind: 'give-consent' }>, 'kind'>,
  invocation: Invocation,
  parts: VoiceParts,
): Promise<Outcome> {
  const consent = await findMeant(name, invocation, parts);
  const [recording, ...others] = recordings;
  if (!recording) {
    throw new UserError(
      'Attach a recording in which you read the sentence out, or answer with a voice note.',
    );
  }
  if (others.length > 0) throw new UserError('One recording, please: of the whole sentence.');
  return { kind: 'make', request: toRequest(consent, recording) };
}

/** Without a hint at what is expected: the model must hear it by itself. */
function toRequest({ voice }: Consent, recording: AttachmentRef) {
  return {
    model: HEARING_MODEL,
    prompt: '',
    files: [{ ...recording, option: undefined }],
    options: {},
    voice: { id: voice, role: 'consents' as const },
  };
}

async function findMeant(
  name: string | undefined,
  { person, place }: Invocation,
  parts: VoiceParts,
): Promise<Consent> {
  if (name === undefined) {
    const asked = await findAskedConsent(person, place, parts);
    if (asked) return asked;
    throw new UserError(
      'There is no sentence here for you to read out. /voices clone and a name asks for one.',
    );
  }
  const voices = openVoices(parts.store);
  const voice = await voices.findNamed(name, place);
  const consent = voice && (await voices.readConsent(voice.id));
  if (!voice || !consent) throw new UserError(`Nobody’s consent for “${name}” is asked for here.`);
  if (voice.owner.id !== person.id) {
    throw new UserError(`Only ${voice.owner.name} can consent to that, in their own voice.`);
  }
  const current = toCurrent(consent, parts.clock.now());
  if (current.state === 'asked' || current.state === 'heard') return current;
  throw new UserError(
    `There is no sentence to read out for “${name}” any more. Ask for a new one: /voices clone ${name}.`,
  );
}
