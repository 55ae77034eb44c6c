/** A voice that is going to be made takes its name, where nobody has it. */
import { randomUUID } from 'node:crypto';
import { UserError } from '../errors.ts';
import type { Invocation } from '../platforms/platform.ts';
import { toCurrent } from './consent.ts';
import { endVoice } from './end-voice.ts';
import { MAKING_MS, type Voice } from './voice.ts';
import type { VoiceParts } from './voice-parts.ts';
import { openVoices } from './voice-store.ts';

export type NewVoice = Pick<Voice, 'name' | 'kind' | 'maker' | 'description'>;

/** Throws `UserError` where another voice has the name. */
export async function beginVoice(
  wanted: NewVoice,
  { person, place }: Pick<Invocation, 'person' | 'place'>,
  parts: VoiceParts,
): Promise<Voice> {
  const voices = openVoices(parts.store);
  const before = await voices.findNamed(wanted.name, place);
  if (before) {
    await refuseTaken(before, person.id, parts);
    await endVoice(before, person, parts);
  }
  const voice = { ...wanted, id: randomUUID(), owner: person, place, begunAt: parts.clock.now() };
  await voices.add(voice);
  if (await voices.claimName(voice)) return voice;
  throw new UserError(`Somebody has just taken the name “${wanted.name}”. Choose another one.`);
}

/** What is not made, or may no longer speak, makes room: for its owner at once. */
async function refuseTaken(
  voice: Voice,
  person: string,
  { store, clock }: VoiceParts,
): Promise<void> {
  const { name, owner, madeAt, begunAt, kind } = voice;
  const now = clock.now();
  const isOwn = owner.id === person;
  if (!madeAt) {
    if (isOwn || now.getTime() - begunAt.getTime() > MAKING_MS) return;
    throw new UserError(`${owner.name} is making a voice called “${name}” just now.`);
  }
  const consent = await openVoices(store).readConsent(voice.id);
  const isOver = kind === 'cloned' && (!consent || toCurrent(consent, now).state !== 'given');
  if (isOwn && isOver) return;
  throw new UserError(
    `There is a voice called “${name}” already, of ${owner.name}. Choose another name, or delete it first: /voices delete ${name}.`,
  );
}
