/** A status message: one post, edited in place, with its results in its thread. */
import type { Message, MessageRef } from '../../message.ts';
import type { StatusMessage } from '../platform.ts';
import { deliver } from './deliver.ts';
import { isRateLimited } from './errors.ts';
import { FILE_LIMITS } from './limits.ts';
import { QUIET } from './post.ts';
import { toContent } from './render.ts';
import { renderPartsOf, type SlackParts } from './slack-parts.ts';
import { rememberThread } from './threads.ts';

export function openStatusMessage(ref: MessageRef, parts: SlackParts): StatusMessage {
  return {
    ref,
    fileLimits: FILE_LIMITS,
    reachableUntil: undefined,
    update: (message) => (isProgress(message) ? showProgress(message) : showLast(message)),
    async deliver(delivery) {
      const { channel } = ref;
      const thread = ref.details['thread'] ?? ref.id;
      // Below its own card Easel is known as the author of the root.
      if (thread !== ref.id) await rememberThread({ channel, thread }, parts);
      return deliver(delivery, { channel, thread }, parts);
    },
  };

  /** The next edit brings newer progress anyway, so one that Slack has no room for is dropped. */
  async function showProgress(message: Message): Promise<void> {
    try {
      await parts.calls.quickly((client) => client.chat.update(toEdit(message)));
    } catch (error) {
      if (!isRateLimited(error)) throw error;
      parts.log.debug({ error, message: ref.id }, 'a progress edit was dropped');
    }
  }

  /** Nothing comes after it, so it has to get through; an edit done twice does no harm. */
  async function showLast(message: Message): Promise<void> {
    await parts.calls.surely((client) => client.chat.update(toEdit(message)));
  }

  function toEdit(message: Message) {
    const content = toContent(message, renderPartsOf(parts));
    return { ...QUIET, channel: ref.channel, ts: ref.id, ...content };
  }
}

/** What can still be cancelled is still under way. */
function isProgress(message: Message): boolean {
  return message.buttons.some(({ command }) => command === 'cancel');
}
