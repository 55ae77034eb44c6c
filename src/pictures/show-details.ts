/** Finds the result that somebody wants to know about, and says what is known of it. */
import { UserError } from '../errors.ts';
import type { JobIn } from '../jobs/job.ts';
import type { Message } from '../message.ts';
import type { Invocation } from '../platforms/platform.ts';
import { describeResult } from './describe-result.ts';
import { findNewest, findSubject, pickOne, readResult, type MeantPicture } from './find-subject.ts';
import { maySee } from './may-see.ts';
import { readForeign } from './read-foreign.ts';
import { say, type Outcome } from '../outcome.ts';
import { parseTarget } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';
import type { Subject } from './subject.ts';
import { wordClaim } from './word-claim.ts';

export async function showDetails(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  if (subject.job !== undefined) {
    const { job: id, number } = parseTarget(subject.job);
    const seen = await readFromElsewhere(subject.job, invocation, parts);
    const job = seen ?? (await readResult(id, invocation, parts));
    return say(await describeResult({ job, number }, invocation, parts));
  }
  const { by, pictures } = await findSubject(subject, invocation, parts);
  const meant = by === 'nothing' ? undefined : pickOne(pictures, subject.number);
  if (by !== 'nothing' && !meant) throw new UserError('There is no picture in that message.');
  return say(await describeMeant(meant, invocation, parts));
}

/** Whoever made or saved a picture may read on about it anywhere, though not touch it. */
async function readFromElsewhere(
  target: string,
  invocation: Invocation,
  { store }: PictureParts,
): Promise<JobIn<'delivered'> | undefined> {
  const picture = await store.pictures.read(target);
  if (!picture || !(await maySee(picture, invocation, store))) return undefined;
  const job = await store.jobs.read(picture.job);
  return job?.state === 'delivered' ? job : undefined;
}

async function describeMeant(
  meant: MeantPicture | undefined,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Message> {
  const own = meant ? meant.own : await findNewest(invocation, parts);
  if (!own && meant) {
    const foreign = await readForeign(meant.ref, invocation, parts);
    if (foreign.kind === 'claimed') return wordClaim(foreign.recipe, parts);
    return describeResult(foreign, invocation, parts);
  }
  if (!own || own.origin === 'given') {
    throw new UserError('That picture is not one of Easel’s own, so nothing more is known of it.');
  }
  const job = await readResult(own.job, invocation, parts);
  return describeResult({ job, number: own.number }, invocation, parts);
}
