/**
 * The files of a message, in the order in which Discord shows them, and where their bytes are.
 * Addresses are signed and last a day.
 */
import type { Clock } from '../../clock.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AttachmentSource } from '../platform.ts';
import type { DiscordApi } from './api.ts';
import { toOwnFileName } from './request-body.ts';
import {
  flattenComponents,
  type SeenAttachment,
  type SeenContent,
  type SeenMedia,
  type SeenMessage,
} from './seen-message.ts';

/** Not the file's own id alone: the message it is on gives a fresh address later. */
const HOME = /^(\d+)\/(\d+)\/[\w-]+$/u;
const UNKNOWN_TYPE = 'application/octet-stream';
const PICTURE_TYPE = /^image\//u;
const RECORDING_TYPE = /^(?:audio|video)\/|^application\/ogg\b/u;
const RECORDING_NAME =
  /\.(?:3gp|aac|aiff?|amr|avi|caf|flac|m4[abv]|mk[av]|mov|mp[34]|mpe?g|mpga|og[agv]|opus|wav|web[am]|wma|wmv)$/iu;
const PICTURE_NAME = /\.(?:avif|bmp|gif|heic|heif|jfif|jpe?g|png|svg|tiff?|webp)$/iu;
/** A film's embed shows a still of it, which nobody means. */
const FILM_EMBED = 'video';

/** What a slash command's option or a form brought: no message holds it. */
export function toOptionRef(attachment: SeenAttachment, option: string): AttachmentRef {
  return { ...toRef(attachment, attachment.id), option };
}

/** Of any kind; a forwarded message brings its files along in a snapshot. */
export function listAttachments(message: SeenMessage): readonly AttachmentRef[] {
  return toRefs(message, () => true);
}

/** Sound and film. What an embed shows is none: it is elsewhere in the web. */
export function listRecordings(message: SeenMessage): readonly AttachmentRef[] {
  return toRefs(message, isRecording);
}

function toRefs(
  message: SeenMessage,
  isMeant: (attachment: SeenAttachment) => boolean,
): readonly AttachmentRef[] {
  return listContents(message).flatMap(({ attachments }) =>
    attachments
      .filter((attachment) => isMeant(attachment))
      .map((attachment) => toRef(attachment, `${homeOf(message)}${attachment.id}`)),
  );
}

function isRecording(attachment: SeenAttachment): boolean {
  if (typeof attachment.duration_secs === 'number') return true;
  const type = attachment.content_type ?? UNKNOWN_TYPE;
  return type === UNKNOWN_TYPE
    ? RECORDING_NAME.test(attachment.filename)
    : RECORDING_TYPE.test(type);
}

/** The attachments, then the pictures of galleries and embeds. */
export function listFiles(message: SeenMessage): readonly AttachmentRef[] {
  const shown = listContents(message)
    .flatMap(listMedia)
    .map((media, at) => toMediaRef(media, `${homeOf(message)}media-${at}`));
  return withoutRepeats([...listAttachments(message), ...shown]);
}

function listContents(message: SeenMessage): readonly SeenContent[] {
  return [message, ...message.message_snapshots.map((snapshot) => snapshot.message)];
}

function homeOf(message: SeenMessage): string {
  return `${message.channel_id}/${message.id}/`;
}

export function listPictures(message: SeenMessage): readonly AttachmentRef[] {
  return listFiles(message).filter(isPicture);
}

/** By what its uploader says: the bytes are looked at when they are fetched. */
function isPicture({ claimedType, fileName }: AttachmentRef): boolean {
  if (claimedType !== UNKNOWN_TYPE) return PICTURE_TYPE.test(claimedType);
  return PICTURE_NAME.test(fileName);
}

function toRef(attachment: SeenAttachment, id: string): AttachmentRef {
  return {
    platform: 'discord',
    id,
    fileName: toOwnFileName(attachment.filename),
    claimedType: attachment.content_type ?? UNKNOWN_TYPE,
    bytes: attachment.size,
    url: attachment.url,
  };
}

/** An embed's small picture is mostly a logo where it has a large one, too. */
function listMedia({ components, embeds }: SeenContent): readonly SeenMedia[] {
  const inComponents = flattenComponents(components).flatMap(({ media, items }) => [
    ...(media ? [media] : []),
    ...(items ?? []).map((item) => item.media),
  ]);
  const inEmbeds = embeds
    .filter(({ type }) => type !== FILM_EMBED)
    .map(({ image, thumbnail }) => image ?? thumbnail)
    .filter((media) => media !== null && media !== undefined);
  return [...inComponents, ...inEmbeds];
}

/** Discord tells no size of what it only passes on. */
function toMediaRef(media: SeenMedia, id: string): AttachmentRef {
  const name = URL.parse(media.url)?.pathname.split('/').at(-1) ?? '';
  return {
    platform: 'discord',
    id,
    fileName: name === '' ? 'picture' : name,
    claimedType: media.content_type ?? 'image/*',
    bytes: 0,
    url: media.proxy_url ?? media.url,
  };
}

/** A gallery shows attachments that are listed as such as well. */
function withoutRepeats(refs: readonly AttachmentRef[]): readonly AttachmentRef[] {
  const paths = refs.map(({ url }) => URL.parse(url)?.pathname ?? url);
  return refs.filter((_, at) => paths.indexOf(paths[at] ?? '') === at);
}

interface LocateParts {
  readonly api: DiscordApi;
  readonly fileHosts: readonly string[];
  readonly clock: Clock;
}

export async function locateAttachment(
  ref: AttachmentRef,
  { api, fileHosts, clock }: LocateParts,
): Promise<AttachmentSource> {
  const isOver = expiryOf(ref.url) <= clock.now().getTime();
  const url = isOver ? ((await readFreshUrl(ref, api)) ?? ref.url) : ref.url;
  return { kind: 'remote', url, headers: {}, hosts: fileHosts };
}

/** `ex` is the second, in hexadecimal, at which a signed address stops working. */
function expiryOf(address: string): number {
  const seconds = Number.parseInt(URL.parse(address)?.searchParams.get('ex') ?? '', 16);
  return Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : seconds * 1000;
}

async function readFreshUrl({ id }: AttachmentRef, api: DiscordApi): Promise<string | undefined> {
  const [, channel, message] = HOME.exec(id) ?? [];
  if (channel === undefined || message === undefined) return undefined;
  return listFiles(await api.readMessage(channel, message)).find((file) => file.id === id)?.url;
}
