/** “Kowalski, not Kovalsky”: puts a transcript right, and remembers how it is spelt here. */
import { UserError } from '../errors.ts';
import type { Outcome } from '../outcome.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { PictureParts } from '../pictures/picture-parts.ts';
import type { Retelling } from '../request.ts';
import { correct } from './correct.ts';
import { findNearWords } from './find-near-words.ts';
import { createGlossary } from './glossary.ts';
import { findTranscript, type MeantTranscript } from './meant-transcript.ts';
import { parseCorrection, type Correction } from './parse-correction.ts';
import { parseSpeakerNames } from './parse-speaker-names.ts';
import type { MeantMessage } from './plan.ts';
import { listSpeakers, nameSpeakers } from './speakers.ts';
import type { Transcript } from './transcript.ts';

/** Throws `UserError` for what is no correction, or where the wrong words are not there. */
export async function correctTranscript(
  subject: MeantMessage,
  words: string,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const meant = await findTranscript(subject, invocation, parts);
  return mend(meant, words, invocation, parts);
}

/** Throws `UserError` for what names nobody, or nobody who speaks. */
export async function nameTheSpeakers(
  subject: MeantMessage,
  names: string,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const meant = await findTranscript(subject, invocation, parts);
  return tellNames(meant, names) ?? refuseNames();
}

/** What somebody writes in answer to a transcript: a correction, or who the speakers are. */
export async function mend(
  meant: MeantTranscript,
  words: string,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const named = tellNames(meant, words);
  if (named) return named;
  const corrections = parseCorrection(words);
  if (!corrections) {
    throw new UserError(
      'To put a transcript right, say for example: Kowalski, not Kovalsky. To name who speaks: 1: Anna, 2: Bob.',
    );
  }
  refuseAbsent(meant.transcript, corrections);
  await createGlossary(parts.store.records('glossary')).add(
    invocation.place,
    corrections.map(({ right }) => right),
    invocation.person,
    parts.clock.now(),
  );
  return tellAgain(meant, { corrections: [...corrections], names: [] });
}

function tellNames(meant: MeantTranscript, words: string): Outcome | undefined {
  const names = parseSpeakerNames(words);
  if (!names) return undefined;
  const { unknown } = nameSpeakers(meant.transcript, names);
  if (unknown.length > 0) throw new UserError(wordUnknown(meant.transcript, unknown));
  return tellAgain(meant, { corrections: [], names: [...names] });
}

function wordUnknown(transcript: Transcript, [unknown]: readonly number[]): string {
  const { length } = listSpeakers(transcript);
  if (length === 0) {
    return 'The speakers were not told apart in this transcript: ask for it again with --speakers.';
  }
  return `There is no speaker ${unknown}: choose a number from 1 to ${length}.`;
}

function refuseNames(): never {
  throw new UserError('Say who is who, such as: 1: Anna, 2: Bob.');
}

function refuseAbsent(transcript: Transcript, corrections: readonly Correction[]): void {
  const { places } = correct(transcript, corrections);
  const absent = corrections.find((_, at) => places[at] === 0);
  if (!absent) return;
  const near = findNearWords(transcript, absent.wrong);
  if (near.includes(absent.right)) {
    throw new UserError(`That transcript says “${absent.right}” already.`);
  }
  const words = near.map((word) => `“${word}”`).join(' or ');
  const hint = words === '' ? '' : ` Did you mean ${words}?`;
  throw new UserError(`“${absent.wrong}” is not in that transcript.${hint}`);
}

function tellAgain({ job }: MeantTranscript, change: Omit<Retelling, 'job'>): Outcome {
  const { model, options } = job.request;
  const retells = { job: job.id, ...change };
  return { kind: 'make', request: { model, prompt: '', files: [], options, retells } };
}
