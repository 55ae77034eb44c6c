/** The one message of a job: edited in place in the conversation, then given its result. */
import { createHash } from 'node:crypto';
import type { MessageRef } from '../../message.ts';
import type { Place } from '../../place.ts';
import type { FileLimits, StatusMessage } from '../platform.ts';
import { deliver } from './deliver.ts';
import type { StatusRecord } from './stored-message.ts';
import type { WebChat } from './web-chat.ts';

const PLATFORM = 'web';
/** There is one conversation so far. */
const CHANNEL = 'main';
export const WEB_PLACE: Place = { platform: PLATFORM, tenant: PLATFORM, channel: CHANNEL };

const MEBIBYTE = 1024 * 1024;
const FILE_LIMITS: FileLimits = {
  bytesPerFile: 200 * MEBIBYTE,
  bytesPerMessage: 1000 * MEBIBYTE,
  filesPerMessage: 10,
};

export function reopenStatus(ref: MessageRef, chat: WebChat): StatusMessage {
  return {
    ref,
    fileLimits: FILE_LIMITS,
    reachableUntil: undefined,
    update: (message) => chat.conversation.change(ref.id, (before) => ({ ...before, message })),
    async deliver(delivery) {
      await deliver(ref.id, delivery, chat);
      return [{ ref, fileNames: delivery.files.map(({ fileName }) => fileName) }];
    },
  };
}

/** Opens the status message that belongs to `key`: a second call finds the first one's. */
export async function openStatus(
  { key, ...opening }: Pick<StatusRecord, 'message' | 'question' | 'answers'> & { key: string },
  chat: WebChat,
): Promise<StatusMessage> {
  const id = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const at = chat.clock.now();
  await chat.conversation.add({ ...opening, author: 'easel', id, at, files: [] });
  return reopenStatus(toRef(id), chat);
}

export function toRef(id: string): MessageRef {
  return { platform: PLATFORM, channel: CHANNEL, id, details: {} };
}
