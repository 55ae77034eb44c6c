/**
 * The law of voices: nothing is sent to a model that speaks with a voice of Easel's own, or imitates
 * one, without the live consent of its owner; nor is what came of it delivered.
 */
import { UserError } from '../errors.ts';
import type { Job } from '../jobs/job.ts';
import type { JobParts } from '../jobs/job-parts.ts';
import { findEndpoint } from '../jobs/known-endpoint.ts';
import type { GivenFile, ModelInput } from '../models/model.ts';
import type { AttachmentRef } from '../request.ts';
import { OWN_VOICES } from './find-sample.ts';
import { refuseForeignSamples } from './foreign-samples.ts';
import { MAKER_FACTS } from './makers.ts';
import { assertMayUse } from './may-use.ts';
import type { Voice } from './voice.ts';
import { openVoices } from './voice-store.ts';

type GateParts = Pick<JobParts, 'store' | 'clock' | 'models'>;

export interface SpeechCall {
  readonly job: Job;
  readonly exact: ModelInput;
  /** What the request's files became, in their order. */
  readonly files: readonly GivenFile[];
}

/** MiniMax's own voices have names; what ends in a long number was made by somebody. */
const MADE_ID = /\d{6,}|[\da-f]{10,}/iu;
const STOCK_ID = /^moss_audio/iu;
const MINIMAX_SPEECH = /^fal-ai\/minimax\/(?:preview\/)?speech/u;
const LONGEST_ID = 300;

/** Just before each submission. Throws `UserError` where it may not go out. */
export async function assertMaySpeak(
  { job, exact, files }: SpeechCall,
  parts: GateParts,
): Promise<void> {
  const endpoint = findEndpoint(job, parts.models);
  const { input } = exact;
  const refs = job.request.files;
  if (endpoint) refuseForeignSamples({ endpoint, input, refs, files });
  const names = listNames(input);
  const voices = await assertVoices(job, names, parts);
  assertFitting(job.request, exact.endpoint, voices);
  if (job.request.voice?.role === 'makes') assertNotMade(voices);
  if (MINIMAX_SPEECH.test(exact.endpoint)) assertKnown(names, voices);
}

/** Before a result is posted: the consent may have ended since. */
export async function assertMayDeliver(job: Job, parts: Pick<GateParts, 'store' | 'clock'>) {
  await assertVoices(job, listNames(job.request.options), parts);
}

/** Those that a request speaks with, makes or hands to a model, by whichever name. */
export async function findVoices(
  { request }: Pick<Job, 'request'>,
  names: readonly FieldText[],
  { store }: Pick<GateParts, 'store'>,
): Promise<readonly Voice[]> {
  const voices = openVoices(store);
  const { voice, files } = request;
  const ids = [
    ...(voice && voice.role !== 'consents' ? [voice.id] : []),
    ...files.filter(isOwnSample).map(({ id }) => id),
  ];
  const found = await Promise.all([
    ...ids.map((id) => voices.read(id).then((one) => one ?? refuseUnknown())),
    ...names.map(({ text }) => voices.findCustomId(text)),
  ]);
  const known = found.flatMap((one) => one ?? []);
  return [...new Map(known.map((one) => [one.id, one])).values()];
}

/** Every text inside of a value that may be the name of a voice, with the field that holds it. */
export function listNames(value: unknown, field = ''): readonly FieldText[] {
  if (typeof value === 'string') {
    const text = value.trim();
    return text === '' || text.length > LONGEST_ID || /\s/u.test(text) ? [] : [{ field, text }];
  }
  if (Array.isArray(value)) return value.flatMap((one) => listNames(one, field));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => listNames(inner, name));
}

export interface FieldText {
  readonly field: string;
  readonly text: string;
}

async function assertVoices(
  job: Job,
  names: readonly FieldText[],
  parts: Pick<GateParts, 'store' | 'clock'>,
): Promise<readonly Voice[]> {
  const voices = await findVoices(job, names, parts);
  for (const voice of voices) {
    const consent = await openVoices(parts.store).readConsent(voice.id);
    assertMayUse({ voice, consent, asker: job }, parts.clock.now());
  }
  return voices;
}

/** A sample goes to what speaks with it; elsewhere another voice would come of it that nobody knows. */
function assertFitting(
  { files, voice }: Job['request'],
  endpoint: string,
  voices: readonly Voice[],
): void {
  if (voice?.role === 'makes') return;
  const given = new Set(files.filter(isOwnSample).map(({ id }) => id));
  const stray = voices.find(
    ({ id, maker }) => given.has(id) && !MAKER_FACTS[maker].speaks.test(endpoint),
  );
  if (!stray) return;
  throw new UserError(
    `Another voice cannot be made of “${stray.name}”. /voices clone makes new ones.`,
  );
}

function isOwnSample({ platform }: AttachmentRef): boolean {
  return platform === OWN_VOICES;
}

/** Pressing “Again” on a making would pay for a second one. */
function assertNotMade(voices: readonly Voice[]): void {
  const made = voices.find(({ madeAt }) => madeAt);
  if (made) throw new UserError(`“${made.name}” is made already: /voices try ${made.name}.`);
}

/** A voice that was made elsewhere may be anybody's. */
function assertKnown(names: readonly FieldText[], voices: readonly Voice[]): void {
  const known = new Set(voices.map(({ customId }) => customId?.toLowerCase()));
  const isForeign = ({ field, text }: FieldText) =>
    field.includes('voice') &&
    MADE_ID.test(text) &&
    !STOCK_ID.test(text) &&
    !known.has(text.toLowerCase());
  if (!names.some(isForeign)) return;
  throw new UserError(
    'That voice was not made here, so nobody’s consent for it is known. /voices clone makes one with consent.',
  );
}

function refuseUnknown(): never {
  throw new UserError('There is no such voice any more.');
}
