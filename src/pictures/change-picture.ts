/** What people do with a picture that is there: keep it, take it away, describe it, go back from it. */
import { readdir, rm } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { UpstreamError, UserError } from '../errors.ts';
import { forgetResult } from '../jobs/forget-sounds.ts';
import { deletedMessage } from '../jobs/messages.ts';
import type { JobIn, StoredFile } from '../jobs/job.ts';
import { STAMPED_FOLDER } from '../jobs/stamp-files.ts';
import { joinLinks, line, message, note, type Block, type MessageRef } from '../message.ts';
import type { DeliverableFile, Invocation } from '../platforms/platform.ts';
import { findNewest, findOwn, findSubject } from './find-subject.ts';
import { removeFitted } from './fit/attempts.ts';
import { linkOriginals } from './link-originals.ts';
import { onceBy, readJob } from './make-again.ts';
import { maySee } from './may-see.ts';
import { say, type Outcome } from '../outcome.ts';
import type { Picture } from './picture.ts';
import type { PictureParts } from './picture-parts.ts';
import type { Subject } from './subject.ts';

/** Keeps them in the person's own collection, and hands out the originals. */
export async function savePictures(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const pictures = await findAllOwn(subject, invocation, parts);
  const now = parts.clock.now();
  for (const { id } of pictures) await parts.store.pictures.save(id, invocation.person.id, now);
  const what = pictures.length === 1 ? 'The picture is' : `${pictures.length} pictures are`;
  return say(
    message(
      line({ kind: 'strong', text: 'Saved' }),
      line(`${what} in your collection, original and all: `, {
        kind: 'code',
        text: '/history --saved',
      }),
      ...tellWhereOriginalsAre(pictures, parts),
    ),
    pictures.map((picture) => toOriginal(picture, parts)),
  );
}

/** For those that are too large to be handed out here. */
function tellWhereOriginalsAre(
  pictures: readonly Picture[],
  { addresses }: PictureParts,
): readonly Block[] {
  const links = linkOriginals(
    pictures.map(({ id }) => addresses.toAddress({ kind: 'original', picture: id })),
  );
  return links.length === 0 ? [] : [note('For a week also here:', ...joinLinks(links))];
}

/** By whoever asked for it, or a moderator. Throws `UserError` for anybody else. */
export async function deleteResult(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const job = await readJob(subject, invocation, parts);
  await refuseStrangers(job.person.id, invocation);
  const { pictures } = parts.store;
  const made = await pictures.madeBy(job.id);
  const posts = await Promise.all(made.map(({ id }) => pictures.postsOf(id)));
  const messages = [...job.messages, ...posts.flat().map((post) => post.message)];
  for (const { id } of made) await pictures.change(id, { deletedAt: parts.clock.now() });
  await sayDeleted(job, invocation, parts);
  for (const ref of distinct(messages)) await parts.platforms.get(ref.platform)?.remove(ref);
  // What it only showed again is another result's.
  const files = job.request.shows === undefined ? job.result.files : [];
  await removeFiles(made, files, parts);
  await forgetResult(job, parts);
  return say(message(line('Deleted, here and in Easel’s own keeping.')));
}

/** Throws `UserError` for whoever neither asked for it nor moderates. */
export async function describePicture(
  subject: Subject,
  altText: string,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const picture = await findOwn(subject, invocation, parts);
  await refuseStrangers(picture.person.id, invocation);
  await parts.store.pictures.change(picture.id, { altText });
  const posts = await parts.store.pictures.postsOf(picture.id);
  const done: boolean[] = [];
  for (const { message: ref, fileName } of posts) {
    const platform = parts.platforms.get(ref.platform);
    done.push((await platform?.describe(ref, fileName, altText)) === true);
  }
  const isShown = done.includes(true);
  return say(
    message(
      line({ kind: 'strong', text: 'Alt text changed' }),
      { kind: 'quote', text: altText },
      ...(isShown
        ? []
        : [
            note(
              'What is posted already keeps its old one here; the next time it is posted it has the new one.',
            ),
          ]),
    ),
  );
}

/** Posts what a picture was made from again: whoever answers that goes on from there. */
export async function undo(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<Outcome> {
  const picture = await findOwn(subject, invocation, parts);
  const [id] = picture.parents;
  const parent = id === undefined ? undefined : await parts.store.pictures.read(id);
  const isSeen = parent !== undefined && (await maySee(parent, invocation, parts.store));
  if (!isSeen)
    throw new UserError(
      'That picture was made from words alone, or the one before it is not shown here.',
    );
  if (parent.deletedAt) throw new UserError('The picture before it was deleted.');
  const { model, prompt } = parent;
  const request = { model, prompt, files: [], options: {}, shows: parent.id };
  return { kind: 'make', request, ...onceBy('undo', { job: picture.id }, invocation) };
}

async function findAllOwn(
  subject: Subject,
  invocation: Invocation,
  parts: PictureParts,
): Promise<readonly Picture[]> {
  if (subject.number !== undefined) return [await findOwn(subject, invocation, parts)];
  const { by, pictures } = await findSubject(subject, invocation, parts);
  if (by === 'nothing') return [await findNewest(invocation, parts)];
  const own = pictures.flatMap((picture) => picture.own ?? []);
  if (own.length > 0) return own;
  throw new UserError('There is no picture of Easel’s own in that message.');
}

/** The result's own files; what was given for it stays, for it may be the root of other pictures. */
async function removeFiles(
  made: readonly Picture[],
  files: readonly StoredFile[],
  { dataFolder, thumbnails, contactSheets }: PictureParts,
): Promise<void> {
  const paths = new Set([...made, ...files].map(({ path }) => join(dataFolder, path)));
  for (const path of paths) {
    await removeFitted(path);
    for (const copy of await listEarlierFitted(path)) await rm(copy, { force: true });
    await rm(path, { force: true });
    await thumbnails.remove(path);
    await rm(join(dirname(path), STAMPED_FOLDER), { force: true, recursive: true });
  }
  await contactSheets.removeWith(made.map(({ id }) => id));
}

/** Earlier versions kept what fitted beside the original. */
async function listEarlierFitted(path: string): Promise<readonly string[]> {
  const { dir, name } = parse(path);
  const names = await readdir(dir).catch(() => []);
  return names.filter((one) => one.startsWith(`${name}.fit.`)).map((one) => join(dir, one));
}

function toOriginal(picture: Picture, { dataFolder }: PictureParts): DeliverableFile {
  const { path, fileName, contentType, bytes, altText, isSpoiler } = picture;
  return { path: join(dataFolder, path), fileName, contentType, bytes, altText, isSpoiler };
}

async function refuseStrangers(owner: string, invocation: Invocation): Promise<void> {
  if (owner === invocation.person.id || (await invocation.isModerator())) return;
  throw new UserError('Only the person who asked for it, or a moderator, can do that.');
}

/** The status message stays, and says what became of its result. */
async function sayDeleted(
  job: JobIn<'delivered'>,
  { person }: Invocation,
  { platforms, log }: PictureParts,
): Promise<void> {
  const { status } = job;
  if (!status || job.messages.some(({ id }) => id === status.id)) return;
  try {
    await platforms.get(status.platform)?.reopen(status).update(deletedMessage(job, person));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.debug({ error, job: job.id }, 'the status message of a deleted result is gone, too');
  }
}

function distinct(refs: readonly MessageRef[]): readonly MessageRef[] {
  return [
    ...new Map(refs.map((ref) => [`${ref.platform}:${ref.channel}:${ref.id}`, ref])).values(),
  ];
}
