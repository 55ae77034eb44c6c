/** What an earlier try of a delivery has posted, although nobody wrote it down. */
import { SnowflakeUtil } from 'discord.js';
import type { Part } from './delivery-parts.ts';
import type { DiscordParts } from './discord-parts.ts';
import { toOwnFileName } from './request-body.ts';
import type { SeenMessage } from './seen-message.ts';
import { isForbidden } from './trouble.ts';

/** Discord's clock and ours may differ. */
const CLOCK_MARGIN_MS = 60_000;
/** A busy channel is searched this far; a message that old has its nonce forgotten as well. */
const PAGES_SEARCHED = 20;

/** Easel's own messages in a channel since an attempt began that nobody knows the end of. */
export async function findEarlier(
  channel: string,
  since: Date,
  { api, botId, log }: DiscordParts,
): Promise<readonly SeenMessage[]> {
  const found: SeenMessage[] = [];
  let after = SnowflakeUtil.generate({ timestamp: since.getTime() - CLOCK_MARGIN_MS }).toString();
  for (let page = 0; page < PAGES_SEARCHED; page += 1) {
    const messages = await api.listMessages(channel, after).catch((error: unknown) => {
      if (!isForbidden(error)) throw error;
      log.debug({ channel }, 'the channel cannot be searched for an earlier try');
      return [];
    });
    found.push(...messages.filter(({ author }) => author.id === botId()));
    const newest = newestId(messages);
    if (newest === undefined) return found;
    after = newest;
  }
  return found;
}

function newestId(messages: readonly SeenMessage[]): string | undefined {
  return messages.map(({ id }) => id).toSorted((a, b) => Number(BigInt(b) - BigInt(a)))[0];
}

/** File names hold the job's id: the same names are the same result. Words are known by themselves. */
export function findCarrier(
  messages: readonly SeenMessage[],
  { files, rendered }: Part,
): SeenMessage | undefined {
  const names = files.map(({ fileName }) => fileName);
  return messages.find(({ attachments, content }) => {
    const present = new Set(attachments.map(({ filename }) => toOwnFileName(filename)));
    const hasFiles = present.size === names.length && names.every((name) => present.has(name));
    return hasFiles && (names.length > 0 || content.trim() === rendered.content.trim());
  });
}
