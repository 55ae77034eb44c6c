/** A picture as a row of the `pictures` table, and back. */
import { z } from 'zod';
import type { Picture } from '../pictures/picture.ts';
import { foldWords } from './fold-words.ts';
import type { PictureRow } from './tables.ts';

const rowSchema = z.object({
  origin: z.enum(['made', 'given']),
  madeAt: z.iso.datetime().transform((text) => new Date(text)),
  deletedAt: z.iso
    .datetime()
    .nullable()
    .transform((text) => (text === null ? undefined : new Date(text))),
});

/** Throws an error that names the picture when the row cannot be understood. */
export function toPicture(row: PictureRow, parents: readonly string[]): Picture {
  const { data, error } = rowSchema.safeParse({
    origin: row.origin,
    madeAt: row.made_at,
    deletedAt: row.deleted_at,
  });
  if (!data) throw new Error(`The stored picture ${row.id} is damaged`, { cause: error });
  const { platform, tenant, channel, thread } = row;
  return {
    ...data,
    id: row.id,
    job: row.job,
    number: row.number,
    path: row.path,
    fileName: row.file_name,
    contentType: row.content_type,
    bytes: row.bytes,
    width: row.width ?? undefined,
    height: row.height ?? undefined,
    sha256: row.sha256,
    altText: row.alt_text,
    person: { id: row.person_id, name: row.person_name },
    place: { platform, tenant, channel, ...(thread !== null && { thread }) },
    model: row.model,
    prompt: row.prompt,
    isSpoiler: row.is_spoiler === 1,
    parents,
  };
}

/** Everything but the order of arrival, which the database gives. */
export function toPictureRow(picture: Picture): Omit<PictureRow, 'position'> {
  return {
    id: picture.id,
    job: picture.job,
    number: picture.number,
    origin: picture.origin,
    path: picture.path,
    file_name: picture.fileName,
    content_type: picture.contentType,
    bytes: picture.bytes,
    width: picture.width ?? null,
    height: picture.height ?? null,
    sha256: picture.sha256,
    alt_text: picture.altText,
    person_id: picture.person.id,
    person_name: picture.person.name,
    platform: picture.place.platform,
    tenant: picture.place.tenant,
    channel: picture.place.channel,
    thread: picture.place.thread ?? null,
    model: picture.model,
    prompt: picture.prompt,
    folded_prompt: foldWords(picture.prompt),
    is_spoiler: picture.isSpoiler ? 1 : 0,
    made_at: picture.madeAt.toISOString(),
    deleted_at: picture.deletedAt?.toISOString() ?? null,
  };
}
