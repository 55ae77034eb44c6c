/**
 * What is sent to Discord for a message. Whatever is written here mentions nobody: Discord's
 * defaults for an absent `allowed_mentions` ping, on edits too.
 */
import { openAsBlob } from 'node:fs';
import { MessageFlags } from 'discord.js';
import type { DeliverableFile, VoiceFacts } from '../platform.ts';
import type { Rendered } from './render.ts';

const ALT_TEXT_LENGTH = 1024;
/** What Discord describes to people who do not see it. */
const SEEN = /^(?:image|video)\//u;
/** Hides a file where `is_spoiler`, which is newer, is not known. */
const SPOILER_PREFIX = 'SPOILER_';

/** Of any other type than one for sound, Discord does not look at what is told of it. */
const VOICE_TYPE = 'audio/ogg';
/** Words that had no room in messages. */
const WORDS_NAME = 'all-of-it.txt';
const WORDS_TYPE = 'text/plain; charset=utf-8';

type Body = Record<string, unknown>;

/** A file that can be posted as a voice message. */
export type SpokenFile = DeliverableFile & { readonly voice: VoiceFacts };

/** What a message shall show. */
export interface Content {
  readonly rendered: Rendered;
  /** In an edit they replace those that the message has; without them, those stay. */
  readonly files?: readonly DeliverableFile[] | undefined;
  /** Go as a file beside them. */
  readonly words?: string | undefined;
  /** In an edit: the buttons that the message has stay. */
  readonly keepsButtons?: boolean;
}

/** No pings, and no previews of addresses in somebody's prompt. */
export function quiet({ content, components }: Rendered, flags = 0): Body {
  return {
    content,
    components,
    flags: flags | MessageFlags.SuppressEmbeds,
    ...SILENT,
  };
}

/** What an edit changes. */
export function toEditBody({ rendered, keepsButtons }: Content): Body {
  const { components, ...rest } = quiet(rendered);
  return keepsButtons ? rest : { ...rest, components };
}

export const SILENT = { allowed_mentions: { parse: [], replied_user: false } };

/** A voice message is nothing but its sound, so that whatever else is said goes elsewhere. */
export async function toVoiceForm(body: Body, file: SpokenFile): Promise<FormData> {
  const { seconds, waveform } = file.voice;
  const facts = { id: 0, filename: file.fileName, duration_secs: seconds, waveform };
  const form = new FormData();
  form.append('files[0]', await openAsBlob(file.path, { type: VOICE_TYPE }), file.fileName);
  const flags = MessageFlags.IsVoiceMessage;
  form.append('payload_json', JSON.stringify({ ...body, ...SILENT, flags, attachments: [facts] }));
  return form;
}

/**
 * The form is our own: discord.js would want each file as one buffer in memory, whereas a blob of a
 * file is read from the disk while it is sent, and anew when the request is repeated.
 */
export async function withFiles(
  body: Body,
  { files, words }: Pick<Content, 'files' | 'words'>,
): Promise<{ body: Body | FormData; passThroughBody?: true }> {
  if (files === undefined && words === undefined) return { body };
  const attachments = (files ?? []).map((file, id) => ({
    id,
    filename: toPostedName(file),
    ...(file.isSpoiler && { is_spoiler: true }),
    ...describe(file),
  }));
  const form = new FormData();
  for (const [at, file] of (files ?? []).entries()) {
    const blob = await openAsBlob(file.path, { type: file.contentType });
    form.append(`files[${at}]`, blob, toPostedName(file));
  }
  if (words !== undefined) {
    const id = attachments.length;
    attachments.push({ id, filename: WORDS_NAME });
    form.append(`files[${id}]`, new Blob([words], { type: WORDS_TYPE }), WORDS_NAME);
  }
  form.append('payload_json', JSON.stringify({ ...body, attachments }));
  return { body: form, passThroughBody: true };
}

function toPostedName({ fileName, isSpoiler }: DeliverableFile): string {
  return isSpoiler ? `${SPOILER_PREFIX}${fileName}` : fileName;
}

/** The name that a file had before it was posted. */
export function toOwnFileName(posted: string): string {
  return posted.startsWith(SPOILER_PREFIX) ? posted.slice(SPOILER_PREFIX.length) : posted;
}

function describe({ altText, contentType }: DeliverableFile): { description?: string } {
  if (altText === '' || !SEEN.test(contentType)) return {};
  return { description: cutAltText(altText) };
}

export function cutAltText(altText: string): string {
  return Array.from(altText).slice(0, ALT_TEXT_LENGTH).join('');
}
