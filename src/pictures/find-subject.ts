/** Finds the pictures that a wish is about: by button, by link, by the message that is answered. */
import { UserError } from '../errors.ts';
import type { JobIn } from '../jobs/job.ts';
import { stem } from '../jobs/record-pictures.ts';
import { isSameChannel } from '../place.ts';
import type { AnsweredMessage, Asker, Invocation } from '../platforms/platform.ts';
import { OWN_PICTURES, type AttachmentRef } from '../request.ts';
import { isGiven, parseTarget, type Picture } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';
import type { Subject } from './subject.ts';

/** A picture as it can go into a request, and what is remembered of it where it is Easel's own. */
export interface MeantPicture {
  readonly ref: AttachmentRef;
  readonly own: Picture | undefined;
}

export interface FoundSubject {
  /** Where nothing says which message is meant, nothing is; the newest own picture may be. */
  readonly by: 'button' | 'link' | 'answer' | 'nothing';
  /** All pictures of the message or the job, in the order in which they are shown. */
  readonly pictures: readonly MeantPicture[];
}

/** Throws `UserError` for what is gone, is elsewhere or may not be seen. */
export async function findSubject(
  { job, link }: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<FoundSubject> {
  if (job !== undefined)
    return { by: 'button', pictures: await readTarget(job, invocation, parts) };
  if (link !== undefined) {
    const linked = await parts.platforms
      .get(invocation.place.platform)
      ?.readLinked(link, invocation);
    if (!linked)
      throw new UserError('That is no link to a message here. Copy one from a message’s menu.');
    return { by: 'link', pictures: await toMeant(linked, parts) };
  }
  const answered = await invocation.readAnswered();
  if (!answered) return { by: 'nothing', pictures: [] };
  return { by: 'answer', pictures: await toMeant(answered, parts) };
}

/** The person's newest picture here, for wishes that name none. Throws `UserError` without one. */
export async function findNewest(
  { person, place }: Asker,
  { store }: PictureParts,
): Promise<Picture> {
  const newest = await store.pictures.newest(person.id, place);
  if (newest) return newest;
  throw new UserError(
    'Which picture? Reply to one, attach one, or use “Edit picture” in a message’s menu.',
  );
}

/** One picture that Easel itself made or was given. Throws `UserError` where it is another's. */
export async function findOwn(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Picture> {
  const { by, pictures } = await findSubject(subject, invocation, parts);
  if (by === 'nothing') return findNewest(invocation, parts);
  const meant = pickOne(pictures, subject.number)?.own;
  if (meant) return meant;
  throw new UserError('That picture is not one of Easel’s own, so nothing more is known of it.');
}

/** The first one where no number is given. Throws `UserError` for a number that there is not. */
export function pickOne<Item>(
  pictures: readonly Item[],
  number: number | undefined,
): Item | undefined {
  const picked = pictures[(number ?? 1) - 1];
  if (picked !== undefined || number === undefined) return picked;
  throw new UserError(
    pictures.length === 1
      ? 'There is one picture only.'
      : `There are ${pictures.length} pictures: choose a number from 1 to ${pictures.length}.`,
  );
}

export function meanOwn(own: Picture): MeantPicture {
  return { own, ref: toOwnRef(own) };
}

export function toOwnRef({ id, fileName, contentType, bytes }: Picture): AttachmentRef {
  return { platform: OWN_PICTURES, id, fileName, claimedType: contentType, bytes, url: '' };
}

/**
 * A finished job that may be spoken about here: buttons show its id to everybody, and do nothing once
 * they are carried into another channel.
 */
export async function readResult(
  id: string,
  asker: Asker,
  { store }: Pick<PictureParts, 'store'>,
): Promise<JobIn<'delivered'>> {
  const job = await store.jobs.read(id);
  if (!job || !isSameChannel(job.place, asker.place))
    throw new UserError('There is no such result here.');
  if (job.state !== 'delivered') throw new UserError('That one is not done yet.');
  return job;
}

/** The pictures that a button is about. Throws `UserError` where there are none, or not here. */
export async function readTarget(
  target: string,
  asker: Asker,
  parts: PictureParts,
): Promise<readonly MeantPicture[]> {
  if (isGiven(target)) return [await readGiven(target, asker, parts)];
  const { job, number } = parseTarget(target);
  await readResult(job, asker, parts);
  const made = await parts.store.pictures.madeBy(job);
  const left = made.filter(({ deletedAt }) => deletedAt === undefined);
  const meant = number === undefined ? left : left.filter((one) => one.number === number);
  if (meant.length > 0) return meant.map((own) => meanOwn(own));
  throw new UserError(
    made.length === 0 ? 'That result is no picture.' : 'That picture was deleted.',
  );
}

async function readGiven(id: string, asker: Asker, { store }: PictureParts): Promise<MeantPicture> {
  const own = await store.pictures.read(id);
  if (!own || !isSameChannel(own.place, asker.place))
    throw new UserError('There is no such picture here.');
  if (own.deletedAt) throw new UserError('That picture was deleted.');
  return meanOwn(own);
}

/** Easel's own ones are known by message and file name: their originals are here already. */
async function toMeant(
  { message, files }: AnsweredMessage,
  { store }: PictureParts,
): Promise<readonly MeantPicture[]> {
  const posted = await store.pictures.inMessage(message);
  const known = posted.filter(({ picture }) => picture.deletedAt === undefined);
  if (files.length === 0) return known.map(({ picture }) => meanOwn(picture));
  return files.map((ref) => {
    const own = known.find(({ fileName }) => stem(fileName) === stem(ref.fileName))?.picture;
    return own ? meanOwn(own) : { own, ref };
  });
}
