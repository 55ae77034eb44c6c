/**
 * The pictures of a message, whoever posted it and however they hang on it: as files, as blocks of
 * an app, on a message that it forwards, in the preview of a link. In the order in which they are
 * shown.
 */
import { z } from 'zod';
import { slackFile, type SlackFile } from './attachments.ts';
import { isGone, isUnknown } from './message-recordings.ts';

const optionalText = z.string().nullish();
const blocks = z.array(z.unknown()).nullish();

const imageBlock = z.object({
  type: z.literal('image'),
  image_url: optionalText,
  slack_file: z.object({ id: optionalText, url: optionalText }).nullish(),
  alt_text: optionalText,
});

/** Also what Slack makes of a forwarded message: its files, and its blocks one level down. */
const attachment = z.object({
  title: optionalText,
  text: optionalText,
  /** The channel of the message that is forwarded or linked. */
  channel_id: optionalText,
  /** Somebody forwarded it; a link alone shows it only to those who may see it anyway. */
  is_share: z.boolean().nullish(),
  /** The link that this is the preview of. */
  from_url: optionalText,
  image_url: optionalText,
  blocks,
  message_blocks: z.array(z.object({ message: z.object({ blocks }).nullish() })).nullish(),
  files: z.array(slackFile).nullish(),
});
export type Attachment = z.infer<typeof attachment>;

export const slackMessage = z.object({
  ts: z.string(),
  thread_ts: optionalText,
  user: optionalText,
  bot_id: optionalText,
  text: optionalText,
  files: z.array(slackFile).nullish(),
  blocks,
  attachments: z.array(attachment.catch({})).nullish(),
});
export type SlackMessage = z.infer<typeof slackMessage>;

export type MessagePicture =
  /** Perhaps no more than its id. */
  | { readonly kind: 'file'; readonly file: SlackFile }
  /** Wherever an app has it, or a page that is linked and shown as a preview. */
  | {
      readonly kind: 'outside' | 'preview';
      readonly url: string;
      readonly name: string;
    };

const FILE_ID = /[/-](F[A-Z\d]{6,})(?=[/-]|$)/u;
const UNNAMED = 'picture';

export function picturesIn(message: SlackMessage, channel: string): readonly MessagePicture[] {
  const { files, blocks, attachments } = message;
  return [
    ...fromFiles(files),
    ...fromBlocks(blocks),
    ...(attachments ?? []).flatMap((one) => fromAttachment(one, channel)),
  ];
}

/** Files alone, also those of a message that it forwards. */
export function filesIn(message: SlackMessage, channel: string): readonly SlackFile[] {
  const forwards = (message.attachments ?? []).filter((one) => isForEverybody(one, channel));
  return [message, ...forwards].flatMap(({ files }) => files ?? []);
}

/** Unknown is what Slack has not told yet: a stub, or a file that it still works on. */
export function isPicture(file: SlackFile): boolean {
  if (isGone(file)) return false;
  return isUnknown(file) || file.mimetype?.startsWith('image/') === true;
}

function fromFiles(files: readonly SlackFile[] | null | undefined): readonly MessagePicture[] {
  return (files ?? []).filter(isPicture).map((file) => ({ kind: 'file', file }));
}

function fromAttachment(one: Attachment, channel: string): readonly MessagePicture[] {
  if (!isForEverybody(one, channel)) return [];
  const { title, image_url: url, from_url: link, blocks, message_blocks: forwarded, files } = one;
  const within = [
    ...fromFiles(files),
    ...fromBlocks(blocks),
    ...(forwarded ?? []).flatMap(({ message }) => fromBlocks(message?.blocks)),
  ];
  // What is forwarded with files may name one of them once more as its picture.
  if (within.length > 0) return within;
  return fromAddress(url, title, (link ?? '') === '' ? 'outside' : 'preview');
}

/** Easel may be in channels that whoever reads a link to a message there is not. */
export function isForEverybody(
  { channel_id: from, is_share }: Attachment,
  channel: string,
): boolean {
  return (from ?? channel) === channel || is_share === true;
}

function fromBlocks(blocks: readonly unknown[] | null | undefined): readonly MessagePicture[] {
  return (blocks ?? []).flatMap((block): readonly MessagePicture[] => {
    const { data } = imageBlock.safeParse(block);
    if (!data) return [];
    const { slack_file: kept, image_url: url, alt_text: name } = data;
    const id = kept?.id ?? findFileId(kept?.url ?? '');
    return id === undefined ? fromAddress(url, name) : [{ kind: 'file', file: { id } }];
  });
}

/**
 * Whoever writes an address decides where it leads, be it to a file of Slack's that they may not see
 * and Easel may: it is never followed.
 */
function fromAddress(
  url: string | null | undefined,
  name: string | null | undefined,
  kind: 'outside' | 'preview' = 'outside',
): readonly MessagePicture[] {
  return url ? [{ kind, url, name: name || UNNAMED }] : [];
}

/** Slack has checked who names a file like this; its addresses all hold the file's id. */
function findFileId(url: string): string | undefined {
  return URL.canParse(url) ? FILE_ID.exec(new URL(url).pathname)?.[1] : undefined;
}
