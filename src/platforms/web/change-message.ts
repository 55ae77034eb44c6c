/** What the core changes about messages that were posted long ago. */
import type { MessageRef } from '../../message.ts';
import { filesOf } from './quote.ts';
import type { WebChat } from './web-chat.ts';

/** With its files: what had their addresses finds nothing any more. */
export async function removeMessage({ id }: MessageRef, chat: WebChat): Promise<void> {
  const message = await chat.conversation.remove(id);
  if (!message) return;
  await Promise.all(filesOf(message).map((file) => chat.shelf.remove(file.id)));
}

/** False where there is no such file any more. */
export async function describeFile(
  { id }: MessageRef,
  { fileName, altText }: { readonly fileName: string; readonly altText: string },
  { conversation }: WebChat,
): Promise<boolean> {
  const message = await conversation.read(id);
  if (message?.author !== 'easel') return false;
  if (!message.files.some((file) => file.fileName === fileName)) return false;
  await conversation.change(id, (before) => ({
    ...before,
    files: before.files.map((file) => (file.fileName === fileName ? { ...file, altText } : file)),
  }));
  return true;
}
