/** A recording that is said to Easel: a wish, once its words are known. */
import { UserError } from '../errors.ts';
import { DEFAULT_MODEL } from '../models/default-model.ts';
import type { Outcome } from '../outcome.ts';
import type { AnsweredMessage, Invocation } from '../platforms/platform.ts';
import { askWhich } from '../pictures/edit-pictures.ts';
import { findSubject, readResult } from '../pictures/find-subject.ts';
import { onceBy } from '../pictures/make-again.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import type { AttachmentRef } from '../request.ts';
import { findAskedConsent, giveConsent } from '../voices/give-consent.ts';
import { isRecording, toPlainFiles } from './find-recordings.ts';
import type { MeantMessage } from './plan.ts';
import { toHearing } from './transcribe.ts';

interface HearingWish {
  readonly subject: MeantMessage;
  readonly recordings: readonly AttachmentRef[];
  readonly isPrompt: boolean;
}

/**
 * In answer to pictures it says what shall change, in answer to anything else it is written down, and
 * by itself it says what shall be made. Throws `UserError` where nothing can be heard.
 */
export async function hear(
  { subject, recordings, isPrompt }: HearingWish,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  if (isPrompt) return makePrompt(subject, invocation, parts);
  const spoken = toPlainFiles(recordings.filter(isRecording));
  const others = toPlainFiles(recordings.filter((file) => !isRecording(file)));
  if (spoken.length === 0) throw new UserError('There is nothing to listen to.');
  const { by, pictures } = await findSubject({}, invocation, parts);
  const { person, place } = invocation;
  if (pictures.length === 0 && (await findAskedConsent(person, place, parts))) {
    return giveConsent({ name: undefined, recordings: spoken }, invocation, parts);
  }
  const request = await toHearing(spoken, place, parts);
  const shown = [...pictures.map(({ ref }) => ref), ...others];
  if (shown.length === 0 && by === 'answer') return { kind: 'make', request };
  const wish = { model: DEFAULT_MODEL, options: {} };
  if (pictures.length < 2) {
    return { kind: 'make', request: { ...request, spoken: { ...wish, files: [...shown] } } };
  }
  const draft = { ...request, spoken: { ...wish, files: [...others] } };
  return askWhich(
    pictures.map(({ ref }) => ref),
    draft,
    invocation,
    parts,
  );
}

/** The words of a transcript are known; those of a recording are heard first. */
async function makePrompt(
  { job }: MeantMessage,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  if (job !== undefined) {
    const { result } = await readResult(job, invocation, parts);
    return { ...draw(result.text ?? ''), ...onceBy('use-as-prompt', { job }, invocation) };
  }
  const answered = await invocation.readAnswered();
  if (answered && answered.recordings.length > 0) return hearPrompt(answered, invocation, parts);
  return draw(answered?.text ?? '');
}

async function hearPrompt(
  { recordings }: AnsweredMessage,
  { place }: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const request = await toHearing(recordings, place, parts);
  const spoken = { model: DEFAULT_MODEL, files: [], options: {} };
  return { kind: 'make', request: { ...request, spoken } };
}

function draw(words: string): Extract<Outcome, { kind: 'make' }> {
  const prompt = words.trim();
  if (prompt === '') throw new UserError('That message has neither a recording nor words.');
  return { kind: 'make', request: { model: DEFAULT_MODEL, prompt, files: [], options: {} } };
}
