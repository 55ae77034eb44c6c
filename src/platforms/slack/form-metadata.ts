/**
 * What Slack keeps with a form, since its later events do not say where it was asked for: references
 * alone, at most 3,000 characters. Whether the person may do what they lead to is asked again.
 */
import { z } from 'zod';
import type { About } from './about.ts';
import type { MessagePicture } from './message-pictures.ts';

/** Slack shows no more files in one message, and an app seldom more pictures. */
const PICTURES = 20;
const RECORDINGS = 10;
const ORIGIN_LENGTH = 60;
/** What a longer message says is read again. */
const TEXT_LENGTH = 500;

const keptSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('thread'), before: z.string().optional() }),
  z.object({
    kind: z.literal('message'),
    ts: z.string(),
    isOwn: z.boolean().default(false),
    /** A file's id, or where a picture is that lies elsewhere. */
    pictures: z.array(z.string()),
    recordings: z.array(z.string()).default([]),
    text: z.string().optional(),
  }),
]);
type Kept = z.infer<typeof keptSchema>;

const metadataSchema = z.object({
  channel: z.string(),
  thread: z.string().optional(),
  isDirect: z.boolean(),
  /** The values that the fields were made for: requests for suggestions do not say them. */
  chosen: z.record(z.string(), z.string()).default({}),
  /** True where only what the command asks for is shown. */
  isAsked: z.boolean().default(false),
  /** What the pressed button is about. */
  job: z.string().optional(),
  about: keptSchema.default({ kind: 'nothing' }),
});
export type FormMetadata = z.infer<typeof metadataSchema>;
/** What has a usual value may be left out. */
export type FormPlace = z.input<typeof metadataSchema>;

export function readMetadata(text: string): FormMetadata {
  return metadataSchema.parse(JSON.parse(text));
}

export function toKept(about: About): Kept {
  switch (about.kind) {
    case 'nothing':
      return { kind: 'nothing' };
    case 'thread':
      return { kind: 'thread', ...(about.before !== undefined && { before: about.before }) };
    case 'message': {
      const { kind, ts, isOwn, text } = about;
      const pictures = about.pictures.slice(0, PICTURES).map(keep);
      const recordings = about.recordings.slice(0, RECORDINGS).map(({ id }) => id);
      const isShort = text !== undefined && JSON.stringify(text).length <= TEXT_LENGTH;
      return { kind, ts, isOwn, pictures, recordings, ...(isShort && { text }) };
    }
  }
}

export function fromKept(kept: Kept): About {
  switch (kept.kind) {
    case 'nothing':
      return kept;
    case 'thread':
      return { kind: 'thread', before: kept.before };
    case 'message': {
      const recordings = kept.recordings.map((id) => ({ id }));
      return { ...kept, text: kept.text, pictures: kept.pictures.map(recall), recordings };
    }
  }
}

function keep(picture: MessagePicture): string {
  if (picture.kind === 'file') return picture.file.id;
  const { url } = picture;
  return URL.canParse(url) ? new URL(url).origin.slice(0, ORIGIN_LENGTH) : 'about:blank';
}

function recall(kept: string): MessagePicture {
  if (!kept.includes(':')) return { kind: 'file', file: { id: kept } };
  return { kind: 'outside', url: kept, name: 'picture' };
}
