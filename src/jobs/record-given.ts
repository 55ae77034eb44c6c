/** Pictures that people gave are remembered, so that what is made from them has parents. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Size } from '../pictures/take-in/picture-facts.ts';
import { toGivenId, type Picture } from '../pictures/picture.ts';
import { OWN_PICTURES, type AttachmentRef } from '../request.ts';
import type { Job } from './job.ts';
import type { JobParts } from './job-parts.ts';
import { hashFile } from './record-pictures.ts';

/** A picture as it came, before anything was done to it. */
export interface GivenPicture {
  /** Its place among the request's files, from 1. */
  readonly number: number;
  readonly file: AttachmentRef;
  /** Relative to the data folder. */
  readonly path: string;
  /** By content. */
  readonly contentType: string;
  /** As people see it. */
  readonly upright: Size;
}

/** Repeating it does no harm: those that are known stay as they are. */
export async function recordGiven(
  job: Job,
  given: readonly GivenPicture[],
  parts: JobParts,
): Promise<void> {
  for (const one of given) {
    // Easel's own are remembered already, as what they are.
    if (one.file.platform === OWN_PICTURES) continue;
    await parts.store.pictures.add([await toPicture(job, one, parts)]);
  }
}

async function toPicture(
  { id, parent, person, place }: Job,
  { number, file, path, contentType, upright }: GivenPicture,
  { store, dataFolder, clock }: JobParts,
): Promise<Picture> {
  const sha256 = await hashFile(join(dataFolder, path));
  const copied = await store.pictures.findBytes(sha256, place);
  // What several requests made is delivered as one, of the job that a person asked for.
  const job = parent ?? id;
  return {
    id: toGivenId(job, number),
    job,
    number,
    origin: 'given',
    path,
    sha256,
    person,
    place,
    fileName: file.fileName,
    contentType,
    bytes: (await stat(join(dataFolder, path))).size,
    ...upright,
    altText: file.fileName,
    model: '',
    prompt: '',
    isSpoiler: false,
    madeAt: clock.now(),
    deletedAt: undefined,
    parents: copied ? [copied.id] : [],
  };
}
