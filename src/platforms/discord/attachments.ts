/** Where the bytes of an attachment are. Addresses are signed and last a day. */
import type { Attachment } from 'discord.js';
import type { Clock } from '../../clock.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AttachmentSource } from '../platform.ts';
import type { DiscordApi } from './api.ts';

/** Not the file's own id alone: the message it is on gives a fresh address later. */
const HOME = /^(\d+)\/(\d+)\/(\d+)$/u;

/** Where a file came from: a message holds it, or a slash command's option and nothing else. */
type Origin = { readonly message: { channelId: string; id: string } } | { readonly option: string };

export function toAttachmentRef(attachment: Attachment, origin: Origin): AttachmentRef {
  const home = 'message' in origin ? `${origin.message.channelId}/${origin.message.id}/` : '';
  return {
    platform: 'discord',
    id: `${home}${attachment.id}`,
    fileName: attachment.name,
    claimedType: attachment.contentType ?? 'application/octet-stream',
    bytes: attachment.size,
    url: attachment.url,
    ...('option' in origin && { option: origin.option }),
  };
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
  const [, channel, message, attachment] = HOME.exec(id) ?? [];
  if (channel === undefined || message === undefined) return undefined;
  const { attachments } = await api.readMessage(channel, message);
  return attachments.find((one) => one.id === attachment)?.url;
}
