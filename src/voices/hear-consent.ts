/** What becomes of a reading once it is written down: a consent, another try, or a refusal. */
import { cutText } from '../cut-text.ts';
import { UserError } from '../errors.ts';
import type { JobIn, JobResult } from '../jobs/job.ts';
import { toNextId } from '../pictures/replay.ts';
import type { GenerationRequest } from '../request.ts';
import {
  give,
  hear,
  MOST_TRIES,
  reject,
  type Consent,
  type ConsentIn,
  type Turn,
} from './consent.ts';
import { dropRecording, dropSample, keepRecording } from './keep-recording.ts';
import { MAKER_FACTS } from './makers.ts';
import { matchSentence } from './match-sentence.ts';
import { toSampleRef } from './find-sample.ts';
import type { Sample, Voice } from './voice.ts';
import type { VoiceParts } from './voice-parts.ts';
import { openVoices } from './voice-store.ts';
import { wordDay, wordScope } from './word-voice.ts';

/** Of what was heard instead, this much is told. */
const QUOTE_LENGTH = 300;

type HearParts = Pick<VoiceParts, 'store' | 'clock' | 'dataFolder'>;
type Heard = JobIn<'fetched'>;

/**
 * Compares the reading. What is to be told of it takes the transcript's place in the result; every other
 * job's stays as it is. Repeating it, after a crash, counts nothing twice.
 */
export async function hearConsent(job: Heard, parts: HearParts): Promise<JobResult> {
  const asked = await readAsked(job, parts);
  if (!asked) return job.result;
  return { ...job.result, files: [], text: await answer(asked, job, parts) };
}

async function answer(asked: Asked, job: Heard, parts: HearParts): Promise<string> {
  const { voice, consent } = asked;
  if (voice.deletedAt || consent.person.id !== job.person.id) return refuse(job, parts);
  if (isSettled(consent, job)) return tell(consent, voice);
  const settled = await settle(asked, job, parts);
  return settled?.ok ? tell(settled.consent, voice) : refuse(job, parts, settled?.reason);
}

/** A voice that MiniMax has yet to make is made next, under an id that follows from the reading's. */
export async function nextOfConsent(
  job: JobIn<'delivered'>,
  parts: Pick<VoiceParts, 'store'>,
): Promise<NextJob | undefined> {
  const asked = await readAsked(job, parts);
  if (!asked) return undefined;
  const { voice, consent } = asked;
  const isTheirs = consent.state === 'given' && consent.reading.job === job.id;
  if (!isTheirs || voice.maker !== 'minimax' || voice.madeAt) return undefined;
  const request = toCloning(voice);
  return request && { id: toNextId(job.id), invocationId: `${job.invocationId}>`, request };
}

interface NextJob {
  readonly id: string;
  readonly invocationId: string;
  readonly request: GenerationRequest;
}

/** Undefined where its recording is gone: it was revoked since. */
function toCloning(voice: Voice): GenerationRequest | undefined {
  const ref = toSampleRef(voice, 'audio_url');
  return (
    ref && {
      model: MAKER_FACTS.minimax.cloning,
      prompt: `Hello! This is the voice called ${voice.name}, and this is how it sounds.`,
      files: [ref],
      options: {},
      asWav: true,
      voice: { id: voice.id, role: 'makes' },
    }
  );
}

interface Asked {
  readonly voice: Voice;
  readonly consent: Consent;
}

/** Undefined for jobs that hear no consent. */
async function readAsked(
  { request }: Pick<Heard, 'request'>,
  { store }: Pick<VoiceParts, 'store'>,
): Promise<Asked | undefined> {
  if (request.voice?.role !== 'consents') return undefined;
  const voices = openVoices(store);
  const voice = await voices.read(request.voice.id);
  const consent = await voices.readConsent(request.voice.id);
  if (voice && consent) return { voice, consent };
  throw new UserError('That voice is no longer asked for.');
}

async function refuse(
  job: Heard,
  parts: HearParts,
  reason = 'That voice is no longer asked for.',
): Promise<string> {
  await dropRecording(job, parts);
  return reason;
}

/** Whether this very reading has been compared already. */
function isSettled(consent: Consent, { id }: Heard): boolean {
  return consent.state !== 'heard' && 'reading' in consent && consent.reading?.job === id;
}

/** Whoever says no meanwhile is heard: the steps are taken from what is stored. */
async function settle(
  { voice, consent: { sentence, words } }: Asked,
  job: Heard,
  parts: HearParts,
): Promise<Turn | undefined> {
  const voices = openVoices(parts.store);
  const transcript = job.result.text ?? '';
  const heard = await voices.turn(voice.id, (current) =>
    hear(current, { job: job.id, transcript }, job.acceptedAt),
  );
  if (!heard?.ok) return heard;
  const match = matchSentence({ text: sentence, words }, transcript);
  if (!match.isSame) {
    await dropRecording(job, parts);
    return voices.turn(voice.id, reject);
  }
  return consentWith(voice, await keepRecording(voice, job, parts), parts);
}

async function consentWith(
  { id, maker }: Voice,
  sample: Sample,
  parts: HearParts,
): Promise<Turn | undefined> {
  const voices = openVoices(parts.store);
  const now = parts.clock.now();
  const madeAt = maker === 'minimax' ? undefined : now;
  await voices.change(id, (voice) => ({ ...voice, sample, madeAt }));
  const given = await voices.turn(id, (consent) => give(consent, now));
  if (given?.ok) return given;
  await voices.change(id, (voice) => ({ ...voice, sample: undefined }));
  await dropSample({ id }, parts);
  return given;
}

function tell(consent: Consent, voice: Voice): string {
  if (consent.state === 'given') return tellGiven(consent, voice);
  const heard = 'reading' in consent ? (consent.reading?.transcript.trim() ?? '') : '';
  const match = matchSentence({ text: consent.sentence, words: consent.words }, heard);
  if (match.isSame) return 'That consent was taken back.';
  return [
    `That was not the sentence. ${match.reason}`,
    ...(heard === '' ? [] : [`This was heard: “${cutText(heard, QUOTE_LENGTH)}”`]),
    ...(consent.state === 'asked'
      ? [`Please read this out once more: “${consent.sentence}”`, wordTries(consent)]
      : [`Ask for a new sentence: /voices clone ${voice.name}`]),
  ].join('\n');
}

function wordTries({ tries }: ConsentIn<'asked'>): string {
  const left = MOST_TRIES - tries;
  return left === 1 ? 'One try is left.' : `${left} tries are left.`;
}

function tellGiven({ scope, until }: ConsentIn<'given'>, { name, owner, maker }: Voice): string {
  const speak = `/speak --voice ${name}`;
  return [
    `Consent given by ${owner.name} for the voice “${name}”. It may speak ${wordScope(scope)}, until ${wordDay(until)}.`,
    maker === 'minimax'
      ? `MiniMax makes it now. Then it speaks: ${speak}`
      : `It speaks now: ${speak}`,
    `${owner.name} can take this back at any time: /voices revoke ${name}`,
  ].join('\n');
}
