/** Takes a message of Easel's away for good: its files first, which would stay behind it otherwise. */
import type { MessageRef } from '../../message.ts';
import { codeOf } from './errors.ts';
import type { SlackParts } from './slack-parts.ts';
import { discardFiles } from './upload.ts';

const GONE = new Set(['message_not_found', 'thread_not_found', 'channel_not_found']);

export async function remove(ref: MessageRef, parts: SlackParts): Promise<void> {
  await discardFiles(filesOf(ref), parts);
  const { channel, id: ts } = ref;
  try {
    await parts.calls.surely((client) => client.chat.delete({ channel, ts }));
  } catch (error) {
    if (!GONE.has(codeOf(error) ?? '')) throw error;
  }
}

/** Noted at the delivery. */
function filesOf({ details }: MessageRef): readonly string[] {
  return (details['files'] ?? '').split(',').filter((id) => id !== '');
}
