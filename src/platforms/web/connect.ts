/** Puts the web chat together: START HERE TO READ this folder. */
import path from 'node:path';
import type { ChatPlatform, PlatformLimits, PlatformParts, RecordStore } from '../platform.ts';
import { readAssets } from './assets.ts';
import { createUploads } from './attachments.ts';
import { openConversation } from './conversation.ts';
import { createFileShelf } from './file-shelf.ts';
import { describeFile, removeMessage } from './change-message.ts';
import { createLogin } from './login.ts';
import { toMenu } from './menu.ts';
import { createResultIndex } from './result-index.ts';
import { readLinked } from './read-linked.ts';
import { addRoutes } from './routes.ts';
import type { WebSettings } from './settings.ts';
import { openSpool } from './spool-form.ts';
import { openStatus, reopenStatus } from './status-message.ts';
import type { WebChat } from './web-chat.ts';
import { createWishes } from './wishes.ts';

const LIMITS: PlatformLimits = {
  editEveryMs: 250,
  editScope: 'message',
  textLength: 1_000_000,
  hasSpoilers: true,
  seesEverything: true,
  hasVoiceMessages: false,
  hasButtonsBesideFiles: true,
};

export async function connectWebChat(
  settings: WebSettings,
  parts: PlatformParts,
): Promise<ChatPlatform> {
  const { records, clock, folder, commands } = parts;
  const shelf = createFileShelf(records, folder);
  const chat = await openChat(records, { clock, shelf, menu: toMenu(commands) });
  const wishes = createWishes(chat, parts);
  const uploads = createUploads(folder, shelf);
  const stopping = new AbortController();
  const { loginToken, allowedHosts } = settings;
  addRoutes(parts.http.app, {
    ...parts,
    chat,
    wishes,
    uploads,
    takeForm: await openSpool(path.join(folder, 'incoming')),
    assets: await readAssets(),
    allowedHosts,
    login: loginToken === undefined ? undefined : await createLogin(loginToken, parts),
    stopping: stopping.signal,
  });

  return {
    name: 'web',
    limits: LIMITS,
    // The page reads the commands anew each time it is opened.
    publishCommands: () => Promise.resolve(),
    start: async (onInvocation) => wishes.start(onInvocation),
    reopen: (ref) => reopenStatus(ref, chat),
    post: (_place, message, key) => openStatus({ key: `post:${key}`, message, question: '' }, chat),
    locateAttachment: (attachment) => uploads.locate(attachment),
    readLinked: (link) => readLinked(link, chat.conversation, allowedHosts),
    remove: (ref) => removeMessage(ref, chat),
    describe: (ref, fileName, altText) => describeFile(ref, { fileName, altText }, chat),
    isConnected: () => wishes.isOpen(),
    async stop() {
      stopping.abort();
      await wishes.stop();
    },
  };
}

async function openChat(
  records: RecordStore,
  parts: Pick<WebChat, 'clock' | 'shelf' | 'menu'>,
): Promise<WebChat> {
  const conversation = await openConversation(records);
  return { ...parts, conversation, results: createResultIndex(records, conversation) };
}
