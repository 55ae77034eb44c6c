/** `/voices`: one's own and those that one may use here, with whose they are and until when. */
import { line, message, note, type Block } from '../message.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import { toCurrent, type Consent } from './consent.ts';
import { forgetEnded } from './end-voice.ts';
import { mayUse } from './may-use.ts';
import { diesAt, MAKING_MS, type Voice } from './voice.ts';
import type { VoiceParts } from './voice-parts.ts';
import { openVoices } from './voice-store.ts';
import { wordDay, wordScope } from './word-voice.ts';

/** The newest ones: every platform can say as many. */
const MOST_SHOWN = 20;

const HOW_TO = [
  note('Make one: /voices clone Anna (your own voice) or /voices design Anna --description …'),
  note('The models have voices of their own: /models minimax-speech-02-hd shows them.'),
];

export async function listVoices(invocation: Invocation, parts: VoiceParts): Promise<Outcome> {
  const entries = await readEntries(invocation, parts);
  if (entries.length === 0) return say(message(line('There are no voices here yet.'), ...HOW_TO));
  const now = parts.clock.now();
  const shown = entries.slice(-MOST_SHOWN);
  return say(
    message(
      line({ kind: 'strong', text: 'Voices' }),
      ...shown.flatMap((entry) => wordEntry(entry, now)),
      ...(shown.length < entries.length ? [note(`The newest ${MOST_SHOWN} are shown.`)] : []),
      ...HOW_TO,
    ),
  );
}

interface Entry {
  readonly voice: Voice;
  /** As it is now. */
  readonly consent: Consent | undefined;
}

async function readEntries(asker: Invocation, parts: VoiceParts): Promise<readonly Entry[]> {
  const voices = openVoices(parts.store);
  const now = parts.clock.now();
  const entries: Entry[] = [];
  for (const voice of await voices.listOf(asker.place)) {
    await forgetEnded(voice, parts);
    const found = await voices.readConsent(voice.id);
    const consent = found && toCurrent(found, now);
    const isOwn = voice.owner.id === asker.person.id;
    const isUsable = voice.madeAt !== undefined && mayUse({ voice, consent, asker }, now);
    if (isUsable || (isOwn && !isAbandoned(voice, now))) entries.push({ voice, consent });
  }
  return entries;
}

/** It should have been made long ago. */
function isAbandoned({ madeAt, begunAt }: Voice, now: Date): boolean {
  return !madeAt && now.getTime() - begunAt.getTime() > MAKING_MS;
}

function wordEntry({ voice, consent }: Entry, now: Date): readonly Block[] {
  const { name, kind, owner } = voice;
  const facts = [kind, `of ${owner.name}`, ...wordState(voice, consent)];
  const end = wordEnd(voice, now);
  return [
    line({ kind: 'strong', text: name }, ` · ${facts.join(' · ')}`),
    ...(end === undefined ? [] : [note(end)]),
  ];
}

function wordState({ madeAt, kind }: Voice, consent: Consent | undefined): readonly string[] {
  const unmade = madeAt ? [] : ['not made yet'];
  if (kind === 'designed') return [...unmade, 'for everybody in this workspace'];
  switch (consent?.state) {
    case 'given':
      return [...unmade, wordScope(consent.scope), `until ${wordDay(consent.until)}`];
    case 'asked':
    case 'heard':
      return ['waits for the sentence to be read out'];
    case 'expired':
      return [consent.wasGiven ? `consent ended on ${wordDay(consent.until)}` : 'no consent'];
    case 'revoked':
      return [`revoked on ${wordDay(consent.revokedAt)}`];
    case 'refused':
    case undefined:
      return ['no consent'];
  }
}

function wordEnd(voice: Voice, now: Date): string | undefined {
  const end = diesAt(voice);
  if (!end) return undefined;
  if (end <= now) {
    return `It said nothing for 7 days: MiniMax will have deleted it on ${wordDay(end)}.`;
  }
  return `It dies on ${wordDay(end)} unless it is used; /voices keep ${voice.name} uses it (that costs a little).`;
}
