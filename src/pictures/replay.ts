/** The steps that led to a picture, taken once more: on another picture, or with another model. */
import { createHash } from 'node:crypto';
import { UserError } from '../errors.ts';
import type { Job, JobIn } from '../jobs/job.ts';
import type { JobParts } from '../jobs/job-parts.ts';
import { findNeutral } from '../models/request/option-names.ts';
import type { Asker, Invocation } from '../platforms/platform.ts';
import { prepareRequest } from '../jobs/prepare-request.ts';
import {
  SOME_PICTURE,
  type AttachmentRef,
  type GenerationRequest,
  type RequestOptions,
  type Step,
} from '../request.ts';
import { findOwn, findSubject, pickOne, toOwnRef } from './find-subject.ts';
import { maySee } from './may-see.ts';
import type { Outcome } from '../outcome.ts';
import { toPictureId, type Picture } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';
import type { Subject } from './subject.ts';

/** Longer chains would be a fortune at one press. */
const MOST_STEPS = 20;

interface ReplayWish {
  readonly subject: Subject;
  readonly onto: { readonly link: string | undefined; readonly files: readonly AttachmentRef[] };
  readonly model: string | undefined;
}

/** Throws `UserError` where there are no steps, or nothing to take them on. */
export async function replay(
  { subject, onto, model }: ReplayWish,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const picture = await findOwn(subject, invocation, parts);
  const line = await readLine(picture, invocation, parts);
  const all = (await readSteps(line, parts)).map((step) => toStepOf(step, model));
  const given = await findOnto(onto, invocation, parts);
  if (!given && model === undefined) {
    throw new UserError(
      'On which picture? Attach one or give a link to its message; or name another model.',
    );
  }
  const root = line[0];
  const start = given ?? (root && (await readRoot(root, model, parts)));
  if (!start) throw new UserError('The picture that it began with is no longer here.');
  for (const step of all) prepareRequest(toRequest(step, SOME_PICTURE), parts.models);
  const [first, ...steps] = all;
  if ('request' in start) return { kind: 'make', request: { ...start.request, steps: all } };
  if (!first)
    throw new UserError('That picture was made at once: there are no steps to take again.');
  return { kind: 'make', request: { ...toRequest(first, start.ref), steps } };
}

/** The step that follows a finished one, on the picture that it made. */
export function toNextStep(job: JobIn<'delivered'>): GenerationRequest | undefined {
  const [next, ...steps] = job.request.steps ?? [];
  if (!next) return undefined;
  const picture = { ...SOME_PICTURE, id: toPictureId(job.id, next.take) };
  return { ...toRequest(next, picture), steps };
}

export function toNextId(job: string): string {
  return createHash('sha256').update(`${job}:next`).digest('hex').slice(0, 32);
}

/** From the oldest picture that it came from, as far as this person may see them, to itself. */
async function readLine(
  picture: Picture,
  asker: Asker,
  { store }: JobParts,
): Promise<readonly Picture[]> {
  const line: Picture[] = [];
  let older: Picture | undefined = picture;
  while (older && line.length <= MOST_STEPS) {
    line.unshift(older);
    const [id]: readonly string[] = older.parents;
    const parent: Picture | undefined =
      id === undefined ? undefined : await store.pictures.read(id);
    older = parent && (await maySee(parent, asker, store)) ? parent : undefined;
  }
  return line;
}

interface PastStep {
  readonly job: Job;
  /** The picture that it was done to. */
  readonly from: Picture;
}

async function readSteps(line: readonly Picture[], { store }: JobParts): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const [at, picture] of line.entries()) {
    const from = line[at - 1];
    const job = await store.jobs.read(picture.job);
    if (from && job && picture.origin === 'made') steps.push(toStep({ job, from }));
  }
  return steps;
}

function toStep({ job, from }: PastStep): Step {
  const { model, prompt, files, options } = job.request;
  const at = files.findIndex(
    ({ id }, place) => id === from.id || from.id === `${job.id}.g${place + 1}`,
  );
  return {
    model,
    prompt,
    options,
    files: files.toSpliced(Math.max(at, 0), 1),
    at: Math.max(at, 0),
    take: from.origin === 'made' ? from.number : 1,
  };
}

/** What only the old model knows means nothing to another one. */
function toStepOf(step: Step, model: string | undefined): Step {
  return model === undefined ? step : { ...step, model, options: toNeutral(step.options) };
}

function toNeutral(options: RequestOptions): RequestOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => findNeutral(name) === name));
}

async function findOnto(
  { link, files }: ReplayWish['onto'],
  invocation: Invocation,
  parts: PictureParts,
): Promise<{ ref: AttachmentRef } | undefined> {
  const [attached] = files;
  if (attached) return { ref: attached };
  if (link === undefined) return undefined;
  const { pictures } = await findSubject({ link }, invocation, parts);
  const picked = pickOne(pictures, undefined);
  if (picked) return { ref: picked.ref };
  throw new UserError('There is no picture in that message.');
}

/** With another model a picture made from words alone is made anew; a given one stays. */
async function readRoot(
  root: Picture,
  model: string | undefined,
  { store }: JobParts,
): Promise<{ ref: AttachmentRef } | { request: GenerationRequest } | undefined> {
  if (root.origin === 'given') return { ref: toOwnRef(root) };
  const job = await store.jobs.read(root.job);
  if (!job) return undefined;
  const { prompt, files, options } = job.request;
  return {
    request: { model: model ?? job.request.model, prompt, files, options: toNeutral(options) },
  };
}

function toRequest(
  { model, prompt, files, options, at }: Step,
  picture: AttachmentRef,
): GenerationRequest {
  return { model, prompt, options, files: files.toSpliced(at, 0, picture) };
}
