/** Changes to messages that Easel has posted. */
import type { MessageRef } from '../../message.ts';
import { UpstreamError } from '../../errors.ts';
import type { DiscordParts } from './discord-parts.ts';
import { parseRefDetails, type RefDetails } from './ref-details.ts';
import { cutAltText, SILENT, toOwnFileName } from './request-body.ts';
import type { SeenMessage } from './seen-message.ts';
import { explained, isForbidden, isGone, isUnchangeable } from './trouble.ts';

/** How a message is reached: as the bot, or by the token of the interaction that opened it. */
interface Door {
  read(): Promise<SeenMessage>;
  change(body: object): Promise<void>;
  remove(): Promise<void>;
}

/** One that is gone already is fine. */
export function removePosted(ref: MessageRef, parts: DiscordParts): Promise<void> {
  return throughDoor(ref, parts, async (door) => {
    try {
      await door.remove();
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  });
}

/** False where the message has no such file, or is a voice message. */
export function describePosted(
  ref: MessageRef,
  { fileName, altText }: { fileName: string; altText: string },
  parts: DiscordParts,
): Promise<boolean> {
  return throughDoor(ref, parts, async (door) => {
    const { attachments } = await door.read();
    const described = attachments.find(({ filename }) => toOwnFileName(filename) === fileName);
    if (!described) return false;
    // What is not listed would be taken away.
    const listed = attachments.map(({ id }) =>
      id === described.id ? { id, description: cutAltText(altText) } : { id },
    );
    try {
      await door.change({ attachments: listed, ...SILENT });
      return true;
    } catch (error) {
      if (isUnchangeable(error)) return false;
      throw error;
    }
  });
}

/** The bot's own rights last; the token of an interaction is tried where they are missing. */
function throughDoor<T>(
  ref: MessageRef,
  parts: DiscordParts,
  work: (door: Door) => Promise<T>,
): Promise<T> {
  const details = parseRefDetails(ref);
  const byToken = findTokenDoor(details, parts);
  return explained(async () => {
    if (details.via === 'interaction' && details.reach === 'absent') {
      if (!byToken) throw outOfReach();
      return work(byToken);
    }
    try {
      return await work(botDoor(ref, parts));
    } catch (error) {
      if (!byToken || !isForbidden(error)) throw error;
      return work(byToken);
    }
  });
}

function botDoor({ channel, id: message }: MessageRef, { api }: DiscordParts): Door {
  return {
    read: () => api.readMessage(channel, message),
    change: (body) => api.changeMessage({ channel, message }, body),
    remove: () => api.removeMessage({ channel, message }),
  };
}

function findTokenDoor(details: RefDetails, { api, clock }: DiscordParts): Door | undefined {
  if (details.via === 'bot' || details.expiresAt <= clock.now()) return undefined;
  return {
    read: () => api.readResponse(details),
    change: (body) => api.changeResponse(details, body),
    remove: () => api.removeResponse(details),
  };
}

function outOfReach(): UpstreamError {
  return new UpstreamError(
    'Discord',
    'Discord lets Easel change this message for 15 minutes only, because it is not a member here. A moderator can still delete it.',
    { retryable: false },
  );
}
