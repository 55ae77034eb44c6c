/** Puts a result, with or without files, into the message that told of its progress. */
import type { Delivery } from '../platform.ts';
import type { WebChat } from './web-chat.ts';

/** Idempotent without a checkpoint: caption, files and key are one write. */
export async function deliver(id: string, delivery: Delivery, chat: WebChat): Promise<void> {
  const before = await chat.conversation.read(id);
  if (before?.author === 'easel' && before.delivered === delivery.key) return;
  await chat.results.note(delivery.key, id);
  const files = await Promise.all(delivery.files.map((file) => chat.shelf.show(file)));
  await chat.conversation.change(id, (message) => ({
    ...message,
    message: delivery.caption,
    files,
    delivered: delivery.key,
  }));
}
