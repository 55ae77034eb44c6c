/** Takes back a consent, or takes away a voice: what is on its way with it ends at once. */
import { UserError } from '../errors.ts';
import { line, message, note, type Block } from '../message.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Person } from '../place.ts';
import type { Invocation } from '../platforms/platform.ts';
import { toCurrent, withdraw } from './consent.ts';
import { dropSample } from './keep-recording.ts';
import { stopSpeaking } from './stop-speaking.ts';
import type { Voice } from './voice.ts';
import type { VoiceParts } from './voice-parts.ts';
import { openVoices } from './voice-store.ts';

/** By its owner, or a moderator. Throws `UserError` for anybody else. */
export async function revokeConsent(
  name: string,
  invocation: Invocation,
  parts: VoiceParts,
): Promise<Outcome> {
  const voice = await findOwn(name, invocation, parts);
  const { person } = invocation;
  const turn = await openVoices(parts.store).turn(voice.id, (consent) =>
    withdraw(consent, person, parts.clock.now()),
  );
  if (!turn) {
    throw new UserError(
      `“${voice.name}” was designed and is nobody’s voice. To take it away: /voices delete ${voice.name}.`,
    );
  }
  if (!turn.ok) throw new UserError(`There is no consent for “${voice.name}” to revoke any more.`);
  await silence(voice, parts);
  return say(
    message(
      line({ kind: 'strong', text: 'Revoked' }, `: “${voice.name}” no longer speaks.`),
      line('Its recording is deleted, and whatever was on its way with it is stopped.'),
      ...tellOfCopy(voice),
    ),
  );
}

/** By its owner, or a moderator. Throws `UserError` for anybody else. */
export async function deleteVoice(
  name: string,
  invocation: Invocation,
  parts: VoiceParts,
): Promise<Outcome> {
  const voice = await findOwn(name, invocation, parts);
  await endVoice(voice, invocation.person, parts);
  return say(message(line(`The voice “${voice.name}” is deleted.`), ...tellOfCopy(voice)));
}

/** What is known of it stays, so that MiniMax's name for it opens no back door. */
export async function endVoice(voice: Voice, by: Person, parts: VoiceParts): Promise<void> {
  const voices = openVoices(parts.store);
  const now = parts.clock.now();
  await voices.change(voice.id, (current) => ({ ...current, deletedAt: now }));
  await voices.turn(voice.id, (consent) => withdraw(consent, by, now));
  await voices.freeName(voice);
  await silence(voice, parts);
}

/** Once nothing passes the gate any more. */
async function silence(voice: Voice, parts: VoiceParts): Promise<void> {
  await forgetSample(voice, parts);
  const why = voice.kind === 'cloned' ? 'the consent for it was revoked' : 'it was deleted';
  await stopSpeaking(voice, `“${voice.name}” may no longer speak: ${why}.`, parts);
}

/** Where a consent has ended by itself, its recording goes when somebody looks. */
export async function forgetEnded(voice: Voice, parts: VoiceParts): Promise<void> {
  const consent = await openVoices(parts.store).readConsent(voice.id);
  const isOver = consent && toCurrent(consent, parts.clock.now()).state === 'expired';
  if (isOver && voice.sample) await forgetSample(voice, parts);
}

async function forgetSample({ id }: Voice, parts: VoiceParts): Promise<void> {
  await openVoices(parts.store).change(id, (voice) => ({ ...voice, sample: undefined }));
  await dropSample({ id }, parts);
}

async function findOwn(
  name: string,
  invocation: Invocation,
  { store }: VoiceParts,
): Promise<Voice> {
  const voice = await openVoices(store).findNamed(name, invocation.place);
  if (!voice) throw new UserError(`There is no voice called “${name}” here. /voices lists them.`);
  if (voice.owner.id === invocation.person.id || (await invocation.isModerator())) return voice;
  throw new UserError(`Only ${voice.owner.name}, or a moderator, can do that.`);
}

function tellOfCopy({ maker, customId }: Voice): readonly Block[] {
  if (maker !== 'minimax' || customId === undefined) return [];
  return [
    note(
      'MiniMax keeps its copy until it has not spoken for 7 days: fal has no way to delete it. Easel sends it nothing any more.',
    ),
  ];
}
