/** What the buttons of a result make of it: the same anew, other words, a variation, a larger one. */
import { UserError } from '../errors.ts';
import type { JobIn } from '../jobs/job.ts';
import { DEFAULT_MODEL } from '../models/default-model.ts';
import { findKnown } from '../models/find-known.ts';
import type { Models } from '../models/model.ts';
import { takesMedia } from '../models/request/place-files.ts';
import { withoutSeed } from '../models/request/option-names.ts';
import { line, message, type Button } from '../message.ts';
import type { Invocation } from '../platforms/platform.ts';
import type { GenerationRequest } from '../request.ts';
import {
  findNewest,
  findOwn,
  findSubject,
  meanOwn,
  readResult,
  type MeantPicture,
} from './find-subject.ts';
import { say, type Once, type Outcome } from '../outcome.ts';
import { parseTarget } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';
import type { Subject } from './subject.ts';

const VARY =
  'Make a variation of this picture: the same subject, style and mood, seen and composed differently.';

export async function makeAgain(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const job = await readJob(subject, invocation, parts);
  const request = toRepeated(job.request);
  return {
    kind: 'make',
    request: { ...request, options: withoutSeed(request.options) },
    ...onceBy('again', subject, invocation),
  };
}

/** With the seed that it had: the words are all that changes. */
export async function remix(
  subject: Subject,
  prompt: string,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const { request } = await readJob(subject, invocation, parts);
  return { kind: 'make', request: { ...toRepeated(request), prompt } };
}

export async function vary(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  return onOne('vary', subject, { invocation, parts }, ({ ref, own }) => ({
    model: own && canEdit(own.model, parts.models) ? own.model : DEFAULT_MODEL,
    prompt: own && own.prompt !== '' ? `${VARY} It was made from these words: ${own.prompt}` : VARY,
    files: [ref],
    options: {},
  }));
}

/** Throws `UserError` where the operator allows no model for it. */
export async function upscale(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const model = findKnown(parts.upscaleModel, parts.models);
  if (!model) {
    throw new UserError(
      `Making pictures larger needs the model ${parts.upscaleModel}, which may not be used here. Whoever runs Easel can allow it, or name another one.`,
    );
  }
  return onOne('upscale', subject, { invocation, parts }, ({ ref }) => ({
    model: model.name,
    prompt: '',
    files: [ref],
    options: {},
  }));
}

/** The job behind a button, a link or an answered message. */
export async function readJob(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<JobIn<'delivered'>> {
  if (subject.job !== undefined) return readResult(parseTarget(subject.job).job, invocation, parts);
  const { job } = await findOwn(subject, invocation, parts);
  return readResult(job, invocation, parts);
}

/** A button says the same thing twice when it is pressed twice. */
export function onceBy(
  what: string,
  { job, number }: Subject,
  { person }: Invocation,
): { once?: Once } {
  if (job === undefined) return {};
  return { once: { key: `press:${what}:${job}:${number ?? ''}:${person.id}`, until: 'over' } };
}

/** Whether a model works from pictures at all. */
function canEdit(model: string, models: Models): boolean {
  return findKnown(model, models)?.endpoints.some((one) => takesMedia(one, 'image')) === true;
}

interface Wishing {
  readonly invocation: Invocation;
  readonly parts: PictureParts;
}

async function onOne(
  command: 'vary' | 'upscale',
  subject: Subject,
  { invocation, parts }: Wishing,
  toRequest: (picture: MeantPicture) => GenerationRequest,
): Promise<Outcome> {
  const { by, pictures } = await findSubject(subject, invocation, parts);
  if (by === 'nothing') {
    const newest = await findNewest(invocation, parts);
    return { kind: 'make', request: toRequest(meanOwn(newest)) };
  }
  const [first, ...others] = pictures;
  if (!first) throw new UserError('There is no picture in that message.');
  const picked = subject.number === undefined ? undefined : pictures[subject.number - 1];
  if (!picked && others.length > 0) return askWhich(command, pictures);
  const picture = picked ?? first;
  const about = { ...subject, job: picture.own?.id ?? subject.job };
  return { kind: 'make', request: toRequest(picture), ...onceBy(command, about, invocation) };
}

/** Each number is the same command about one picture. Only Easel's own pictures have an id to name. */
function askWhich(command: string, pictures: readonly MeantPicture[]): Outcome {
  const buttons = pictures.flatMap(({ own }, at): readonly Button[] =>
    own ? [{ label: String(at + 1), style: 'secondary', command, job: own.id }] : [],
  );
  if (buttons.length === 0) {
    throw new UserError(`There are ${pictures.length} pictures: say which with --number.`);
  }
  return say({ ...message(line({ kind: 'strong', text: 'Which picture?' })), buttons });
}

/** What comes after it, or that it was only shown again, is not part of what is repeated. */
function toRepeated(request: GenerationRequest): GenerationRequest {
  const { steps: _steps, shows: _shows, stretch: _stretch, ...repeated } = request;
  return repeated;
}
