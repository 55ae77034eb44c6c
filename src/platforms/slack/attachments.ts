/** Files in messages and forms: as references first, and as addresses with a key when needed. */
import { z } from 'zod';
import { UserError } from '../../errors.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AttachmentSource } from '../platform.ts';
import { codeOf } from './errors.ts';
import type { SlackParts } from './slack-parts.ts';

/** Loose, because Slack Connect sends stubs: their details come from `files.info`. */
export const slackFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  /** `slack_audio` or `slack_video` for what somebody spoke or filmed in Slack itself. */
  subtype: z.string().nullish(),
  is_external: z.boolean().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
});
export type SlackFile = z.infer<typeof slackFile>;

/** In front of what is no id of a file. */
const OUTSIDE = 'outside:';
const ABSENT_MODES = new Set(['tombstone', 'hidden_by_limit', 'file_access', 'external']);
const CLIP_TYPES: Readonly<Record<string, string>> = {
  slack_audio: 'audio/mp4',
  slack_video: 'video/mp4',
};
const UNREADABLE = new Set(['file_not_found', 'file_deleted', 'access_denied', 'not_visible']);

/** Without an address where the file has none that may be fetched: `locateAttachment` explains. */
export function toAttachmentRef(file: SlackFile): AttachmentRef {
  return {
    platform: 'slack',
    id: file.id,
    fileName: file.name ?? file.id,
    claimedType: typeOf(file),
    bytes: file.size ?? 0,
    url: addressOf(file) ?? '',
  };
}

/** Slack may tell that it is a clip before it knows how it is encoded. */
function typeOf({ mimetype, subtype }: SlackFile): string {
  return mimetype || (CLIP_TYPES[subtype ?? ''] ?? '');
}

/** A picture that an app or a preview shows from somewhere else: only so that it can be named. */
export function toOutsideRef(url: string, name: string): AttachmentRef {
  const ref = { platform: 'slack', fileName: name, claimedType: 'image/*', bytes: 0 };
  return { ...ref, id: `${OUTSIDE}${url}`, url: '' };
}

export async function locateAttachment(
  ref: AttachmentRef,
  parts: SlackParts,
): Promise<AttachmentSource> {
  const { botToken, fileHosts } = parts.settings;
  if (ref.id.startsWith(OUTSIDE)) throw new UserError(wordOutside(ref.fileName));
  return {
    kind: 'remote',
    url: ref.url === '' ? await lookUp(ref, parts) : ref.url,
    headers: { authorization: `Bearer ${botToken}` },
    hosts: fileHosts,
  };
}

/** All of a file, also where Slack has told of no more than its id. */
export async function readFile(
  { id, name }: SlackFile,
  { calls }: Pick<SlackParts, 'calls'>,
): Promise<SlackFile> {
  const answer = await calls
    .surely((client) => client.files.info({ file: id }))
    .catch((error: unknown) => explain(error, name ?? id));
  return z.object({ file: slackFile }).parse(answer).file;
}

async function lookUp({ id, fileName }: AttachmentRef, parts: SlackParts): Promise<string> {
  const file = await readFile({ id, name: fileName }, parts);
  const url = addressOf(file);
  if (url !== undefined) return url;
  throw new UserError(wordOutside(file.name ?? fileName));
}

function wordOutside(name: string): string {
  return `“${name}” is not kept in Slack itself, so Easel cannot read it: upload the file instead of linking to it.`;
}

function explain(error: unknown, fileName: string): never {
  if (!UNREADABLE.has(codeOf(error) ?? '')) throw error;
  throw new UserError(
    `Easel may not read “${fileName}”, or it was deleted: upload it again here.`,
    { cause: error },
  );
}

/** External files point anywhere: never fetched, and above all never with our token. */
function addressOf(file: SlackFile): string | undefined {
  if (file.is_external === true || ABSENT_MODES.has(file.mode ?? '')) return undefined;
  return file.url_private_download ?? file.url_private ?? undefined;
}
