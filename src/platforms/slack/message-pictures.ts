/**
 * The pictures of a message, whoever posted it and however they hang on it: as files, as blocks of
 * an app, on a message that it forwards, in the preview of a link. In the order in which they are
 * shown.
 */
import { z } from 'zod';
import { isKeptBySlack, slackFile, type SlackFile } from './attachments.ts';

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
  image_url: optionalText,
  blocks,
  message_blocks: z.array(z.object({ message: z.object({ blocks }).nullish() })).nullish(),
  files: z.array(slackFile).nullish(),
});
type Attachment = z.infer<typeof attachment>;

export const slackMessage = z.object({
  ts: z.string(),
  thread_ts: optionalText,
  user: optionalText,
  bot_id: optionalText,
  files: z.array(slackFile).nullish(),
  blocks,
  attachments: z.array(attachment.catch({})).nullish(),
});
export type SlackMessage = z.infer<typeof slackMessage>;

export type MessagePicture =
  /** Perhaps no more than its id. */
  | { readonly kind: 'file'; readonly file: SlackFile }
  /** Wherever an app or a linked page has it. */
  | { readonly kind: 'outside'; readonly url: string; readonly name: string };

/** Deleted, or beyond what the workspace's plan keeps. */
const GONE_MODES = new Set(['tombstone', 'hidden_by_limit']);
const FILE_ID = /[/-](F[A-Z\d]{6,})(?=[/-]|$)/u;
const UNNAMED = 'picture';

export function picturesIn(
  message: SlackMessage,
  fileHosts: readonly string[],
): readonly MessagePicture[] {
  const { files, blocks, attachments } = message;
  return [
    ...fromFiles(files),
    ...fromBlocks(blocks, fileHosts),
    ...(attachments ?? []).flatMap((one) => fromAttachment(one, fileHosts)),
  ];
}

/** Unknown is what Slack has not told yet: a stub, or a file that it still works on. */
export function isPicture({ mimetype, mode }: SlackFile): boolean {
  if (GONE_MODES.has(mode ?? '')) return false;
  return isUnknown({ mimetype }) || mimetype?.startsWith('image/') === true;
}

export function isUnknown({ mimetype }: Pick<SlackFile, 'mimetype'>): boolean {
  return (mimetype ?? '') === '';
}

function fromFiles(files: readonly SlackFile[] | null | undefined): readonly MessagePicture[] {
  return (files ?? []).filter(isPicture).map((file) => ({ kind: 'file', file }));
}

function fromAttachment(
  { title, image_url: url, blocks, message_blocks: forwarded, files }: Attachment,
  fileHosts: readonly string[],
): readonly MessagePicture[] {
  const within = [
    ...fromFiles(files),
    ...fromBlocks(blocks, fileHosts),
    ...(forwarded ?? []).flatMap(({ message }) => fromBlocks(message?.blocks, fileHosts)),
  ];
  // What is forwarded with files may name one of them once more as its picture.
  if (within.length > 0 || (url ?? '') === '') return within;
  return [toPicture(url ?? '', title, fileHosts)];
}

function fromBlocks(
  blocks: readonly unknown[] | null | undefined,
  fileHosts: readonly string[],
): readonly MessagePicture[] {
  return (blocks ?? []).flatMap((block): readonly MessagePicture[] => {
    const { data } = imageBlock.safeParse(block);
    if (!data) return [];
    const { slack_file: kept, image_url: url, alt_text: name } = data;
    const id = kept?.id ?? findFileId(kept?.url ?? '');
    if (id !== undefined) return [{ kind: 'file', file: { id } }];
    return (url ?? '') === '' ? [] : [toPicture(url ?? '', name, fileHosts)];
  });
}

function toPicture(
  url: string,
  name: string | null | undefined,
  fileHosts: readonly string[],
): MessagePicture {
  const id = isKeptBySlack(url, fileHosts) ? findFileId(url) : undefined;
  if (id !== undefined) return { kind: 'file', file: { id } };
  return { kind: 'outside', url, name: (name ?? '') === '' ? UNNAMED : (name ?? UNNAMED) };
}

/** Slack's addresses of a file all hold its id. */
function findFileId(url: string): string | undefined {
  return URL.canParse(url) ? FILE_ID.exec(new URL(url).pathname)?.[1] : undefined;
}
